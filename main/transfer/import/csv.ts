import { Refusal } from '../../vault/refusal.ts'

/**
 * The rows of a CSV text as RFC 4180 has it: fields by commas, quoted ones with commas, line ends and doubled quotes in them.
 * @throws Refusal `import-invalid` for a quote that is never closed, or one with something after it
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
