import type { SkipReason } from '../../../../shared/lists/transfer.ts'
import { linesOf } from '../../../../shared/text-file.ts'
import { Refusal } from '../../../vault/refusal.ts'
import { collectValue, type Reading, skip, startReading, uniqueTitles } from '../found.ts'
import { readCsv } from './csv.ts'

/** An entry of a table, by the names of its columns in lower case. Columns that the table does not have are empty. */
export type Row = Readonly<Record<string, string>>

/** How a program writes its entries into a table. The password of each entry is its value. */
export interface Table {
  /** Columns without which the file is of another program, in lower case. */
  readonly required: readonly string[]
  readonly title: (row: Row) => string | undefined
  /** They distinguish entries of the same title. */
  readonly hints: (row: Row) => (string | null | undefined)[]
  /** Why the whole entry is skipped. */
  readonly skips?: (row: Row) => SkipReason | null
  /** A password that refers to another entry's. */
  readonly reference?: RegExp
  readonly note?: string
  readonly oneTimeCode?: string
}

/**
 * Reads a table of another program: a header row, then a row for each entry.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `import-invalid` without a column that is required; `stored-limit`
 */
export function readTable(
  text: string,
  { required, title, hints, skips, reference, note, oneTimeCode }: Table,
  maxValueBytes?: number,
): Reading {
  const [head = [], ...rows] = readCsv(linesOf(text))
  const columns = head.map((name) => name.trim().toLowerCase())
  if (required.some((name) => !columns.includes(name))) throw new Refusal('import-invalid')
  const entries = rows
    .filter((row) => row.some((field) => field !== ''))
    .map((row): Row => Object.fromEntries(columns.map((name, at) => [name, row[at] ?? ''])))
  const names = uniqueTitles(entries.map((row) => ({ title: title(row) || 'entry', hints: hints(row) })))
  const reading = startReading(maxValueBytes)
  for (const [at, row] of entries.entries()) {
    const [name = '', value = ''] = [names[at], row['password']]
    const why = skips?.(row) ?? null
    if (why !== null) {
      skip(reading, name, why)
      continue
    }
    if (reference?.test(value) === true) skip(reading, name, 'reference')
    else collectValue(reading, name, value)
    if (note !== undefined && row[note]) skip(reading, name, 'note')
    if (oneTimeCode !== undefined && row[oneTimeCode]) skip(reading, name, 'one-time-code')
  }
  return reading
}

/** @returns the host of an address, or all of it if it has none */
export function hostOf(address: string | undefined): string | undefined {
  return address === undefined ? undefined : (/^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(address)?.[1] ?? address)
}
