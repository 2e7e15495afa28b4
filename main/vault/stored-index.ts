import { items, readItem, removeItem, writeItem } from './items.ts'
import type { Opened } from './opened.ts'
import type { Keychain } from './ports.ts'
import { Refusal } from './refusal.ts'
import { Secret } from './secret.ts'

/**
 * Which stored values there are, kept in the keychain beside them. No server can be asked for their list, and a keychain cannot be asked
 * for all of its items: without it, a lost cache would lose them.
 */
export interface IndexEntry {
  readonly id: string
  readonly name: string
}

/**
 * Entries of one item: 21 of at most 90 bytes are below the 1892 that are left of the 2560 that Windows takes, once they are sealed under a
 * passphrase. Pages of an older version may have 25; what an interruption leaves out of a page then is listed again at the next opening.
 */
const pageLength = 21

/** The items that an index of so many entries is in. */
export function indexItems(accountId: string, count: number): string[] {
  return Array.from({ length: Math.ceil(count / pageLength) }, (_, page) => items.storedPage(accountId, page))
}

/** Pages that are no longer needed go last: until then an entry may be there twice, and never not at all. @throws Refusal `keychain-…` */
export async function writeIndex({ keychain }: Pick<Opened, 'keychain'>, accountId: string, entries: readonly IndexEntry[]): Promise<void> {
  const pages = indexItems(accountId, entries.length)
  for (const [page, item] of pages.entries()) {
    const text = entries
      .slice(page * pageLength, (page + 1) * pageLength)
      .map(({ id, name }) => `${id} ${name}`)
      .join('\n')
    await writeItem(keychain, item, new Secret(text))
  }
  for (let page = pages.length; ; page += 1) {
    const item = items.storedPage(accountId, page)
    if ((await readItem(keychain, item)) === null) return
    await removeItem(keychain, item)
  }
}

/** @throws Refusal `keychain-…`, `keychain-mismatch` for a page that no version of Latchkey wrote */
export async function readIndex(keychain: Keychain, accountId: string): Promise<IndexEntry[]> {
  const found = new Map<string, IndexEntry>()
  for (let page = 0; ; page += 1) {
    const text = await readItem(keychain, items.storedPage(accountId, page))
    if (text === null) return [...found.values()]
    for (const line of text.expose().split('\n')) {
      const [, id, name] = /^([0-9a-f]{24}) ([A-Za-z0-9_-]{1,64})$/.exec(line) ?? []
      if (id === undefined || name === undefined) throw new Refusal('keychain-mismatch')
      found.set(id, { id, name })
    }
  }
}
