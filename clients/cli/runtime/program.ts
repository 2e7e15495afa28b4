import type { ProgramBytes } from './raw-arguments.ts'

export type Words = readonly [program: string, ...args: string[]]

export interface Circumstances {
  readonly env: NodeJS.ProcessEnv
  /** The words and the environment as bytes. */
  readonly bytes: ProgramBytes
  /** The inherited descriptors beyond the three standard ones. */
  readonly handles: readonly number[]
  /** The values to mask in its output. Null if its output is not masked. */
  readonly hide: readonly string[] | null
}

export interface End {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
}

/** A program that was started, with its standard output and standard error if they are masked. Who leaves one early closes it. */
export interface Running {
  /** @throws the system's error if the program could not be started */
  readonly ended: Promise<End>
  readonly outputs: readonly (AsyncIterable<Uint8Array> | null)[]
}
