import type { Reading } from '../found.ts'
import { reference } from '../keepass/keepass.ts'
import { readTable, type Table } from './table.ts'

/** The recycle bin, a group directly below the root, by its name in KeePassXC's most used languages. */
const recycleBin =
  /^[^/]*\/(?:Recycle Bin|Papierkorb|Corbeille|Papelera(?: de reciclaje)?|Cestino|Prullenbak|Lixeira|Reciclagem|Kosz|Koš|Kôš|Корзина|Кошик|Смітник|Papperskorg(?:en)?|Papirkurv(?:en)?|Roskakori|Lomtár|Kuka|Geri Dönüşüm Kutusu|ゴミ箱|ごみ箱|回收站|資源回收筒|휴지통)(?:\/|$)/i

const table: Table = {
  required: ['title', 'password'],
  title: (row) => row['title'] || row['username'],
  hints: (row) => [row['title'] ? row['username'] : null, row['group']],
  skips: ({ group = '' }) => (recycleBin.test(group) ? 'deleted' : null),
  reference,
  note: 'notes',
  oneTimeCode: 'totp',
}

/**
 * Reads KeePassXC's CSV. The password is the value; notes and secrets of one-time codes are reported as skipped.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `import-invalid` without columns for a title and a password; `stored-limit`
 */
export function readKeePassXc(text: string, maxValueBytes?: number): Reading {
  return readTable(text, table, maxValueBytes)
}
