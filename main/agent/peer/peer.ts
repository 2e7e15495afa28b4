/** A process as the system reports it. Nothing of it comes from the process itself. */
export interface Process {
  readonly pid: number
  /** When it started, in the system's own unit. Distinguishes it from a later process with the same pid. */
  readonly started: string
  /** The path of its program. */
  readonly program: string
}

/** The other end of a connection, at the time of connecting. */
export interface Peer {
  /** The process that connected. */
  readonly own: Process
  /**
   * On whose behalf it asks: for our own command or native messaging host the program that started it, as a shell or a browser; for any
   * other program that program itself.
   */
  readonly caller: Process
  /** The working folder of the process that connected. Absolute. */
  readonly folder: string
  /** Its terminal, as `pts/3`; null for none. */
  readonly terminal: string | null
  /** Identifies its terminal session. Differs from that of a later session in the same terminal. */
  readonly session: string
}
