import type { Key, KeyList, RefusalCode } from '../../../preload/contract.ts'
import { ask, codeOf, hear } from '../../bridge.ts'
import { type Filter, passes } from './list/keyFilter.ts'
import { arrange, find, type Order } from './list/keyOrder.ts'
import { placesTaken } from './sync/waitingChanges.ts'

/** The keys of one account, as last told by main, with what is searched for, how they are sorted and which is chosen. */
export class Keyring {
  list = $state.raw<KeyList | null>(null)
  /** Why the list could not be read at all; `list.trouble` is for a server that did not answer. */
  refusal = $state.raw<RefusalCode | null>(null)
  text = $state('')
  filter = $state<Filter>('all')
  order = $state<Order>('name')
  chosenId = $state.raw<string | null>(null)
  syncing = $state(false)

  readonly waiting = $derived(this.list?.waiting ?? [])
  readonly shown = $derived(
    arrange(
      find(this.list?.keys ?? [], this.text).filter((key) => passes(key, this.filter, this.waiting)),
      this.order,
    ),
  )
  readonly chosen: Key | null = $derived(this.list?.keys.find((key) => key.id === this.chosenId) ?? null)
  /** How many more keys the account can have, once all that waits is done; null until the list is here. */
  readonly left = $derived(this.list === null ? null : Math.max(0, this.list.limit - placesTaken(this.list)))

  constructor(readonly accountId: string) {}

  /** Reads the cache, then asks the server; the returned function stops hearing. */
  open(): () => void {
    const stop = hear('keys.changed', (list) => this.take(list))
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

  /** Reads the cache alone: what waits and what is known after a change, before main announces it. Throws `Refused`. */
  async refresh(): Promise<void> {
    this.take(await ask('keys.list', null))
  }

  async sync(): Promise<void> {
    if (this.syncing) return
    this.syncing = true
    try {
      this.take(await ask('keys.sync', null))
      this.refusal = null
    } catch (error) {
      this.refusal = codeOf(error)
    } finally {
      this.syncing = false
    }
  }

  /** Throws `Refused`. */
  async create(name: string): Promise<Key> {
    const key = await ask('keys.create', { accountId: this.accountId, name })
    this.#put(key)
    return key
  }

  /** Has the key made as soon as the server can be asked. Throws `Refused`. */
  async createLater(name: string): Promise<void> {
    this.take(await ask('keys.createLater', { accountId: this.accountId, name }))
  }

  /** Resolves to whether it is done; else it waits for the server, and `waiting` has it. Throws `Refused`. */
  async setEnabled(id: string, enabled: boolean): Promise<boolean> {
    const key = await ask(enabled ? 'keys.enable' : 'keys.disable', { accountId: this.accountId, id })
    this.#put(key)
    if (key.enabled !== enabled) await this.refresh()
    return key.enabled === enabled
  }

  /** `name` is what was typed to confirm. Resolves to whether it is done, as `setEnabled`. Throws `Refused`. */
  async remove(id: string, name: string): Promise<boolean> {
    const neighbour = this.#neighbourOf(id)
    await ask('keys.delete', { accountId: this.accountId, id, name })
    await this.refresh()
    if (this.waiting.some((change) => change.keyId === id && change.kind === 'delete')) return false
    if (this.chosenId === id || this.chosenId === null) this.chosenId = neighbour
    return true
  }

  /** Throws `Refused`. */
  async cancel(waitingId: string): Promise<void> {
    this.take(await ask('keys.cancel', { accountId: this.accountId, id: waitingId }))
  }

  /** Dismisses news. Throws `Refused`. */
  async dismiss(newsIds: string[]): Promise<void> {
    this.take(await ask('keys.seen', { accountId: this.accountId, ids: newsIds }))
  }

  /** Throws `Refused`. */
  async addValue(id: string, value: string): Promise<void> {
    this.#put(await ask('keys.addValue', { accountId: this.accountId, id, value }))
  }

  /** Deletes the key and makes one of its name, which is chosen. `name` is what was typed to confirm. Throws `Refused`. */
  async replace(id: string, name: string): Promise<Key> {
    const key = await ask('keys.replace', { accountId: this.accountId, id, name })
    if (this.list !== null) this.list = { ...this.list, keys: this.list.keys.filter((other) => other.id !== id) }
    this.#put(key)
    this.chosenId = key.id
    return key
  }

  /** Throws `Refused`. */
  async verify(id: string): Promise<Key> {
    const key = await ask('keys.verify', { accountId: this.accountId, id })
    this.#put(key)
    return key
  }

  /** Removes a left-over value for good. Throws `Refused`. */
  async purge(id: string): Promise<void> {
    this.take(await ask('keys.purge', { accountId: this.accountId, id }))
  }

  /** Asks for a key the list may not have, by its id or its whole name, and chooses it. Throws `Refused`. */
  async lookUp(text: string): Promise<Key> {
    const id = text.toLowerCase()
    const of = { accountId: this.accountId }
    const key = await ask('keys.lookUp', /^[0-9a-f]{24}$/.test(id) ? { ...of, by: 'id', id } : { ...of, by: 'name', name: text })
    this.#put(key)
    this.chosenId = key.id
    return key
  }

  /** Chooses a key and takes away whatever would hide its row: it would look as if it did not exist. */
  bringToSight(id: string): void {
    this.text = ''
    this.filter = 'all'
    this.chosenId = id
  }

  /** Chooses the key that is so many places further in what is shown, stopping at both ends. */
  step(places: number): void {
    const at = this.shown.findIndex((key) => key.id === this.chosenId)
    const next = Math.min(Math.max(at + places, 0), this.shown.length - 1)
    this.chosenId = this.shown[next]?.id ?? null
  }

  /** Takes the list as main told it. */
  take(list: KeyList): void {
    // An event of another account can be on its way while accounts are switched.
    if (list.accountId !== this.accountId) return
    const before = this.chosenId === null ? null : this.#neighbourOf(this.chosenId)
    this.list = list
    if (this.chosen === null) this.chosenId = list.keys.some((key) => key.id === before) ? before : this.#first()
  }

  /** Takes one key as main told it. */
  #put(key: Key): void {
    if (this.list === null) return
    const others = this.list.keys.filter((other) => other.id !== key.id)
    this.list = { ...this.list, keys: [...others, key] }
  }

  #first(): string | null {
    return this.shown[0]?.id ?? null
  }

  /** The key to go to when this one goes away: the next in sight, or else the one before. */
  #neighbourOf(id: string): string | null {
    const at = this.shown.findIndex((key) => key.id === id)
    if (at < 0) return null
    return (this.shown[at + 1] ?? this.shown[at - 1])?.id ?? null
  }
}
