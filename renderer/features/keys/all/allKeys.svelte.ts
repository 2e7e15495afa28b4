import type { Account, Key, KeyList, RefusalCode } from '../../../../preload/contract.ts'
import type { KeyGrouping } from '../../../../shared/lists/settings.ts'
import { ask, codeOf, subscribe } from '../../../bridge.ts'
import type { Heading } from '../../../ui/list/listboxRows.ts'
import { Keyring } from '../keyring.svelte.ts'
import { countByFilter, type Filter, matchesFilter } from '../list/keyFilter.ts'
import { type Order, sortByKey } from '../list/keyOrder.ts'
import { changeOf } from '../sync/waitingChanges.ts'
import { grouped, servicesOf } from './grouping.ts'
import { entryId, type Entry, entryTexts, searchEntries } from './entries.ts'

/** Whether a person has to do something, or something is still to be done: the keys of *Needs attention*. */
function isAmiss({ key, keyring }: Entry): boolean {
  return matchesFilter(key, 'attention', keyring.waiting) || changeOf(key.id, keyring.waiting) !== null
}

/**
 * The keys of all accounts, with search text, order, filter and selection. Each account has a `Keyring` of its own, which its keys are
 * changed by, so that every call names the account of its key.
 */
export class AllKeys {
  text = $state('')
  filter = $state<Filter>('all')
  /** The id of the only service whose keys are listed; null for all. */
  service = $state.raw<string | null>(null)
  order = $state<Order>('name')
  /** Why the lists could not be read at all. */
  refusal = $state.raw<RefusalCode | null>(null)
  loaded = $state(false)
  #chosenIn = $state.raw<Keyring | null>(null)

  readonly #accounts: () => readonly Account[]
  readonly #grouping: () => KeyGrouping
  /** One for each account. None is made inside a `$derived`, which would not notice changes of a keyring that it made itself. */
  #keyrings: readonly Keyring[] = $state.raw([])

