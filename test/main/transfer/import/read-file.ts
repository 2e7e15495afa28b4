import { Buffer } from 'node:buffer'
import type { ImportFormat } from '../../../../shared/lists/transfer.ts'
import type { Reading } from '../../../../main/transfer/import/found.ts'
import { readImport } from '../../../../main/transfer/import/readers.ts'

/** What was read, as lines that a test may see. */
export function lines({ found, skipped }: Reading): { found: string[]; passed: string[] } {
  return {
    found: found.map(({ name, value }) => `${name} = ${value.expose()}`),
    passed: skipped.map(({ name, why }) => `${name}: ${why}`),
  }
}

/** Reads a chosen file as the window does. @param format null: it is recognised */
export async function readFile(
  name: string,
  content: string | Buffer,
  format: ImportFormat | null = null,
): Promise<{ format: ImportFormat; found: string[]; passed: string[] }> {
  const read = await readImport({ name, bytes: Buffer.from(content) }, format, 16_384)
  if (read.reading === null) throw new Error('it has a passphrase')
  return { format: read.format, ...lines(read.reading) }
}
