import type { Account, Key } from '../../../../preload/contract.ts'
import { accountName, accountPlace } from '../../accounts/accountNames.ts'
import { services } from '../../stored-values/services.svelte.ts'
import type { Keyring } from '../keyring.svelte.ts'
import { searchText } from '../list/keyOrder.ts'
import { hasSoughtDetails, parseSearch } from '../list/soughtDetails.ts'

/** A key in the list of all keys. */
export interface Entry {
  /** Unique in the list. */
  readonly id: string
  readonly account: Account
  readonly keyring: Keyring
  readonly key: Key
}

export function entryId(accountId: string, keyId: string): string {
  return `${accountId}/${keyId}`
}

/** The name of a key's service; null if it is not known. */
export function serviceName({ service }: Key): string | null {
  return service === null ? null : (services.of(service)?.name ?? service)
}

/** What a search looks at in a key: its own texts, the name of its service, and the name and place of its account. In lower case. */
function entryText({ account, key }: Entry): string {
  return `${searchText(key)}\n${serviceName(key) ?? ''}\n${accountName(account)}\n${accountPlace(account)}`.toLowerCase()
}

/** `entryText` of each entry, by its id. */
export function entryTexts(entries: readonly Entry[]): ReadonlyMap<string, string> {
  return new Map(entries.map((entry) => [entry.id, entryText(entry)]))
}

/**
 * The keys that have every typed word, or end with it, and the tags and the environment that `tag:` and `env:` name.
 * @param texts `entryTexts`
 */
export function searchEntries(among: readonly Entry[], typed: string, texts: ReadonlyMap<string, string>): readonly Entry[] {
  const sought = parseSearch(typed)
  const words = sought.words
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => ({ word, folded: word.normalize('NFC').toLowerCase() }))
  return among.filter(({ id, key }) => {
    const text = texts.get(id) ?? ''
    // The case of a value matters: `aB3x` and `AB3X` are different keys.
    return (
      hasSoughtDetails(key, sought) && words.every(({ word, folded }) => text.includes(folded) || key.lastFour?.endsWith(word) === true)
    )
  })
}
