/** What the agent takes of everybody together, and of one connection. A command or a browser comes near none of it. */
export interface Limits {
  readonly connections: number
  /** How many connections may come at once, and how many a second after that. */
  readonly arrivals: Rate
  /** As `arrivals`, of the messages in one connection. */
  readonly messages: Rate
  /** In milliseconds: until the first message has come. */
  readonly first: number
  /** While nothing is asked in a connection that is not to last. */
  readonly idle: number
  /** Until the other side reads what it was sent. */
  readonly read: number
}

interface Rate {
  readonly most: number
  readonly perSecond: number
}

export const limits: Limits = {
  connections: 16,
  arrivals: { most: 64, perSecond: 32 },
  messages: { most: 128, perSecond: 32 },
  first: 5_000,
  idle: 60_000,
  read: 30_000,
}
