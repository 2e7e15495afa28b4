import { chacha20 } from '@noble/ciphers/chacha.js'
import sax from 'sax'
import { Refusal } from '../../../vault/refusal.ts'
import { TimeSlice } from '../../../vault/session/time-slice.ts'
import type { InnerStream, Opened } from './container.ts'

export interface Entry {
  /** By their names. `isProtected`: it is hidden in KeePass, too. */
  readonly strings: Map<string, { readonly text: string; readonly isProtected: boolean }>
  /** Names of groups, from the root. */
  readonly group: readonly string[]
  readonly isDeleted: boolean
  attachments: number
  /** As it was before changes. */
  readonly history: Entry[]
}

interface Group {
  name: string
  isBin: boolean
}

/** Groups lie in each other. No honest database is a tenth as deep. */
const maxDepth = 400
const pieceBytes = 64 * 1024

/**
 * Reads a database's entries from its XML, in slices. Entities and other parts of a document type are not expanded.
 * @throws Refusal `import-invalid`
 */
export async function entriesOf({ xml, stream }: Opened): Promise<Entry[]> {
  const reader = new DatabaseReader(new Keystream(stream))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const slice = new TimeSlice()
  try {
    for (let at = 0; at < xml.length; at += pieceBytes) {
      if (slice.isOver) await slice.next()
      const piece = xml.subarray(at, at + pieceBytes)
      reader.write(decoder.decode(piece, { stream: at + pieceBytes < xml.length }))
    }
    return reader.end()
  } catch {
    throw new Refusal('import-invalid') // the library's errors quote the text
  }
}

/** A protected value is XORed with the bytes of the inner stream that follow those of the value before it. */
class Keystream {
  readonly #stream: InnerStream
  #block = new Uint8Array()
  #used = 0
  #counter = 0

  constructor(stream: InnerStream) {
    this.#stream = stream
  }

  decrypt(base64: string): string {
    const bytes = Buffer.from(base64, 'base64')
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = (bytes[at] ?? 0) ^ this.#next()
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    bytes.fill(0)
    return text
  }

  #next(): number {
    if (this.#used === this.#block.length) {
      const { key, nonce } = this.#stream
      this.#block = chacha20(key, nonce, new Uint8Array(4096), undefined, this.#counter)
      this.#counter += 4096 / 64
      this.#used = 0
    }
    this.#used += 1
    return this.#block[this.#used - 1] ?? 0
  }
}

class DatabaseReader {
  readonly #sax: sax.SAXParser
  readonly #keystream: Keystream
  readonly #entries: Entry[] = []
  readonly #path: { readonly name: string; readonly isProtected: boolean }[] = []
  readonly #groups: Group[] = []
  /** The innermost is last: an entry's history has entries. */
  readonly #open: Entry[] = []
  #text = ''
  #key = ''
  #bin = ''

  constructor(keystream: Keystream) {
    this.#keystream = keystream
    this.#sax = sax.parser(true)
    this.#sax.onopentag = ({ name, attributes }) => this.#opened(name, attributes['Protected'] === 'True')
    this.#sax.ontext = this.#sax.oncdata = (text) => {
      this.#text += text
    }
    this.#sax.onclosetag = (name) => this.#closed(name)
    this.#sax.onerror = (error) => {
      throw error
    }
  }

  write(text: string): void {
    this.#sax.write(text)
  }

  end(): Entry[] {
    this.#sax.close()
    return this.#entries
  }

  #opened(name: string, isProtected: boolean): void {
    if (this.#path.length === maxDepth) throw new Refusal('import-invalid')
    this.#path.push({ name, isProtected })
    this.#text = ''
    if (name === 'Group') this.#groups.push({ name: '', isBin: false })
    if (name !== 'Entry') return
    const group = this.#groups.map(({ name }) => name)
    const isDeleted = this.#groups.some(({ isBin }) => isBin)
    this.#open.push({ strings: new Map(), group, isDeleted, attachments: 0, history: [] })
  }

  #closed(name: string): void {
    const isProtected = this.#path.pop()?.isProtected ?? false
    const text = isProtected ? this.#keystream.decrypt(this.#text) : this.#text
    this.#text = ''
    const entry = this.#open.at(-1)
    const group = this.#groups.at(-1)
    switch (`${this.#path.at(-1)?.name ?? ''}/${name}`) {
      case 'Meta/RecycleBinUUID':
        this.#bin = text
        break
      case 'Group/UUID':
        if (group !== undefined) group.isBin = text !== '' && text === this.#bin
        break
      case 'Group/Name':
        if (group !== undefined) group.name = text
        break
      case 'String/Key':
        this.#key = text
        break
      case 'String/Value':
        entry?.strings.set(this.#key, { text, isProtected })
        break
      case 'Entry/Binary':
        if (entry !== undefined) entry.attachments += 1
        break
      case 'Group/Entry':
      case 'History/Entry':
        this.#open.pop()
        if (entry !== undefined) (this.#open.at(-1)?.history ?? this.#entries).push(entry)
        break
    }
    if (name === 'Group') this.#groups.pop()
  }
}
