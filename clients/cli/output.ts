import { exits } from './exits.ts'

/** To whom our output goes: a terminal, a file or a program. */
export function print(text: string | Buffer): void {
  if (process.stdout.listenerCount('error') === 0) process.stdout.on('error', endWithReader)
  process.stdout.write(text)
}

/** Whoever read our output has gone: a shell expects the end that SIGPIPE makes. */
function endWithReader(error: NodeJS.ErrnoException): void {
  process.exit(error.code === 'EPIPE' ? 128 + 13 : exits.fault)
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
