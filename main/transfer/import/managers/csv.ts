import { Refusal } from '../../../vault/refusal.ts'

/**
 * Parses CSV by RFC 4180: fields are separated by commas; quoted fields may contain commas, line ends and doubled quotes. Without one
 * pattern for a whole field, which overflows the stack for a quoted field of some megabytes.
 * @throws Refusal `import-invalid` for a quote that is never closed, or text after a closing quote
 */
export function readCsv(text: string): string[][] {
  const bare = /[^",\r\n]*/y
  const rows: string[][] = []
  let row: string[] = []
  for (let at = 0; at < text.length;) {
    let end = at
    if (text[at] === '"') {
      end = closingQuote(text, at + 1)
      row.push(text.slice(at + 1, end).replaceAll('""', '"'))
      end += 1
    } else {
      bare.lastIndex = at
      const [field = ''] = bare.exec(text) ?? []
      row.push(field)
      end += field.length
    }
    if (text[end] === ',') {
      at = end + 1
      if (at < text.length) continue
      row.push('')
    } else {
      if (text.startsWith('\r\n', end)) end += 1
      if (end < text.length && text[end] !== '\n') throw new Refusal('import-invalid')
      at = end + 1
    }
    rows.push(row)
    row = []
  }
  return rows
}

/** @returns the index of the quote that closes the field. @throws Refusal `import-invalid` */
function closingQuote(text: string, from: number): number {
  for (let at = from; ; at += 2) {
    at = text.indexOf('"', at)
    if (at < 0) throw new Refusal('import-invalid')
    if (text[at + 1] !== '"') return at
  }
}
