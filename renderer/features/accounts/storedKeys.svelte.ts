import type { RefusalCode, StoredKey } from '../../../preload/contract.ts'
import { ask, codeOf } from '../../bridge.ts'
import { shortUrl, spokenName } from './accountNames.ts'
import { texts } from '../../i18n/texts.svelte.ts'

/** Where a stored key belongs: the host and app of its account, or no server. */
export function placeOf({ server }: Pick<StoredKey, 'server'>): string {
  return server === null ? texts().accounts.stored.noServer : `${shortUrl(server.url)} · ${server.appId}`
}

// Numbers within names count as numbers: deploy-2 comes before deploy-10.
const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Those of the server first; of each kind those last that the server would refuse. */
function rank({ same, enabled }: StoredKey): number {
  return (same ? 0 : 2) + (enabled ? 0 : 1)
}

/** The keys on this computer that one could sign in with, and which of them is chosen. Names only: the value stays in main. */
export class StoredKeys {
  /** Null until main has told. */
  keys = $state.raw<readonly StoredKey[] | null>(null)
  /** Why they could not be had. */
  refusal = $state.raw<RefusalCode | null>(null)
  text = $state('')
  #chosenId = $state.raw<string | null>(null)
  #asked = 0

  readonly any = $derived(this.keys !== null && this.keys.length > 0)

  readonly shown = $derived.by(() => {
    const words = this.text
      .trim()
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '')
    const found = (this.keys ?? []).filter((key) => {
      const about = `${key.name} ${spokenName(key.account)} ${placeOf(key)} ${key.lastFour ?? ''}`.toLowerCase()
      return words.every((word) => about.includes(word))
    })
    return found.sort((one, other) => rank(one) - rank(other) || names.compare(one.name, other.name))
  })

  /** Of the server and app that is being signed in to, then the values without a server. While the address is typed, all are one group. */
  readonly groups = $derived.by(() => {
    const [own, others] = [this.shown.filter(({ same }) => same), this.shown.filter(({ same }) => !same)]
    return [
      { title: texts().accounts.stored.ofServer, keys: own },
      { title: own.length > 0 ? texts().accounts.stored.noServer : texts().accounts.stored.here, keys: others },
    ].filter(({ keys }) => keys.length > 0)
  })

  /** Never one that is out of sight, or that the server refuses: what is sent is what is seen. */
  readonly chosen: StoredKey | null = $derived(this.shown.find((key) => key.enabled && idOf(key) === this.#chosenId) ?? null)

  /** Asks for the keys as they suit an address, which may still be half typed. The last answer asked for counts. */
  async load(url: string, appId: string): Promise<void> {
    const asked = (this.#asked += 1)
    try {
      const { keys } = await ask('keys.forServer', { server: { url, appId } })
      if (asked !== this.#asked) return
      this.keys = keys
      this.refusal = null
    } catch (error) {
      if (asked === this.#asked) this.refusal = codeOf(error)
    }
  }

  choose(key: StoredKey): void {
    if (key.enabled) this.#chosenId = idOf(key)
  }

  /** Of what is in sight, the first that can be chosen. True if there is one. */
  chooseFirst(): boolean {
    const first = this.shown.find(({ enabled }) => enabled)
    if (first === undefined) return false
    this.choose(first)
    return true
  }
}

/** A key's id is its server's; two servers may use the same. */
export function idOf({ accountId, id }: StoredKey): string {
  return `${accountId}/${id}`
}
