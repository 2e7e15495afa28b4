/**
 * malformed: a message is none of the protocol's · out-of-turn: it is one, and has no place here · unproven: the other side does not
 * have the key it has to have · not-opened: a sealed message was changed, repeated, left out or put elsewhere · too-large · ended: the
 * connection was over before
 */
export type FaultReason = 'malformed' | 'out-of-turn' | 'unproven' | 'not-opened' | 'too-large' | 'ended'

/** The other side breaks the protocol, or is not who it says it is: the connection has to end. Tells nothing of what was said. */
export class SessionFault extends Error {
  override readonly name = 'SessionFault'

  constructor(readonly reason: FaultReason) {
    super(reason)
  }
}
