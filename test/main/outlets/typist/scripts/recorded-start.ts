import type { StartProgram } from '../../../../../main/outlets/typist/program.ts'

interface Started {
  readonly command: string
  readonly args: readonly string[]
  /** All of its input; null if it got none. */
  input: string | null
  ended: boolean
}

/**
 * Programs that are not started, but noted with what they would have got.
 * @param answers what each prints when it has its input, in their order; null for one that fails
 */
export function recordedStart(answers: readonly (string | null)[]): { start: StartProgram; started: Started[] } {
  const started: Started[] = []
  const left = [...answers]
  const start: StartProgram = (command, args) => {
    const one: Started = { command, args, input: null, ended: false }
    started.push(one)
    return {
      finish: (input) => {
        one.input = input
        const answer = left.shift() ?? null
        return Promise.resolve({ status: answer === null ? 1 : 0, stdout: answer ?? '' })
      },
      end: () => (one.ended = true),
    }
  }
  return { start, started }
}
