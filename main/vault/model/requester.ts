/**
 * Who a value is for. A person in one of our windows has approved the release by their action there, and so has one who chose to have the
 * value typed into another window. For a site or a program, the person is asked.
 */
export type Requester =
  { readonly kind: 'person' } | { readonly kind: 'window'; readonly program: string; readonly title: string } | AskingRequester

export type AskingRequester =
  /** `origin`: as matched. `browser`: the path of its program. `pairing`: the id of the extension's pairing. */
  | { readonly kind: 'site'; readonly origin: string; readonly browser: string; readonly pairing: string }
  /**
   * The calling program's path and where it was called. `session` distinguishes consecutive sessions in the same terminal. The path is only
   * what was observed, and proves nothing: a process can start the command and then exec another program in its own place.
   */
  | {
      readonly kind: 'program'
      readonly program: string
      readonly folder: string
      readonly terminal: string | null
      readonly session: string
      /** Absent from records that were written before it existed. */
      readonly process?: SeenProcess
    }

/** What the system reports about a process that asked. */
export interface SeenProcess {
  readonly pid: number
  /** In milliseconds since 1970. An exec of another program does not change it. */
  readonly startedAt: number
  /** The nearest ancestor that is not a shell or another program whose purpose is to run others; null if no such ancestor can be read. */
  readonly startedBy: string | null
}
