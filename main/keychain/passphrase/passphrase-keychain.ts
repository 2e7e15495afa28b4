import * as v from 'valibot'
import { SerialQueue } from '../../../shared/serial-queue.ts'
import { useAndWipe } from '../../vault/session/aead-box.ts'
import type { Keychain, KeychainFailure, WriteOutcome } from '../../vault/ports/keychain.ts'
import { codeOf, Refusal } from '../../vault/refusal.ts'
import { Secret } from '../../vault/secret.ts'
import { TimeSlice } from '../../vault/session/time-slice.ts'
import { type Cost, requireStrong } from './derivation.ts'
import { bodyBinding, type Head, keyBinding, parseEnvelope, textOf } from './envelope.ts'
import { PassphraseFile } from './passphrase-file.ts'
import { unwrapKey, wrapKey } from './key.ts'
import { DataKey } from './seal.ts'

/** Maximum size of an item in bytes: four for each character that the window may send. */
const itemLimit = 65_536

/** Names with their sealed values. */
const bodySchema = v.pipe(v.string(), v.parseJson(), v.array(v.strictTuple([v.string(), v.string()])))
type Items = Map<string, string>

export interface PassphraseFileLocation {
  readonly path: string
  /** The profile that the file belongs to; another profile's file is refused. */
  readonly profileId: string
}

/**
 * A keychain in one file under a passphrase, for computers without a keychain.
 *
 * Argon2id derives a key from the passphrase, which wraps a random data key, which seals. Each value is sealed and bound to its name; all
 * names and sealed values together are sealed again, as one body. So the file reveals neither the ids of accounts and keys nor their
 * number, an item of an older file cannot be put into the current one, and only the requested value is decrypted in memory. A file that was
 * replaced, as a whole, by an older one is not detected.
 *
 * The file is read at each call, so that every answer is about what is on disk, and a call that cannot read it changes nothing.
 */
export class PassphraseKeychain implements Keychain {
  readonly #file: PassphraseFile
  #head: Head
  #key: DataKey
  /** One call after another: of two concurrent changes to the same file, one would be lost. */
  readonly #queue = new SerialQueue()

  private constructor(file: PassphraseFile, head: Head, key: DataKey) {
    this.#file = file
    this.#head = head
    this.#key = key
  }

  /**
   * Creates an empty vault. An existing file may be the only copy of every value, so it is refused; a caller who knows better calls
   * `setAside` first.
   * @param cost of opening it; measured on this computer if left out
   * @throws Refusal `passphrase-weak`, `disk-full`; `profile-unusable`, also if the file exists
   */
  static async make({
    path,
    profileId,
    passphrase,
    cost,
  }: PassphraseFileLocation & { passphrase: Secret; cost?: Cost }): Promise<PassphraseKeychain> {
    requireStrong(passphrase)
    const file = new PassphraseFile(path)
    if (file.exists) throw new Refusal('profile-unusable') // checked early, before a second of work; `create` checks it again
    const key = DataKey.generate()
    const made = new PassphraseKeychain(
      file,
      await wrapKey(key, { profile: profileId, passphrase, binding: keyBinding, ...(cost && { cost }) }),
      key,
    )
    file.create(made.#textOf(new Map()))
    await made.#items()
    return made
  }

  /** @throws Refusal `passphrase-wrong`, `profile-corrupt` if the file is missing or damaged, or `profile-unusable` if it cannot be read */
  static async unlock({ path, profileId, passphrase }: PassphraseFileLocation & { passphrase: Secret }): Promise<PassphraseKeychain> {
    const file = new PassphraseFile(path)
    const head = parseEnvelope(await file.read(), profileId)
    const opened = new PassphraseKeychain(file, head, await unwrapKey(head, passphrase, keyBinding(head)))
    await opened.#items()
    return opened
  }

  /**
   * Seals everything again under a new passphrase and a new key, so that a key learned from an older file is useless.
   * @param cost see `make`
   * @throws Refusal `passphrase-weak`, `locked`, `disk-full` or `profile-unusable`; the file is then unchanged
   */
  change(passphrase: Secret, cost?: Cost): Promise<void> {
    return this.#queue.runExclusive(async () => {
      requireStrong(passphrase)
      const key = DataKey.generate()
      const { profile } = this.#head
      const head = await wrapKey(key, { profile, passphrase, binding: keyBinding, ...(cost && { cost }) })
      const items = await this.#items()
      const resealed = new Map<string, string>()
      const slice = new TimeSlice()
      for (const [item, sealed] of items) {
        if (slice.isOver) await slice.next()
        resealed.set(
          item,
          useAndWipe(this.#open(item, sealed), (bytes) => key.seal('item', bytes, this.#name(item))),
        )
      }
      this.#key.requireUnwiped() // must not undo a lock that happened meanwhile
      this.#file.write(textOf({ ...head, body: sealedBody(key, head, resealed) }))
      this.#key.wipe()
      this.#head = head
      this.#key = key
    })
  }

