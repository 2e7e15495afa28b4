import { linesOf } from '../../../shared/text-file.ts'
import { Refusal } from '../../vault/refusal.ts'
import { readCsv } from './csv.ts'
import { skip, type Reading, startReading, collectValue, uniqueTitles } from './found.ts'

/** The recycle bin, a group directly below the root, by its name in KeePassXC's most used languages. */
const recycleBin =
  /^[^/]*\/(?:Recycle Bin|Papierkorb|Corbeille|Papelera(?: de reciclaje)?|Cestino|Prullenbak|Lixeira|Reciclagem|Kosz|Koš|Kôš|Корзина|Кошик|Смітник|Papperskorg(?:en)?|Papirkurv(?:en)?|Roskakori|Lomtár|Kuka|Geri Dönüşüm Kutusu|ゴミ箱|ごみ箱|回收站|資源回收筒|휴지통)(?:\/|$)/i

/** A reference to a field of another entry, by an id that the CSV file does not contain. */
const reference = /\{REF:[TUPANIO]@[TUPANIO]:[^}]*\}/i

/**
 * Reads KeePassXC's CSV: a header row, then one row for each entry. The password is the value; notes and secrets of one-time codes are
 * reported as skipped.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `import-invalid` without columns for a title and a password; `stored-limit`
 */
export function readKeePassXc(text: string, maxValueBytes?: number): Reading {
  const [head, ...rows] = readCsv(linesOf(text))
  const column = (name: string): number => head?.findIndex((each) => each.trim().toLowerCase() === name) ?? -1
  const [group, title, user, password] = [column('group'), column('title'), column('username'), column('password')]
  const [notes, totp] = [column('notes'), column('totp')]
  if (title < 0 || password < 0) throw new Refusal('import-invalid')
  const reading = startReading(maxValueBytes)
  const entries = rows.filter((row) => row.some((each) => each !== ''))
  const names = uniqueTitles(
    entries.map((row) => ({ title: row[title] || row[user] || 'entry', hints: [row[title] ? row[user] : null, row[group]] })),
  )
  for (const [at, row] of entries.entries()) {
    const [name = '', value = ''] = [names[at], row[password]]
    if (recycleBin.test(row[group] ?? '')) {
      skip(reading, name, 'deleted')
      continue
    }
    if (reference.test(value)) skip(reading, name, 'reference')
    else collectValue(reading, name, value)
    if (row[notes]) skip(reading, name, 'note')
    if (row[totp]) skip(reading, name, 'one-time-code')
  }
  return reading
}
