import type { RefusalCode, StoredKey } from '../../../preload/contract.ts'
import { ask, codeOf } from '../../bridge.ts'
import { shortUrl, translatedName } from './accountNames.ts'
import { texts } from '../../i18n/texts.svelte.ts'

/** Where a stored key belongs: the host and app of its account, or none. */
export function placeOf({ server }: Pick<StoredKey, 'server'>): string {
  return server === null ? texts().accounts.stored.noServer : `${shortUrl(server.url)} · ${server.appId}`
}

// Numeric collation: deploy-2 sorts before deploy-10.
const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Keys of the chosen server come first. Within each group, disabled keys come last, because the server would refuse them. */
function rank({ same, enabled }: StoredKey): number {
  return (same ? 0 : 2) + (enabled ? 0 : 1)
}

/** The keys on this computer that can be used to sign in, and the chosen one. Names only: the values stay in main. */
export class StoredKeys {
  /** Null until main has answered. */
  keys = $state.raw<readonly StoredKey[] | null>(null)
  /** Why the list could not be loaded. */
  refusal = $state.raw<RefusalCode | null>(null)
  text = $state('')
  #chosenId = $state.raw<string | null>(null)
  #requests = 0

  readonly any = $derived(this.keys !== null && this.keys.length > 0)

  readonly shown = $derived.by(() => {
    const words = this.text
      .trim()
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '')
    const found = (this.keys ?? []).filter((key) => {
      const about = `${key.name} ${translatedName(key.account)} ${placeOf(key)} ${key.lastFour ?? ''}`.toLowerCase()
      return words.every((word) => about.includes(word))
    })
    return found.sort((one, other) => rank(one) - rank(other) || names.compare(one.name, other.name))
  })

  /** Keys of the chosen server and app, then values without a server. While the address is being typed, all keys are one group. */
  readonly groups = $derived.by(() => {
    const [own, others] = [this.shown.filter(({ same }) => same), this.shown.filter(({ same }) => !same)]
    return [
      { title: texts().accounts.stored.ofServer, keys: own },
      { title: own.length > 0 ? texts().accounts.stored.noServer : texts().accounts.stored.here, keys: others },
    ].filter(({ keys }) => keys.length > 0)
  })

  /** Never a key that is filtered out or disabled: the key that is sent must be visible on the screen. */
  readonly chosen: StoredKey | null = $derived(this.shown.find((key) => key.enabled && idOf(key) === this.#chosenId) ?? null)

  /** Loads the keys sorted for an address, which may be incomplete. If calls overlap, the last one wins. */
  async load(url: string, appId: string): Promise<void> {
    const request = (this.#requests += 1)
    try {
      const { keys } = await ask('keys.forServer', { server: { url, appId } })
      if (request !== this.#requests) return
      this.keys = keys
      this.refusal = null
    } catch (error) {
      if (request === this.#requests) this.refusal = codeOf(error)
    }
  }

  choose(key: StoredKey): void {
    if (key.enabled) this.#chosenId = idOf(key)
  }

  /** Chooses the first visible key that can be chosen. @returns whether there is one */
  chooseFirst(): boolean {
    const first = this.shown.find(({ enabled }) => enabled)
    if (first === undefined) return false
    this.choose(first)
    return true
  }
}

/** Key ids are unique per server only, so the account's id is part of this one. */
export function idOf({ accountId, id }: StoredKey): string {
  return `${accountId}/${id}`
}
