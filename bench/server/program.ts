import { spawn } from 'node:child_process'
import { openSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { typescriptProgram } from '../../scripts/app/typescript-program.mjs'

/** A program of its own process, so that clients and server share no thread. */
export interface Program<Line> {
  /** What it printed as its first line. */
  readonly ready: Line
  end(): Promise<void>
}

/**
 * Starts a program that prints a line of JSON when it is ready, and ends on SIGTERM.
 * @param log the file for its standard error, as a service manager would write one
 */
export async function startProgram<Line>(path: string, args: string[], log: string, environment = {}): Promise<Program<Line>> {
  const child = spawn(process.execPath, typescriptProgram(path, args), {
    stdio: ['ignore', 'pipe', openSync(log, 'a')],
    env: { ...process.env, ...environment },
  })
  const { stdout } = child
  if (stdout === null) throw new Error('a pipe was asked for')
  const ended = new Promise<void>((resolve) => void child.once('close', () => resolve()))
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  const first = new Promise<string>((resolve, reject) => {
    createInterface({ input: stdout }).once('line', resolve)
    void ended.then(() => reject(new Error(`${path} ended: ${readFileSync(log, 'utf8').slice(-2000)}`)))
  })
  return {
    ready: JSON.parse(await first) as Line,
    async end() {
      child.kill('SIGTERM')
      await ended
      process.off('exit', kill)
    },
  }
}
