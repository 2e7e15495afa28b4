import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { orStorageRefusal } from '../vault/refusal.ts'
import { orElse } from '../../shared/or-else.ts'

const hash = promisify<string, Buffer, number, { N: number }, Buffer>(scrypt)
const cost = { N: 2 ** 14 } // some 40 ms and 16 MB for each guess of somebody who has the file
const bytes = 32

const markerSchema = v.strictObject({
  version: v.literal(1),
  salt: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
})

/**
 * A file that exists while a value is on the clipboard. If the process is killed, the next one clears the clipboard if it still holds that
 * value. The file has a salted, slow digest of the value, and is private to this user.
 */
export class ClipboardMarker {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** Saves the digest of a value; on disk when it resolves. @throws Refusal `disk-full` or `profile-unusable` */
  async write(text: string): Promise<void> {
    const salt = randomBytes(16)
    const digest = await hash(text, salt, bytes, cost)
    orStorageRefusal(() =>
      writeFileAtomic(this.#path, `${JSON.stringify({ version: 1, salt: salt.toString('hex'), digest: digest.toString('hex') })}\n`),
    )
  }

  exists(): boolean {
    return existsSync(this.#path)
  }

  /** Whether the text is the value of the marker; false if the file cannot be read. */
  async matches(text: string): Promise<boolean> {
    const marker = this.#read()
    if (marker === null) return false
    return timingSafeEqual(await hash(text, Buffer.from(marker.salt, 'hex'), bytes, cost), Buffer.from(marker.digest, 'hex'))
  }

  remove(): void {
    rmSync(this.#path, { force: true })
  }

  #read(): v.InferOutput<typeof markerSchema> | null {
    return orElse(() => v.parse(v.pipe(v.string(), v.parseJson(), markerSchema), readFileSync(this.#path, 'utf8')), null)
  }
}
