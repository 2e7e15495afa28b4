import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What a program left: its exit status, null if it could not be started or was ended at the deadline. */
export interface ProgramOutcome {
  readonly status: number | null
  readonly stdout: string
}

/** A program that waits for its input, or to be ended without any. */
export interface RunningProgram {
  /** Gives it all of its input. */
  finish(input: string): Promise<ProgramOutcome>
  end(): void
}

/** Starts programs; the tests' double keeps what they would have got. */
export type StartProgram = (command: string, args: readonly string[]) => RunningProgram

const programTimeoutMs = 15_000 // milliseconds from the input to the end; a script may wait three seconds for held keys, and compile itself first

export const start: StartProgram = (command, args) => {
  const env = { ...process.env, LC_ALL: 'C.UTF-8' } // what it prints is read, and titles have any character
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true, env })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stdin.on('error', () => {}) // it ended before it read: its status tells
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