  /** Renames a file that a move left behind; it is never deleted. @throws Refusal `profile-unusable` */
  static setAside(path: string): void {
    const file = new PassphraseFile(path)
    if (file.exists) file.setAside()
  }

  read(item: string): Promise<{ outcome: 'ok'; secret: Secret } | { outcome: 'absent' | KeychainFailure }> {
    return this.#call(async () => {
      const sealed = (await this.#items()).get(item)
      if (sealed === undefined) return { outcome: 'absent' }
      return { outcome: 'ok', secret: useAndWipe(this.#open(item, sealed), (bytes) => new Secret(bytes.toString())) }
    })
  }

  write(item: string, secret: Secret): Promise<{ outcome: WriteOutcome }> {
    return this.#call(async () => {
      const items = await this.#items()
      const text = secret.expose()
      // Refuses what another keychain would refuse or change; otherwise the item could not be moved there.
      if (text === '' || text.includes('\0') || !useAndWipe(Buffer.from(text), (bytes) => bytes.toString() === text))
        return { outcome: 'mismatch' }
      if (Buffer.byteLength(text) > itemLimit) return { outcome: 'too-large' }
      const sealed = useAndWipe(Buffer.from(text), (bytes) => this.#key.seal('item', bytes, this.#name(item)))
      this.#file.write(this.#textOf(items.set(item, sealed)))
      const back = (await this.#items()).get(item)
      const isSame = back !== undefined && useAndWipe(this.#open(item, back), (bytes) => bytes.toString() === text)
      return { outcome: isSame ? 'ok' : 'mismatch' }
    })
  }

  remove(item: string): Promise<{ outcome: 'ok' | KeychainFailure }> {
    return this.#call(async () => {
      const items = await this.#items()
      if (items.delete(item)) this.#file.write(this.#textOf(items))
      return { outcome: 'ok' }
    })
  }

  /** The names of all items. @throws Refusal if the file cannot be read */
  names(): Promise<string[]> {
    return this.#queue.runExclusive(async () => [...(await this.#items()).keys()])
  }

  /** Deletes the file if it is empty, and wipes the key. @returns whether it did. @throws Refusal if the file cannot be read */
  discard(): Promise<boolean> {
    return this.#queue.runExclusive(async () => {
      if ((await this.#items()).size > 0) return false
      this.#file.delete()
      this.wipe()
      return true
    })
  }

  /** Overwrites the key. Every later call is `locked`. */
  wipe(): void {
    this.#key.wipe()
  }

  #name(item: string): string {
    return `${this.#head.profile}/${item}`
  }

  #open(item: string, sealed: string): Buffer {
    return this.#key.open('item', sealed, this.#name(item))
  }

  /** @throws Refusal `locked`, `profile-corrupt` or `profile-unusable` */
  async #items(): Promise<Items> {
    this.#key.requireUnwiped()
    const envelope = parseEnvelope(await this.#file.read(), this.#head.profile)
    const text = useAndWipe(this.#key.open('body', envelope.body, bodyBinding(envelope)), (bytes) => bytes.toString())
    return new Map(v.parse(bodySchema, text)) // sealed by this class, so another shape is a bug
  }

  #textOf(items: Items): string {
    return textOf({ ...this.#head, body: sealedBody(this.#key, this.#head, items) })
  }

  #call<T>(call: () => Promise<T>): Promise<T | { outcome: KeychainFailure }> {
    return this.#queue.runExclusive(call).catch((error: unknown) => ({ outcome: failureOf(error) }))
  }
}

function sealedBody(key: DataKey, head: Head, items: Items): string {
  return useAndWipe(Buffer.from(JSON.stringify([...items])), (bytes) => key.seal('body', bytes, bodyBinding(head)))
}

/** A full disk and a damaged file are `unavailable` too: in each case nothing changed that was reported as stored. */
function failureOf(error: unknown): KeychainFailure {
  return codeOf(error) === 'locked' ? 'locked' : 'unavailable'
}
