/** What the agent takes of everybody together, and of one connection. A command or a browser comes near none of it. */
export interface Limits {
  readonly connections: number
  /** How many connections may come at once, and how many a second after that. */
  readonly arrivals: Rate
  /** As `arrivals`, of the messages in one connection. */
  readonly messages: Rate
  /** In milliseconds: until the first message has come. */
  readonly firstMessageMs: number
  /** While nothing is asked in a connection that is not to last. */
  readonly idleMs: number
  /** Until the other side reads what it was sent. */
  readonly writeTimeoutMs: number
}

interface Rate {
  readonly burst: number
  readonly perSecond: number
}

export const limits: Limits = {
  connections: 16,
  arrivals: { burst: 64, perSecond: 32 },
  messages: { burst: 128, perSecond: 32 },
  firstMessageMs: 5_000,
  idleMs: 60_000,
  writeTimeoutMs: 30_000,
}
