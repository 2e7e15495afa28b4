import { fstatSync, writeSync } from 'node:fs'
import { systemCode } from '../../../shared/system-error.ts'
import { exitStatus } from './exit-status.ts'
import { systemReason } from './system-reasons.ts'
import { endWithSignal } from '../runtime/signals.ts'

/** Written to by number, because the runtime takes 3 ms to make its streams. */
export const standardOutput = 1
export const standardError = 2
/** After this time a full pipe that does not block is tried again. Milliseconds. */
export const retryMs = 5

export function isTerminal(fd: typeof standardOutput | typeof standardError): boolean {
  try {
    if (process.platform !== 'win32' && !fstatSync(fd).isCharacterDevice()) return false
  } catch {
    return false // it is closed
  }
  return (fd === standardOutput ? process.stdout : process.stderr).isTTY
}

/** Standard output cannot be written. `cause`: the system's error. */
export class OutputFailure extends Error {}

/** Writes to standard output: a terminal, a file or a program. @throws OutputFailure */
export function print(text: string | Buffer): void {
  try {
    writeWhole(standardOutput, text)
  } catch (cause) {
    throw new OutputFailure('not written', { cause })
  }
}

/** Writes a message for the user to standard error. If that fails, it cannot be reported anywhere. */
export function printError(text: string): void {
  try {
    writeWhole(standardError, text)
  } catch {
    return
  }
}

/** A disk that is nearly full takes a part, and a parent may have set a pipe to non-blocking. */
function writeWhole(fd: number, text: string | Buffer): void {
  for (let rest = Buffer.from(text); rest.length > 0;) {
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      if (systemCode(error) !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, retryMs)
    }
  }
}

/** @param name of the output, at the beginning of a sentence */
export function reportWriteError(name: string, error: unknown): void {
  printError(`latchkey: ${name} could not be written${systemReason(error)}.\nWhat is there of it is not whole.\n`)
}

export function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE'
}

/** @returns the exit status. If the reader of our output has closed it, shells expect a program to end as by SIGPIPE */
export async function endWithOutput({ cause }: OutputFailure): Promise<number> {
  if (isBrokenPipe(cause)) return endWithSignal('SIGPIPE')
  reportWriteError('Standard output', cause)
  return exitStatus.fault
}

/**
 * Makes text safe for a terminal. Names come from servers: characters that could move the cursor, change colours or reverse the direction
 * of writing are shown as a question mark.
 */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '?')
}

export function printJson(value: unknown): void {
  print(`${JSON.stringify(value)}\n`)
}

/** Prints columns as wide as their content. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const cells = rows.map((row) => row.map(printable))
  const widths = cells.reduce<number[]>((widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)), [])
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  print(`${lines.join('\n')}\n`)
}
