import { SerialQueues } from '../../../shared/serial-queue.ts'
import type { KeyRecord } from '../model/key.ts'
import type { Keychain } from '../ports/keychain.ts'
import { ignoreRefusal } from '../refusal.ts'
import {
  entriesOf,
  type IndexedAccount,
  type IndexEntry,
  indexItems,
  isDamaged,
  readPages,
  type ReadIndex,
  removePages,
  writePages,
} from './value-index.ts'

/** A value to be listed. `goneAt`: see `KeyRecord`; absent for one that is not in the trash. */
export type IndexedValue = Pick<KeyRecord, 'id' | 'name'> & Partial<Pick<KeyRecord, 'goneAt'>>

/**
 * The indexes of an unlocked vault's accounts. Each is read once and then cached, so that a change costs one write to the keychain, and
 * listing what is already listed costs nothing.
 */
export class ValueIndexes {
  readonly #keychain: Keychain
  readonly #queues = new SerialQueues()
  readonly #known = new Map<string, ReadIndex>()

  constructor(keychain: Keychain) {
    this.#keychain = keychain
  }

  /** The readable entries of the index. @throws Refusal `keychain-…` */
  entries(account: IndexedAccount): Promise<IndexEntry[]> {
    return this.#queues.runExclusive(account.id, async () => entriesOf(await this.#read(account)))
  }

  /** Whether the index names every value that the account may have in the keychain. @throws Refusal `keychain-…` */
  isComplete(account: IndexedAccount): Promise<boolean> {
    return this.#queues.runExclusive(account.id, async () => (await this.#read(account)).complete)
  }

  /**
   * Adds values to the index, or changes the entries of listed ones. Call it before they are stored in the keychain.
   * @param complete whether these and the listed values are all that the account may have there
   * @throws Refusal `keychain-…`; none of the values may be stored then
   */
  list(account: IndexedAccount, values: readonly IndexedValue[], complete = false): Promise<void> {
    return this.#change(account, (index) => {
      const entries = new Map(entriesOf(index).map((entry) => [entry.id, entry]))
      let changed = isDamaged(index) || (complete && !index.complete)
      for (const { id, name, goneAt } of values) {
        const listed = entries.get(id)
        const trashed = account.method === 'values' && typeof goneAt === 'number'
        if (listed?.name === name && listed.trashed === trashed) continue
        entries.set(id, { id, name, trashed })
        changed = true
      }
      return changed ? { entries: [...entries.values()], complete: index.complete || complete || account.method === 'values' } : null
    })
  }

  /** Records that a new account has no values. If the keychain does not take it now, the next opening retries. */
  async createEmpty(account: IndexedAccount): Promise<void> {
    await this.list(account, [], true).catch(ignoreRefusal)
  }

  /** Removes the entries of values that are no longer in the keychain. @throws Refusal `keychain-…` */
  unlist(account: IndexedAccount, ids: Iterable<string>): Promise<void> {
    const removed = new Set(ids)
    return this.#change(account, (index) => {
      const entries = entriesOf(index)
      const remaining = entries.filter(({ id }) => !removed.has(id))
      return remaining.length === entries.length ? null : { entries: remaining, complete: index.complete || account.method === 'values' }
    })
  }

  /** Removes an index whose values are gone. @throws Refusal `keychain-…` */
  remove(account: IndexedAccount): Promise<void> {
    return this.#queues.runExclusive(account.id, async () => {
      const { pages } = await this.#read(account)
      this.#known.delete(account.id)
      await removePages(this.#keychain, account, pages.length)
    })
  }

  /** The items that the index may use, and the ids in it, as far as it was read. */
  known(account: IndexedAccount): { readonly items: string[]; readonly ids: string[] } {
    const index = this.#known.get(account.id)
    return index === undefined
      ? { items: indexItems(account), ids: [] }
      : { items: indexItems(account, index.pages.length), ids: entriesOf(index).map(({ id }) => id) }
  }

  async #read(account: IndexedAccount): Promise<ReadIndex> {
    const index = this.#known.get(account.id) ?? (await readPages(this.#keychain, account))
    this.#known.set(account.id, index)
    return index
  }

  #change(account: IndexedAccount, to: (index: ReadIndex) => { entries: IndexEntry[]; complete: boolean } | null): Promise<void> {
    return this.#queues.runExclusive(account.id, async () => {
      const index = await this.#read(account)
      const wanted = to(index)
      if (wanted === null) return
      this.#known.delete(account.id) // if the write fails half-way, only the keychain knows how far it got
      this.#known.set(account.id, await writePages(this.#keychain, account, index, wanted))
    })
  }
}
