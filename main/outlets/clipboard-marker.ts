import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { storageRefusal } from '../vault/refusal.ts'

const hash = promisify<string, Buffer, number, { N: number }, Buffer>(scrypt)
const cost = { N: 2 ** 14 } // some 40 ms and 16 MB: who finds the file tries that long for each guess
const bytes = 32

const markerSchema = v.strictObject({
  version: v.literal(1),
  salt: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
})

/**
 * A file that is there while a value is lent to the clipboard: by it, the process after one that was killed knows what to take back.
 * It holds a salted, slow digest of the value, and is this user's alone.
 */
export class ClipboardMarker {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** On disk when it resolves. @throws Refusal `disk-full` or `profile-unusable` */
  async write(text: string): Promise<void> {
    const salt = randomBytes(16)
    const digest = await hash(text, salt, bytes, cost)
    try {
      writeFileAtomic(this.#path, `${JSON.stringify({ version: 1, salt: salt.toString('hex'), digest: digest.toString('hex') })}\n`)
    } catch (error) {
      throw storageRefusal(error)
    }
  }

  exists(): boolean {
    return existsSync(this.#path)
  }

  /** Whether this is what was lent; no if the file cannot be read. */
  async matches(text: string): Promise<boolean> {
    const note = this.#read()
    if (note === null) return false
    return timingSafeEqual(await hash(text, Buffer.from(note.salt, 'hex'), bytes, cost), Buffer.from(note.digest, 'hex'))
  }

  remove(): void {
    rmSync(this.#path, { force: true })
  }

  #read(): v.InferOutput<typeof markerSchema> | null {
    try {
      return v.parse(v.pipe(v.string(), v.parseJson(), markerSchema), readFileSync(this.#path, 'utf8'))
    } catch {
      return null
    }
  }
}
