import type { Reading } from '../found.ts'
import { hostOf, readTable, type Table } from './table.ts'

const table: Table = {
  required: ['title', 'url', 'username', 'password', 'archived'],
  title: ({ title, url }) => title || hostOf(url),
  hints: ({ username, url }) => [username, url],
  skips: ({ archived = '' }) => (archived.toLowerCase() === 'true' ? 'archived' : null),
  note: 'notes',
  oneTimeCode: 'otpauth',
}

/**
 * Reads the logins that 1Password exports as CSV. Archived entries, notes and secrets of one-time codes are reported as skipped. Entries of
 * other kinds, and further fields, are not in such a file.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `import-invalid` without its columns; `stored-limit`
 */
export function readOnePasswordCsv(text: string, maxValueBytes?: number): Reading {
  return readTable(text, table, maxValueBytes)
}
