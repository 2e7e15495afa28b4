import { items, readItem, writeItem } from './items.ts'
import { inspectValues, refreshKeys } from './keys.ts'
import type { Opened } from './opened.ts'
import type { Cache, Clock, Keychain, KeyServers } from './ports.ts'
import { codeOf, Refusal, type RefusalCode } from './refusal.ts'
import { RootKey } from './seal.ts'
import { settleAll } from './settle.ts'
import { inTurn } from './turns.ts'

export interface Parts {
  readonly keychain: Keychain
  readonly servers: KeyServers
  readonly clock: Clock
  /** Whether a cache is on disk: one without its root key is never re-created over. */
  readonly cacheExists: () => boolean
  /** @throws Refusal `profile-corrupt` or `profile-unusable`; the file is left as it is */
  readonly openCache: (key: Uint8Array) => Cache
  readonly announce: Opened['announce']
}

/** The vault, closed until `open` succeeded. Closed, it refuses everything with the reason why. */
export class Vault {
  readonly #parts: () => Parts
  #opened: Opened | null = null
  #opening: Promise<void> | null = null
  #reason: RefusalCode = 'locked'
  #locks = 0

  /** @param parts asked for at each opening: it may refuse, and no adapter outlives a lock with something opened in it */
  constructor(parts: () => Parts) {
    this.#parts = parts
  }

  /** @returns null while open, else why it is closed */
  get closed(): RefusalCode | null {
    return this.#opened === null ? this.#reason : null
  }

  /** @throws Refusal with the reason while the vault is closed */
  get opened(): Opened {
    if (this.#opened === null) throw new Refusal(this.#reason)
    return this.#opened
  }

  /** Reads the root key from the keychain, or makes it on the first run, and opens the cache. Never touches the network. */
  open(): Promise<void> {
    // Two first openings at once would make two root keys, and the one not kept would have sealed the cache.
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null
    })
    return this.#opening
  }

  async #open(): Promise<void> {
    if (this.#opened !== null) return
    const locks = this.#locks
    try {
      const { openCache, ...parts } = this.#parts()
      const root = await rootKey(parts)
      // Locked while the system asked for the keyring's password: its answer must not open what was locked since.
      if (locks !== this.#locks) throw new Refusal('locked')
      const cache = openCache(root.cacheKey())
      this.#opened = { ...parts, root, cache, turns: new Map(), syncedAt: new Map() }
      parts.servers.retain(cache.accounts().map(({ id }) => id)) // last: files nobody needs must not keep a vault shut
    } catch (error) {
      this.#reason = codeOf(error)
      if (!(error instanceof Refusal)) throw error
    }
  }

  /**
   * What was left to do, after the window is up: sealed values to the keychain, each value looked for, and the lists
   * brought up to date, which also settles interrupted creations.
   */
  async resume(): Promise<void> {
    const opened = this.opened
    await Promise.all(
      opened.cache.accounts().map(async ({ id }) => {
        await inTurn(opened, id, () => settleAll(opened, id))
        await inTurn(opened, id, () => inspectValues(opened, id))
        await refreshKeys(opened, id)
      }),
    )
  }

  /** Forgets everything opened. Operations under way fail as `locked`; what they made is found at the next opening. */
  lock(): void {
    this.#reason = 'locked'
    this.#locks += 1
    this.#opened?.cache.close()
    this.#opened?.root.wipe()
    this.#opened = null
  }
}

async function rootKey({ keychain, cacheExists }: Pick<Parts, 'keychain' | 'cacheExists'>): Promise<RootKey> {
  const kept = await readItem(keychain, items.root)
  if (kept !== null) return RootKey.parse(kept)
  if (cacheExists()) throw new Refusal('keychain-reset')
  const made = RootKey.generate()
  await writeItem(keychain, items.root, made.toSecret())
  return made
}
