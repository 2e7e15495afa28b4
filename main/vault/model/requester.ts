import type { purposes } from '../../../shared/purposes.ts'

/**
 * What a value is wanted for. In our own windows: `reveal`, `copy`, `verify`, `sign-in` to an account, `type` into another program's
 * window. By others: `fill` into a site's field, `get` to print it, `run` for a child process, `inject` into a text.
 */
export type Purpose = (typeof purposes)[number]

/**
 * Who a value is for. A person in one of our own windows has approved it by what they did there, and so has one who chose to have it
 * typed into a window; a site and a program are asked for.
 */
export type Requester =
  { readonly kind: 'person' } | { readonly kind: 'window'; readonly program: string; readonly title: string } | AskingRequester

export type AskingRequester =
  /** `origin` as matched, `browser` the program's path, `pairing` the id of the extension's pairing. */
  | { readonly kind: 'site'; readonly origin: string; readonly browser: string; readonly pairing: string }
  /**
   * The program that called, by its path; where it was called. `session` tells one terminal's session from the next one in the same terminal.
   * The path is what was seen, and proves nothing: a process can start the command, and run another program in its own place.
   */
  | {
      readonly kind: 'program'
      readonly program: string
      readonly folder: string
      readonly terminal: string | null
      readonly session: string
      /** Absent from what was written down before it was noted. */
      readonly process?: SeenProcess
    }

/** What the system told of a process that asked. */
export interface SeenProcess {
  readonly pid: number
  /** In milliseconds since 1970. Running another program in its place does not change it. */
  readonly startedAt: number
  /** The nearest program above it that is no shell, and nothing else that is there to run others; null if there is none that can be read. */
  readonly startedBy: string | null
}
