/**
 * malformed: not a message of the protocol · out-of-turn: valid, but not expected now · unproven: the other side does not have the key that
 * it should have · not-opened: an encrypted message was changed, repeated, dropped or reordered · too-large · ended: the connection was
 * already closed
 */
export type FaultReason = 'malformed' | 'out-of-turn' | 'unproven' | 'not-opened' | 'too-large' | 'ended'

/** The other side violates the protocol, or is not who it says it is: the connection has to end. Contains nothing of the messages. */
export class SessionFault extends Error {
  override readonly name = 'SessionFault'

  constructor(readonly reason: FaultReason) {
    super(reason)
  }
}