  readonly entries: readonly Entry[] = $derived.by(() =>
    this.#accounts().flatMap((account): Entry[] => {
      const keyring = this.#find(account.id)
      if (keyring === undefined) return []
      return (keyring.list?.keys ?? []).map((key) => ({ id: entryId(account.id, key.id), account, keyring, key }))
    }),
  )
  /** The accounts whose lists are known, with these. */
  readonly lists: readonly { readonly account: Account; readonly list: KeyList }[] = $derived.by(() =>
    this.#accounts().flatMap((account) => {
      const list = this.#find(account.id)?.list ?? null
      return list === null ? [] : [{ account, list }]
    }),
  )
  /** Why the keychain cannot be read; null if it can. */
  readonly keychain = $derived(this.lists[0]?.list.keychain ?? null)
  readonly syncing = $derived(this.#keyrings.some((keyring) => keyring.syncing))
  /** How many keys need attention. */
  readonly amiss = $derived(this.entries.filter(isAmiss).length)
  readonly counts = $derived.by(() => {
    const waiting = this.lists.flatMap(({ list }) => list.waiting)
    const keys = this.entries.map(({ key }) => key)
    return { ...countByFilter(keys, waiting), attention: this.amiss }
  })
  readonly services = $derived(servicesOf(this.entries))
  readonly #sorted = $derived(sortByKey(this.entries, this.order, ({ key }) => key))
  readonly #listed = $derived(
    this.#sorted.filter(
      (entry) =>
        (this.filter === 'attention' ? isAmiss(entry) : matchesFilter(entry.key, this.filter, entry.keyring.waiting)) &&
        (this.service === null || entry.key.service === this.service),
    ),
  )
  /** What a search looks at, by the entry's id. Made at the first search after a change, and not at every keystroke. */
  readonly #texts = $derived(entryTexts(this.entries))
  readonly #found = $derived(this.text.trim() === '' ? this.#listed : searchEntries(this.#listed, this.text, this.#texts))
  /** The keys that are shown, group by group. */
  readonly rows: readonly (Entry | Heading)[] = $derived.by(() => grouped(this.#found, this.#grouping(), this.#accounts()))
  readonly shown: readonly Entry[] = $derived(this.rows.filter((row): row is Entry => 'key' in row))

  /** The selected key and its account. Null while no key is selected. */
  readonly chosen: Entry | null = $derived.by(() => {
    const [keyring, id] = [this.#chosenIn, this.#chosenIn?.chosenId ?? null]
    return id === null ? null : (this.entries.find((entry) => entry.keyring === keyring && entry.key.id === id) ?? null)
  })

  constructor(accounts: () => readonly Account[], grouping: () => KeyGrouping) {
    this.#accounts = accounts
    this.#grouping = grouping
  }

  /** Call the returned function to unsubscribe. */
  open(): () => void {
    const stop = subscribe('keys.changed', (list) => this.#take(list))
    void this.load()
    return stop
  }

  async load(): Promise<void> {
    try {
      const { lists } = await ask('keys.listAll', null)
      for (const list of lists) this.#take(list)
      this.refusal = null
      this.loaded = true
      if (this.#chosenIn === null) this.#choose(this.shown[0])
    } catch (error) {
      this.refusal = codeOf(error)
    }
  }

  /** Does the part of a search beforehand that is the same for every text: with ten thousand keys, the first letter took 30 ms longer. */
  prepareSearch(): void {
    void this.#texts
  }

  /** Syncs every account with its server. */
  async sync(): Promise<void> {
    await Promise.all(this.#accounts().map(({ id }) => this.keyringOf(id).sync()))
  }

  /** Not to be called inside a `$derived`. */
  keyringOf(accountId: string): Keyring {
    const known = this.#find(accountId)
    if (known !== undefined) return known
    const keyring = this.#makeKeyring(accountId)
    this.#keyrings = [...this.#keyrings, keyring]
    return keyring
  }

  /** @param id of an entry, whether or not it is shown */
  choose(id: string): void {
    this.#choose(this.entries.find((entry) => entry.id === id))
  }

  /** Moves the selection by a number of keys in the shown list. It stops at both ends. */
  step(places: number): void {
    const at = this.#place()
    this.#choose(this.shown[Math.min(Math.max(at + places, 0), this.shown.length - 1)])
  }

  /** Resets the search and every filter. */
  showEverything(): void {
    this.text = ''
    this.filter = 'all'
    this.service = null
  }

  /** Selects a key and resets every filter that would hide its row. */
  bringToSight(accountId: string, keyId: string): void {
    this.showEverything()
    const keyring = this.keyringOf(accountId)
    keyring.chosenId = keyId
    this.#chosenIn = keyring
  }

  /** Replaces the list of an account. If the selected key is not in it any more, its neighbour is selected; if none was, the first one. */
  replace(keyring: Keyring, list: KeyList): void {
    const isGone = this.#chosenIn === keyring && list.keys.every((key) => key.id !== keyring.chosenId)
    const before = isGone ? this.#place() : 0
    keyring.list = list
    if (isGone) keyring.chosenId = this.#chosenIn = null
    if (this.#chosenIn === null && this.loaded) this.#choose(this.shown[Math.max(before, 0)] ?? this.shown.at(-1))
  }

  #find(accountId: string): Keyring | undefined {
    return this.#keyrings.find((keyring) => keyring.accountId === accountId)
  }

  /**
   * Makes a keyring in a root effect, if there are effects: what it derives then belongs to no screen, and is not frozen when the screen is
   * left on which it was made.
   */
  #makeKeyring(accountId: string): Keyring {
    const made: Keyring[] = []
    $effect.root(() => void made.push(new ListedKeyring(accountId, this)))
    return made[0] ?? new ListedKeyring(accountId, this)
  }

  #take(list: KeyList): void {
    if (list.accountId !== null) this.keyringOf(list.accountId).take(list)
  }

  #choose(entry: Entry | undefined): void {
    if (entry === undefined) return
    entry.keyring.chosenId = entry.key.id
    this.#chosenIn = entry.keyring
  }

  /** The place of the selected key in the shown list; -1 if it is not shown. */
  #place(): number {
    const chosen = this.chosen
    return chosen === null ? -1 : this.shown.findIndex(({ id }) => id === chosen.id)
  }
}

/** The keyring of one account in the list of all keys, where the next key may be of another account. */
class ListedKeyring extends Keyring {
  readonly #all: AllKeys

  constructor(accountId: string, all: AllKeys) {
    super(accountId)
    this.#all = all
  }

  override bringToSight(id: string): void {
    this.#all.bringToSight(this.accountId, id)
  }

  override search(text: string): void {
    this.#all.text = text
  }

  override take(list: KeyList): void {
    if (list.accountId === this.accountId) this.#all.replace(this, list)
  }

  override async lookUp(text: string): Promise<Key> {
    const key = await super.lookUp(text)
    this.bringToSight(key.id)
    return key
  }
}
