import { linesOf } from '../../../shared/text-file.ts'
import { Refusal } from '../../vault/refusal.ts'
import { readCsv } from './csv.ts'
import { pass, type Reading, readingOf, sort, titlesOf } from './found.ts'

/** The group of deleted entries, directly in the root, as KeePassXC calls it in the languages that most of its users have. */
const recycleBin =
  /^[^/]*\/(?:Recycle Bin|Papierkorb|Corbeille|Papelera(?: de reciclaje)?|Cestino|Prullenbak|Lixeira|Reciclagem|Kosz|Koš|Kôš|Корзина|Кошик|Смітник|Papperskorg(?:en)?|Papirkurv(?:en)?|Roskakori|Lomtár|Kuka|Geri Dönüşüm Kutusu|ゴミ箱|ごみ箱|回收站|資源回收筒|휴지통)(?:\/|$)/i

/** It stands for a field of another entry, which a CSV file does not name by its id. */
const reference = /\{REF:[TUPANIO]@[TUPANIO]:[^}]*\}/i

/**
 * What KeePassXC writes as CSV: a row for each entry under a head that names the columns. The password of each is its value; its notes and
 * its one-time code's secret are told as skipped.
 * @param longest bytes of a value that are taken
 * @throws Refusal `import-invalid` without columns for a title and a password; `stored-limit`
 */
export function readKeePassXc(text: string, longest?: number): Reading {
  const [head, ...rows] = readCsv(linesOf(text))
  const column = (name: string): number => head?.findIndex((each) => each.trim().toLowerCase() === name) ?? -1
  const [group, title, user, password] = [column('group'), column('title'), column('username'), column('password')]
  const [notes, totp] = [column('notes'), column('totp')]
  if (title < 0 || password < 0) throw new Refusal('import-invalid')
  const reading = readingOf(longest)
  const entries = rows.filter((row) => row.some((each) => each !== ''))
  const names = titlesOf(
    entries.map((row) => ({ title: row[title] || row[user] || 'entry', hints: [row[title] ? row[user] : null, row[group]] })),
  )
  for (const [at, row] of entries.entries()) {
    const [name = '', value = ''] = [names[at], row[password]]
    if (recycleBin.test(row[group] ?? '')) {
      pass(reading, name, 'deleted')
      continue
    }
    if (reference.test(value)) pass(reading, name, 'reference')
    else sort(reading, name, value)
    if (row[notes]) pass(reading, name, 'note')
    if (row[totp]) pass(reading, name, 'one-time-code')
  }
  return reading
}
