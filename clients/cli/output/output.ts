import { writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { Writable } from 'node:stream'
import { exitStatus } from './exit-status.ts'
import { systemReason } from './system-reasons.ts'
import { endWithSignal } from '../runtime/signals.ts'

/** Writes to standard output: a terminal, a file or a program. */
export function print(text: string | Buffer): void {
  const output = outputTo(process.stdout)
  output.on('error', endWithReader)
  output.write(text)
}

/** Writes a message for the user to standard error. If that fails, it cannot be reported anywhere. */
export function printError(text: string): void {
  outputTo(process.stderr)
    .on('error', () => undefined)
    .write(text)
}

/**
 * Node's file streams ignore short writes, so output to a file is written by a loop of our own: a disk that is nearly full takes a part.
 */
export function outputTo(stream: NodeJS.WriteStream & { readonly fd: number }): Writable {
  const { fd } = stream
  if (stream instanceof Socket) return stream
  return new Writable({
    decodeStrings: true,
    write(chunk: Buffer, _, done) {
      try {
        for (let rest = chunk; rest.length > 0;) rest = rest.subarray(writeSync(fd, rest))
        done()
      } catch (error) {
        done(error instanceof Error ? error : new Error('not written'))
      }
    },
  })
}

/** @param name of the output, at the beginning of a sentence */
export function reportWriteError(name: string, error: unknown): void {
  printError(`latchkey: ${name} could not be written${systemReason(error)}.\nWhat is there of it is not whole.\n`)
}

export function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE'
}

/** The reader of our output has closed it. Shells expect a program to end as by SIGPIPE then. */
function endWithReader(error: Error): void {
  if (isBrokenPipe(error)) process.exit(endWithSignal('SIGPIPE'))
  reportWriteError('Standard output', error)
  process.exit(exitStatus.fault)
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
