import { writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { Writable } from 'node:stream'
import { exits } from './exit-status.ts'
import { reason } from './system-reasons.ts'
import { endBy } from '../runtime/signals.ts'

/** To whom our output goes: a terminal, a file or a program. */
export function print(text: string | Buffer): void {
  const output = outputTo(process.stdout)
  output.on('error', endWithReader)
  output.write(text)
}

/** For a person, on standard error. Where that cannot be written nobody can be told so. */
export function complain(text: string): void {
  outputTo(process.stderr)
    .on('error', () => undefined)
    .write(text)
}

/** Node writes to a file once, and does not look how much of it was taken: a disk that is nearly full takes a part. */
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
export function tellUnwritten(name: string, error: unknown): void {
  complain(`latchkey: ${name} could not be written${reason(error)}.\nWhat is there of it is not whole.\n`)
}

export function isUnread(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE'
}

/** Whoever read our output has gone: a shell expects the end that SIGPIPE makes. */
function endWithReader(error: Error): void {
  if (isUnread(error)) process.exit(endBy('SIGPIPE'))
  tellUnwritten('Standard output', error)
  process.exit(exits.fault)
}

/**
 * Text for a terminal. Names come from servers: what could move the cursor, change colours or turn the direction of writing is shown
 * as a question mark.
 */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '?')
}

export function printJson(value: unknown): void {
  print(`${JSON.stringify(value)}\n`)
}

/** Columns as wide as what is in them. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const cells = rows.map((row) => row.map(printable))
  const widths = cells.reduce<number[]>((most, row) => row.map((cell, column) => Math.max(most[column] ?? 0, cell.length)), [])
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  print(`${lines.join('\n')}\n`)
}
