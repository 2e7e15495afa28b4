import { Refusal } from '../vault/refusal.ts'
import { readCsv } from './csv.ts'
import { type Reading, sort } from './found.ts'

/**
 * What KeePassXC writes as CSV: a row for each entry under a head that names the columns. The password of each is its value.
 * @throws Refusal `import-invalid` without columns for a title and a password; `stored-limit`
 */
export function readKeePassXc(text: string): Reading {
  const [head, ...rows] = readCsv(text)
  const column = (name: string): number => head?.findIndex((each) => each.trim().toLowerCase() === name) ?? -1
  const [title, user, password] = [column('title'), column('username'), column('password')]
  if (title < 0 || password < 0) throw new Refusal('import-invalid')
  const reading: Reading = { found: [], passed: [] }
  for (const row of rows) {
    if (row.every((each) => each === '')) continue
    sort(reading, row[title] || row[user] || 'entry', row[password] ?? '')
  }
  return reading
}
