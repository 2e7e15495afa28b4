import { Refusal } from '../../vault/refusal.ts'

/**
 * Parses CSV by RFC 4180: fields are separated by commas; quoted fields may contain commas, line ends and doubled quotes.
 * @throws Refusal `import-invalid` for a quote that is never closed, or text after a closing quote
 */
export function readCsv(text: string): string[][] {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y
  const rows: string[][] = []
  let row: string[] = []
  for (let at = 0; at < text.length;) {
    field.lastIndex = at
    const match = field.exec(text)
    if (match === null) throw new Refusal('import-invalid')
    const [all, quoted, bare = '', end] = match
    row.push(quoted?.replaceAll('""', '"') ?? bare)
    at += all.length
    if (end === ',' && at < text.length) continue
    if (end === ',') row.push('')
    rows.push(row)
    row = []
  }
  return rows
}
