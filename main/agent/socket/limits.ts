/** Limits for all connections together and for each one. Commands and browsers stay far below them. */
export interface Limits {
  readonly connections: number
  /** The rate of new connections. */
  readonly arrivals: Rate
  /** The rate of messages in one connection. */
  readonly messages: Rate
  /** The timeout for the first message. */
  readonly firstMessageMs: number
  /** The timeout for the next message, in a session that ends when idle. */
  readonly idleMs: number
  /** The timeout for the other side to read what it was sent. */
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
