import { items, readListItem, removeItem, writeItem } from './items.ts'
import { storedLimit } from './key.ts'
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

/** Every item that a damaged page may have been set aside to. */
export function asideItems(accountId: string): string[] {
  return Array.from({ length: Math.ceil(storedLimit / pageLength) }, (_, page) => items.storedPageAside(accountId, page))
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
    if ((await readListItem(keychain, item)) === null) return
    await removeItem(keychain, item)
  }
}

/** With what was set aside of it. @throws Refusal `keychain-…` */
export async function removeIndex(opened: Pick<Opened, 'keychain'>, accountId: string): Promise<void> {
  await writeIndex(opened, accountId, [])
  for (const item of asideItems(accountId)) await removeItem(opened.keychain, item)
}

/** @throws Refusal `keychain-…`, `keychain-damaged` for a page that no version of Latchkey wrote */
export async function readIndex(keychain: Keychain, accountId: string): Promise<IndexEntry[]> {
  const { entries, damaged } = await readableIndex(keychain, accountId)
  if (damaged.length > 0) throw new Refusal('keychain-damaged')
  return entries
}

interface ReadableIndex {
  readonly entries: IndexEntry[]
  /** `text`: null if the keychain does not give it. */
  readonly damaged: readonly { readonly page: number; readonly text: Secret | null }[]
}

/** The entries of every page that can be read, and of each damaged page those lines that can be. @throws Refusal `keychain-…` */
export async function readableIndex(keychain: Keychain, accountId: string): Promise<ReadableIndex> {
  const found = new Map<string, IndexEntry>()
  const damaged: { page: number; text: Secret | null }[] = []
  for (let page = 0; ; page += 1) {
    const text = await readListItem(keychain, items.storedPage(accountId, page))
    if (text === null) return { entries: [...found.values()], damaged }
    const lines = text === 'unreadable' ? [] : text.expose().split('\n')
    const entries = lines.flatMap((line) => parseEntry(line) ?? [])
    for (const entry of entries) found.set(entry.id, entry)
    if (text === 'unreadable') damaged.push({ page, text: null })
    else if (entries.length < lines.length) damaged.push({ page, text })
  }
}

/** Sets damaged pages aside, and writes what can be read of the index in their place. @throws Refusal `keychain-…` */
export async function mendIndex(opened: Pick<Opened, 'keychain'>, accountId: string): Promise<void> {
  const { entries, damaged } = await readableIndex(opened.keychain, accountId)
  if (damaged.length === 0) return
  for (const { page, text } of damaged) {
    if (text !== null) await writeItem(opened.keychain, items.storedPageAside(accountId, page), text)
  }
  await writeIndex(opened, accountId, entries)
}

function parseEntry(line: string): IndexEntry | null {
  const [, id, name] = /^([0-9a-f]{24}) ([A-Za-z0-9_-]{1,64})$/.exec(line) ?? []
  return id === undefined || name === undefined ? null : { id, name }
}
