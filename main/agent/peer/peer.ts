/** A process as the system tells it; nothing of it was said by the process itself. */
export interface Process {
  readonly pid: number
  /** When it started, in the system's own unit: tells it from a later process of the same number. */
  readonly started: string
  /** The path of its program. */
  readonly program: string
}

/** Who is at the other end of a connection, as it was when it was made. */
export interface Peer {
  /** The process that connected. */
  readonly own: Process
  /**
   * For whom: of our own command or native messaging host the program that started it, as a shell or a browser; of any other
   * program that one itself.
   */
  readonly caller: Process
  /** Where the process that connected was started. Absolute. */
  readonly folder: string
  /** Its terminal, as `pts/3`; null where it has none. */
  readonly terminal: string | null
  /** Tells its terminal session from every other one, also from a later one in the same terminal. */
  readonly session: string
}
