import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The result of a program. The status is null if it could not be started or timed out. */
export interface ProgramOutcome {
  readonly status: number | null
  readonly stdout: string
}

/** A started program that waits for its input. */
export interface RunningProgram {
  /** Writes all of its input, and waits for its end. */
  finish(input: string): Promise<ProgramOutcome>
  end(): void
}

/** Starts programs. The tests' fake records their input. */
export type StartProgram = (command: string, args: readonly string[]) => RunningProgram

const programTimeoutMs = 15_000 // from the input to the end; a script may first compile itself, and wait three seconds for held keys

export const start: StartProgram = (command, args) => {
  const env = { ...process.env, LC_ALL: 'C.UTF-8' } // its output is parsed, and titles can contain any character
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true, env })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stdin.on('error', () => {}) // it ended before it read its input; its status says so
  const ended = new Promise<ProgramOutcome>((resolve) => {
    child.on('error', () => resolve({ status: null, stdout }))
    child.on('close', (status) => resolve({ status, stdout }))
  })
  return {
    async finish(input) {
      const late = setTimeout(() => child.kill('SIGKILL'), programTimeoutMs)
      child.stdin.end(input)
      return ended.finally(() => clearTimeout(late))
    },
    end: () => void child.kill('SIGKILL'),
  }
}

export function run(begin: StartProgram, command: string, args: readonly string[], input = ''): Promise<ProgramOutcome> {
  return begin(command, args).finish(input)
}

/** Whether a program is on the search path. */
export function isInstalled(command: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && isExecutable(join(folder, command)))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
