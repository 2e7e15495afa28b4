import type { Key, KeyList, RefusalCode } from '../../preload/contract.ts'
import { ask, codeOf, hear } from '../bridge.ts'
import { arrange, find, type Order } from './keyOrder.ts'

/** The keys of one account, as last told by main, with what is searched for, how they are sorted and which is chosen. */
export class Keyring {
  list = $state.raw<KeyList | null>(null)
  /** Why the list could not be read at all; `list.trouble` is for a server that did not answer. */
  refusal = $state.raw<RefusalCode | null>(null)
  text = $state('')
  order = $state<Order>('name')
  chosenId = $state.raw<string | null>(null)
  syncing = $state(false)

  readonly shown = $derived(arrange(find(this.list?.keys ?? [], this.text), this.order))
  readonly chosen: Key | null = $derived(this.list?.keys.find((key) => key.id === this.chosenId) ?? null)
  readonly full = $derived(this.list !== null && this.list.keys.length >= this.list.limit)

  constructor(readonly accountId: string) {}

  /** Reads the cache, then asks the server; the returned function stops hearing. */
  open(): () => void {
    const stop = hear('keys.changed', (list) => this.#take(list))
    void this.load()
    return stop
  }

  async load(): Promise<void> {
    try {
      this.#take(await ask('keys.list', null))
      this.refusal = null
    } catch (error) {
      this.refusal = codeOf(error)
      return
    }
    await this.sync()
  }

  async sync(): Promise<void> {
    if (this.syncing) return
    this.syncing = true
    try {
      this.#take(await ask('keys.sync', null))
      this.refusal = null
    } catch (error) {
      this.refusal = codeOf(error)
    } finally {
      this.syncing = false
    }
  }

  /** Throws `Refused`. */
  async create(name: string): Promise<Key> {
    const key = await ask('keys.create', { name })
    this.#put(key)
    return key
  }

  /** Throws `Refused`. */
  async setEnabled(id: string, enabled: boolean): Promise<void> {
    this.#put(await ask(enabled ? 'keys.enable' : 'keys.disable', { id }))
  }

  /** `name` is what was typed to confirm. Throws `Refused`. */
  async remove(id: string, name: string): Promise<void> {
    const neighbour = this.#neighbourOf(id)
    await ask('keys.delete', { id, name })
    if (this.list !== null) this.list = { ...this.list, keys: this.list.keys.filter((key) => key.id !== id) }
    if (this.chosenId === id || this.chosenId === null) this.chosenId = neighbour
  }

  /** Asks for a key the list may not have, by its id or its whole name, and chooses it. Throws `Refused`. */
  async lookUp(text: string): Promise<Key> {
    const id = text.toLowerCase()
    const key = await ask('keys.lookUp', /^[0-9a-f]{24}$/.test(id) ? { by: 'id', id } : { by: 'name', name: text })
    this.#put(key)
    this.chosenId = key.id
    return key
  }

  /** Chooses the key that is so many places further in what is shown, stopping at both ends. */
  step(places: number): void {
    const at = this.shown.findIndex((key) => key.id === this.chosenId)
    const next = Math.min(Math.max(at + places, 0), this.shown.length - 1)
    this.chosenId = this.shown[next]?.id ?? null
  }

  #take(list: KeyList): void {
    // An event of another account can be on its way while accounts are switched.
    if (list.accountId !== this.accountId) return
    const before = this.chosenId === null ? null : this.#neighbourOf(this.chosenId)
    this.list = list
    if (this.chosen === null) this.chosenId = list.keys.some((key) => key.id === before) ? before : this.#first()
  }

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
