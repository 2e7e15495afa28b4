import type { Account } from '../model/account.ts'
import { items, readListItem, removeItem, writeItem } from './items.ts'
import type { Keychain } from '../ports/keychain.ts'
import { Refusal } from '../refusal.ts'
import { Secret } from '../secret.ts'

/**
 * The index of the values that an account has in the keychain, stored beside them. A keychain cannot list its items. No server lists stored
 * values or the trash, and a server may be gone for good. Without the index, a lost cache would lose these values, and they would stay in
 * the keychain when their account is forgotten.
 *
 * An entry is written before its item and removed after it. So an entry may name an item that does not exist, but every item has an entry.
 */
export interface IndexEntry {
  readonly id: string
  readonly name: string
  /** Whether it is in the trash of stored values. For other accounts the server's list tells, and this is false. */
  readonly trashed: boolean
}

export type IndexedAccount = Pick<Account, 'id' | 'method'>

/** One page as it is in the keychain. */
export interface IndexPage {
  readonly entries: readonly IndexEntry[]
  /** Null if the keychain does not return it. */
  readonly text: string | null
  readonly damaged: boolean
}

export interface ReadIndex {
  readonly pages: readonly IndexPage[]
  /**
   * Whether the index names every value of the account. A profile of an earlier version has no complete index until the cache knows all
   * values.
   */
  readonly complete: boolean
}

/** The first line of a complete index. An index of stored values is always complete and has no such line. */
const completeMark = '*'

/** Between the id and the name of a value that is in the trash, in place of the blank. */
const trashMark = '~'

/**
 * Entries per item. 21 lines of at most 90 bytes are below the limit of 1892 bytes: Windows takes 2560, less the overhead of sealing under
 * a passphrase. Pages of an older version may have 25 entries; an entry that an interruption drops from such a page is listed again at the
 * next opening.
 */
function pageLength({ method }: IndexedAccount): number {
  return method === 'values' ? 21 : 20
}

/** Enough pages for 1000 stored values, or for an account's 20 keys with 180 values in the trash. */
function maxPages({ method }: IndexedAccount): number {
  return method === 'values' ? 48 : 10
}

function pageItem({ id, method }: IndexedAccount, page: number): string {
  return method === 'values' ? items.storedPage(id, page) : items.listedPage(id, page)
}

function asideItem(account: IndexedAccount, page: number): string {
  const asidePage = Math.min(page, maxPages(account) - 1)
  return account.method === 'values' ? items.storedPageAside(account.id, asidePage) : items.listedPageAside(account.id, asidePage)
}

function asideItems(account: IndexedAccount): string[] {
  return Array.from({ length: maxPages(account) }, (_, page) => asideItem(account, page))
}

/** Every item that an index of so many pages may use, including pages that were set aside. */
export function indexItems(account: IndexedAccount, pages = maxPages(account)): string[] {
  return [...Array.from({ length: pages }, (_, page) => pageItem(account, page)), ...asideItems(account)]
}

/** Reads the index. Of a damaged page, the readable lines are kept. @throws Refusal `keychain-…` */
export async function readPages(keychain: Keychain, account: IndexedAccount): Promise<ReadIndex> {
  const pages: IndexPage[] = []
  let complete = account.method === 'values'
  for (let page = 0; ; page += 1) {
    const item = await readListItem(keychain, pageItem(account, page))
    if (item === null) return { pages, complete: complete && !pages.some(({ damaged }) => damaged) }
    const text = item === 'unreadable' ? null : item.expose()
    const lines = text?.split('\n') ?? []
    if (page === 0 && account.method !== 'values' && lines[0] === completeMark) {
      complete = true
      lines.shift()
    }
    const entries = lines.flatMap((line) => parseEntry(line) ?? [])
    pages.push({ entries, text, damaged: text === null || entries.length < lines.length })
  }
}

/** Lists each value once: an interruption may leave an entry on two pages. */
export function entriesOf({ pages }: Pick<ReadIndex, 'pages'>): IndexEntry[] {
  return [...new Map(pages.flatMap(({ entries }) => entries).map((entry) => [entry.id, entry])).values()]
}

export function isDamaged({ pages }: ReadIndex): boolean {
  return pages.some(({ damaged }) => damaged)
}

