import type { Key, KeyList, RefusalCode } from '../../../preload/contract.ts'
import { ask, codeOf, subscribe } from '../../bridge.ts'
import { type Filter, matchesFilter } from './list/keyFilter.ts'
import { sortKeys, searchKeys, type Order } from './list/keyOrder.ts'
import { placesTaken } from './sync/waitingChanges.ts'

/** The keys of one account as main last reported them, with search text, sort order, filter and selection. */
export class Keyring {
  list = $state.raw<KeyList | null>(null)
  /** Why the list could not be read at all. `list.trouble` says why the server did not answer. */
  refusal = $state.raw<RefusalCode | null>(null)
  text = $state('')
  filter = $state<Filter>('all')
  order = $state<Order>('name')
  chosenId = $state.raw<string | null>(null)
  syncing = $state(false)

  readonly waiting = $derived(this.list?.waiting ?? [])
  // Sorted before it is searched: then nothing is sorted at a keystroke.
  readonly #sorted = $derived(sortKeys(this.list?.keys ?? [], this.order))
  readonly shown = $derived(searchKeys(this.#sorted, this.text).filter((key) => matchesFilter(key, this.filter, this.waiting)))
  readonly chosen: Key | null = $derived(this.list?.keys.find((key) => key.id === this.chosenId) ?? null)
  /** How many more keys the account can have once all pending changes are done. Null until the list is loaded. */
  readonly left = $derived(this.list === null ? null : Math.max(0, this.list.limit - placesTaken(this.list)))

  constructor(readonly accountId: string) {}

  /** Reads the cache, then syncs with the server. Call the returned function to unsubscribe. */
  open(): () => void {
    const stop = subscribe('keys.changed', (list) => this.take(list))
    void this.load()
    return stop
  }

  async load(): Promise<void> {
    try {
      await this.refresh()
      this.refusal = null
    } catch (error) {
      this.refusal = codeOf(error)
      return
    }
    await this.sync()
  }

  /** Reads the cache only: the state right after a change, before main announces it. @throws Refused */
  async refresh(): Promise<void> {
    this.take(await ask('keys.list', { accountId: this.accountId }))
  }

  async sync(): Promise<void> {
    if (this.syncing) return
    this.syncing = true
    try {
      this.take(await ask('keys.sync', { accountId: this.accountId }))
      this.refusal = null
    } catch (error) {
      this.refusal = codeOf(error)
    } finally {
      this.syncing = false
    }
  }

  /** @throws Refused */
  async create(name: string): Promise<Key> {
    const key = await ask('keys.create', { accountId: this.accountId, name })
    this.#put(key)
    return key
  }

  /** Queues the creation until the server can be reached. @throws Refused */
  async createLater(name: string): Promise<void> {
    this.take(await ask('keys.createLater', { accountId: this.accountId, name }))
  }

  /** @returns whether it is done; if not, it is pending and listed in `waiting`. @throws Refused */
  async setEnabled(id: string, enabled: boolean): Promise<boolean> {
    const key = await ask(enabled ? 'keys.enable' : 'keys.disable', { accountId: this.accountId, id })
    this.#put(key)
    if (key.enabled !== enabled) await this.refresh()
    return key.enabled === enabled
  }

  /** `name` is what the user typed to confirm. @returns whether it is done, as for `setEnabled`. @throws Refused */
  async remove(id: string, name: string): Promise<boolean> {
    const neighbour = this.#neighbourOf(id)
    await ask('keys.delete', { accountId: this.accountId, id, name })
    await this.refresh()
    if (this.waiting.some((change) => change.keyId === id && change.kind === 'delete')) return false
    if (this.chosenId === id || this.chosenId === null) this.chosenId = neighbour
    return true
  }

  /** @throws Refused */
  async cancel(waitingId: string): Promise<void> {
    this.take(await ask('keys.cancel', { accountId: this.accountId, id: waitingId }))
  }

  /** Dismisses news. @throws Refused */
  async dismiss(newsIds: string[]): Promise<void> {
    this.take(await ask('keys.dismiss', { accountId: this.accountId, ids: newsIds }))
  }

  /** @throws Refused */
  async addValue(id: string, value: string): Promise<void> {
    this.#put(await ask('keys.addValue', { accountId: this.accountId, id, value }))
  }

  /** Gives a stored key a new value. @returns the id of the value before it in the trash; null if there was none. @throws Refused */
  async changeValue(id: string, value: string): Promise<string | null> {
    const before = (this.list?.trash ?? []).map((item) => item.id)
    await ask('keys.changeValue', { accountId: this.accountId, id, value })
    await this.refresh()
    return this.list?.trash.find((item) => !before.includes(item.id))?.id ?? null
  }

  /** Gives a stored key a value back from the trash. @param id of that value. @throws Refused */
  async restoreValue(id: string): Promise<Key> {
    const key = await ask('keys.restoreValue', { accountId: this.accountId, id })
    await this.refresh()
    return key
  }

  /** Renames a stored key. @throws Refused */
  async rename(id: string, name: string): Promise<void> {
    this.#put(await ask('keys.rename', { accountId: this.accountId, id, name }))
  }

  /** Sets what a person writes down about a key. @throws Refused */
  async setDetails(id: string, details: Key['details']): Promise<void> {
    this.#put(await ask('keys.setDetails', { accountId: this.accountId, id, details }))
  }

  /** Deletes the key, creates one of the same name and selects it. `name` is what the user typed to confirm. @throws Refused */
  async replace(id: string, name: string): Promise<Key> {
    const key = await ask('keys.replace', { accountId: this.accountId, id, name })
    if (this.list !== null) this.list = { ...this.list, keys: this.list.keys.filter((other) => other.id !== id) }
    this.#put(key)
    this.chosenId = key.id
    return key
  }

  /** @throws Refused */
  async verify(id: string): Promise<Key> {
    const key = await ask('keys.verify', { accountId: this.accountId, id })
    this.#put(key)
    return key
  }

  /** Removes a left-over value for good. @throws Refused */
  async purge(id: string): Promise<void> {
    this.take(await ask('keys.purge', { accountId: this.accountId, id }))
  }

  /** Asks the server for a key that the list may not have, by its id or full name, and selects it. @throws Refused */
  async lookUp(text: string): Promise<Key> {
    const id = text.toLowerCase()
    const of = { accountId: this.accountId }
    const key = await ask('keys.lookUp', /^[0-9a-f]{24}$/.test(id) ? { ...of, by: 'id', id } : { ...of, by: 'name', name: text })
    this.#put(key)
    this.chosenId = key.id
    return key
  }

  /** Selects a key and resets every filter that would hide its row. */
  bringToSight(id: string): void {
    this.text = ''
    this.filter = 'all'
    this.chosenId = id
  }

  /** Shows the keys that a search finds. */
  search(text: string): void {
    this.text = text
  }

  /** Moves the selection by a number of rows in the shown list. It stops at both ends. */
  step(places: number): void {
    const at = this.shown.findIndex((key) => key.id === this.chosenId)
    const next = Math.min(Math.max(at + places, 0), this.shown.length - 1)
    this.chosenId = this.shown[next]?.id ?? null
  }

  /** Replaces the list by a newer one from main. */
  take(list: KeyList): void {
    // While the user switches accounts, an event of the previous account can still arrive.
    if (list.accountId !== this.accountId) return
    const before = this.chosenId === null ? null : this.#neighbourOf(this.chosenId)
    this.list = list
    if (this.chosen === null) this.chosenId = list.keys.some((key) => key.id === before) ? before : this.#first()
  }

  /** Adds or updates one key that main sent. */
  #put(key: Key): void {
    if (this.list === null) return
    const others = this.list.keys.filter((other) => other.id !== key.id)
    this.list = { ...this.list, keys: [...others, key] }
  }

  #first(): string | null {
    return this.shown[0]?.id ?? null
  }

  /** The key to select when this one disappears: the next shown one, or else the previous one. */
  #neighbourOf(id: string): string | null {
    const at = this.shown.findIndex((key) => key.id === id)
    if (at < 0) return null
    return (this.shown[at + 1] ?? this.shown[at - 1])?.id ?? null
  }
}
