import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { Refusal } from '../../../vault/refusal.ts'

/** An archive can have a file for each attachment. */
const maxEntries = 10_000
/** Thousands of entries need far less. */
const maxUnpackedBytes = 64 * 1024 * 1024

/**
 * Unpacks one file of a zip archive in memory, and no other: nothing is written to a disk. The library refuses names that lead out of a
 * folder, and a file that is not as long as the archive says.
 * @returns null if the archive has no such file
 * @throws Refusal `import-invalid`, `import-encrypted`, or `file-too-large` for a file that would be far too large unpacked
 */
export async function unpack(archive: Buffer, name: string): Promise<Buffer | null> {
  try {
    const zip = await fromBufferPromise(archive, { lazyEntries: true, strictFileNames: true })
    const entry = await findEntry(zip, name)
    return entry === undefined ? null : await contentOf(zip, entry)
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('import-invalid') // the library's errors quote names from the archive
  }
}

/** @throws Refusal `import-invalid` for two files of this name, of which programs read different ones */
async function findEntry(zip: ZipFile, name: string): Promise<Entry | undefined> {
  if (zip.entryCount > maxEntries) throw new Refusal('import-invalid')
  let found: Entry | undefined
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== name) continue
    if (found !== undefined) throw new Refusal('import-invalid')
    found = entry
  }
  return found
}

async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  if (entry.isEncrypted()) throw new Refusal('import-encrypted')
  if (entry.uncompressedSize > maxUnpackedBytes) throw new Refusal('file-too-large')
  const chunks: Buffer[] = []
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