/** @throws Refusal `keychain-…`; `keychain-damaged` for a page that no version of Latchkey wrote */
export async function readIndex(keychain: Keychain, account: IndexedAccount): Promise<IndexEntry[]> {
  const index = await readPages(keychain, account)
  if (isDamaged(index)) throw new Refusal('keychain-damaged')
  return entriesOf(index)
}

/**
 * Writes only the pages that change. A damaged page is set aside first. Pages that are no longer needed are removed last, from the end;
 * until then an entry may be listed twice.
 * @throws Refusal `keychain-…`; some of the pages may be written then
 */
export async function writePages(
  keychain: Keychain,
  account: IndexedAccount,
  before: ReadIndex,
  wanted: { readonly entries: readonly IndexEntry[]; readonly complete: boolean },
): Promise<ReadIndex> {
  for (const [page, { damaged, text }] of before.pages.entries()) {
    if (damaged && text !== null) await writeItem(keychain, asideItem(account, page), new Secret(text))
  }
  const pages = arrangePages(account, before.pages, wanted.entries, wanted.complete).map((entries, page): IndexPage => ({
    entries,
    text: pageText(account, entries, page, wanted.complete),
    damaged: false,
  }))
  for (const [page, { text }] of pages.entries()) {
    if (text !== null && text !== before.pages[page]?.text) await writeItem(keychain, pageItem(account, page), new Secret(text))
  }
  for (let page = before.pages.length - 1; page >= pages.length; page -= 1) await removeItem(keychain, pageItem(account, page))
  return { pages, complete: wanted.complete }
}

/** Removes the index and the pages that were set aside. @throws Refusal `keychain-…` */
export async function removePages(keychain: Keychain, account: IndexedAccount, pages: number): Promise<void> {
  for (let page = pages - 1; page >= 0; page -= 1) await removeItem(keychain, pageItem(account, page))
  for (const item of asideItems(account)) await removeItem(keychain, item)
}

/** Sets damaged pages aside and writes what can be read of the index in their place. @throws Refusal `keychain-…` */
export async function repairPages(keychain: Keychain, account: IndexedAccount): Promise<void> {
  const index = await readPages(keychain, account)
  if (isDamaged(index)) await writePages(keychain, account, index, { entries: entriesOf(index), complete: account.method === 'values' })
}

/**
 * Distributes the wanted entries over pages. Entries stay on their page, new entries fill free places, and a page that became empty takes
 * the last page's entries, because a keychain cannot store an empty item.
 */
function arrangePages(
  account: IndexedAccount,
  before: readonly IndexPage[],
  wanted: readonly IndexEntry[],
  hasMark: boolean,
): (readonly IndexEntry[])[] {
  const length = pageLength(account)
  const unplaced = new Map(wanted.map((entry) => [entry.id, entry]))
  const placeEntry = ({ id }: IndexEntry): IndexEntry[] => {
    const entry = unplaced.get(id)
    unplaced.delete(id)
    return entry === undefined ? [] : [entry]
  }
  const pages = before.map(({ entries }) => entries.flatMap(placeEntry).slice(0, length))
  const placed = new Set(pages.flat().map(({ id }) => id))
  const free = wanted.filter(({ id }) => !placed.has(id))
  for (const page of pages) page.push(...free.splice(0, Math.max(0, length - page.length)))
  while (free.length > 0) pages.push(free.splice(0, length))
  for (let page = 0; page < pages.length; page += 1) {
    while (pages.at(-1)?.length === 0) pages.pop()
    if (pages[page]?.length === 0) pages[page] = pages.pop() ?? []
  }
  return pages.length === 0 && hasMark && account.method !== 'values' ? [[]] : pages
}

function pageText({ method }: IndexedAccount, entries: readonly IndexEntry[], page: number, complete: boolean): string {
  const mark = page === 0 && complete && method !== 'values' ? [completeMark] : []
  return [...mark, ...entries.map(({ id, name, trashed }) => (isValidName(name) ? `${id}${trashed ? trashMark : ' '}${name}` : id))].join(
    '\n',
  )
}

/** A server may list names that Latchkey does not allow. They are left out of the index and come back with the next list. */
function isValidName(name: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(name)
}

function parseEntry(line: string): IndexEntry | null {
  const [, id, mark, name] = /^([0-9a-f]{24})(?:([ ~])([A-Za-z0-9_-]{1,64}))?$/.exec(line) ?? []
  return id === undefined ? null : { id, name: name ?? id, trashed: mark === trashMark }
}
