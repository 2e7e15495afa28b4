import type { Turn } from '../../../shared/serial-queue.ts'
import type { Account } from '../model/account.ts'
import { areAllValuesKnown } from '../keychain/known-values.ts'
import { items, readListItem, removeItem, writeItem } from '../keychain/items.ts'
import { colours, type AccountLabel, labelOfAccount } from '../model/account-label.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Keychain } from '../ports/keychain.ts'
import { Refusal } from '../refusal.ts'
import { Secret } from '../secret.ts'
import { parseServer } from '../model/server.ts'
import { isDamaged, repairPages, readPages } from '../keychain/value-index.ts'

/**
 * Which accounts there are, kept in the keychain beside their values: the values are filed under the accounts' ids, and a keychain
 * cannot be asked for all of its items. A cache that is lost is made anew from this and the servers' lists.
 */
type DirectoryEntry = Pick<Account, 'server' | 'method' | 'email' | 'userId'> & Partial<Pick<AccountLabel, 'label' | 'colour'>>

/** What filing needs of an open vault. */
type DirectoryAccess = Pick<UnlockedVault, 'keychain' | 'queues' | 'cache'>

/** An account's entry comes before its id does: an id in the list always has one. */
export function saveDirectoryEntry(opened: DirectoryAccess, account: Account, mark = labelOfAccount(opened, account.id)): Promise<void> {
  const { keychain } = opened
  return opened.queues.runExclusive(items.accounts, async () => {
    const { id, server, method, email, userId } = account
    const entry: DirectoryEntry = { server, method, email, userId, label: mark.label, colour: mark.colour }
    await writeItem(keychain, items.account(id), new Secret(JSON.stringify(entry)))
    const ids = await readIds(keychain)
    if (!ids.includes(id)) await writeIds(keychain, [...ids, id])
  })
}

/** The id goes first: see `fileAccount`. */
export function removeDirectoryEntry(opened: DirectoryAccess, id: string): Promise<void> {
  const { keychain } = opened
  return opened.queues.runExclusive(items.accounts, async () => {
    const ids = await readIds(keychain)
    if (ids.includes(id))
      await writeIds(
        keychain,
        ids.filter((one) => one !== id),
      )
    await removeItem(keychain, items.account(id))
  })
}

/** Files what an older version, or a moment without a keychain, did not: accounts, and which values each has. */
export async function completeDirectory(opened: DirectoryAccess & Pick<UnlockedVault, 'valueIndexes'>): Promise<void> {
  // A damaged list is written anew here, because the accounts in the cache are whole.
  await opened.queues.runExclusive(items.accounts, () => repairIds(opened.keychain))
  const ids = await readIds(opened.keychain)
  for (const account of opened.cache.accounts()) {
    await opened.queues.runExclusive(account.id, (turn) => completeIndex(opened, turn, account))
    if (!ids.includes(account.id)) await saveDirectoryEntry(opened, account)
  }
}

/** Also an index of an account without values: that it has none must be known where its server is gone. */
function completeIndex(
  { cache, valueIndexes }: Pick<UnlockedVault, 'cache' | 'valueIndexes'>,
  _turn: Turn,
  account: Account,
): Promise<void> {
  if (!cache.accounts().some(({ id }) => id === account.id)) return Promise.resolve() // forgotten meanwhile
  const hadValue = cache.keys(account.id).filter(({ value }) => value !== 'elsewhere' && value !== 'lost')
  return valueIndexes.list(account, hadValue, areAllValuesKnown({ cache }, account.id))
}

export interface FoundAccount {
  readonly account: Account
  readonly mark: AccountLabel
}

/**
 * The accounts as far as the keychain knows them. Their sessions may have ended: their servers will say.
 * @throws Refusal `keychain-…`, `keychain-damaged` for a list that no version of Latchkey wrote
 */
export async function readDirectory(keychain: Keychain): Promise<FoundAccount[]> {
  return readEntries(keychain, await readIds(keychain))
}

/** As `readDirectory`, as far as a damaged list can be read. @throws Refusal `keychain-…` */
export async function readDirectoryLeniently(keychain: Keychain): Promise<FoundAccount[]> {
  return readEntries(keychain, (await readIdsLeniently(keychain)).ids)
}

/** Whether no list of accounts or stored values is damaged. @throws Refusal `keychain-…` */
export async function isDirectoryIntact(keychain: Keychain): Promise<boolean> {
  if ((await readIdsLeniently(keychain)).damaged !== null) return false
  for (const { account } of await readDirectoryLeniently(keychain)) {
    if (isDamaged(await readPages(keychain, account))) return false
  }
  return true
}

/** Sets what is damaged of the lists aside, and writes what can be read of them in its place. @throws Refusal `keychain-…` */
export async function repairDirectory(opened: Pick<UnlockedVault, 'keychain'>): Promise<void> {
  await repairIds(opened.keychain)
  for (const { account } of await readDirectoryLeniently(opened.keychain)) {
    await repairPages(opened.keychain, account)
  }
}

async function readEntries(keychain: Keychain, ids: readonly string[]): Promise<FoundAccount[]> {
  const found: FoundAccount[] = []
  for (const id of ids) {
    const entry = await readListItem(keychain, items.account(id))
    const directoryEntry = (entry instanceof Secret ? parseEntry(entry.expose()) : null) ?? (await entryFromIndex(keychain, id))
    // An entry that somebody damaged must not keep the others from being found. It stays, and its person can sign in again.
    if (directoryEntry === null) continue
    const { label = null, colour = null, ...account } = directoryEntry
    found.push({ account: { id, ...account, signedIn: true, syncedAt: null, trouble: null }, mark: { accountId: id, label, colour } })
  }
  return found
}

/** Nobody can sign in to stored values again, so a damaged entry of theirs is made up for by their index. */
async function entryFromIndex(keychain: Keychain, accountId: string): Promise<DirectoryEntry | null> {
  const isStored = (await readListItem(keychain, items.storedPage(accountId, 0))) !== null
  return isStored ? { server: null, method: 'values', email: null, userId: '' } : null
}

async function readIds(keychain: Keychain): Promise<string[]> {
  const { ids, damaged } = await readIdsLeniently(keychain)
  if (damaged !== null) throw new Refusal('keychain-damaged')
  return ids
}

/** @returns `damaged`: what is there instead of a list; null for a list that is whole. The local vault is known by its sign-in too */
async function readIdsLeniently(keychain: Keychain): Promise<{ ids: string[]; damaged: Secret | 'unreadable' | null }> {
  const list = await readListItem(keychain, items.accounts)
  if (list === null) return { ids: [], damaged: null }
  const parts = list === 'unreadable' ? [] : list.expose().split(' ')
  const ids = parts.filter(isId)
  if (list !== 'unreadable' && ids.length === parts.length) return { ids, damaged: null }
  const signIn = await readListItem(keychain, items.local)
  const [local = ''] = signIn instanceof Secret ? signIn.expose().split(' ') : []
  return { ids: [...new Set([...ids, ...(isId(local) ? [local] : [])])], damaged: list }
}

function isId(text: string): boolean {
  return /^[0-9a-f]{16}$/.test(text)
}

async function repairIds(keychain: Keychain): Promise<void> {
  const { ids, damaged } = await readIdsLeniently(keychain)
  if (damaged === null) return
  if (damaged !== 'unreadable') await writeItem(keychain, items.accountsAside, damaged)
  await writeIds(keychain, ids)
}

/** A keychain keeps no empty item. */
function writeIds(keychain: Keychain, ids: readonly string[]): Promise<void> {
  return ids.length === 0 ? removeItem(keychain, items.accounts) : writeItem(keychain, items.accounts, new Secret(ids.join(' ')))
}

const methods: readonly string[] = ['local', 'values', 'email', 'api-key', 'custom-token', 'anonymous'] satisfies Account['method'][]

/** @returns null for what is no entry */
function parseEntry(text: string): DirectoryEntry | null {
  let entry: unknown
  try {
    entry = JSON.parse(text)
  } catch {
    return null
  }
  if (!isDirectoryEntry(entry)) return null
  const { server, method, email, userId, label = null, colour = null } = entry
  return { server: server && { url: server.url, appId: server.appId }, method, email, userId, label, colour }
}

function isDirectoryEntry(entry: unknown): entry is DirectoryEntry {
  if (typeof entry !== 'object' || entry === null) return false
  const { server, method, email, userId, label = null, colour = null } = entry as Record<string, unknown>
  if (label !== null && typeof label !== 'string') return false
  if (colour !== null && !colours.some((one) => one === colour)) return false
  if (typeof method !== 'string' || !methods.includes(method) || typeof userId !== 'string') return false
  return (email === null || typeof email === 'string') && (server === null || isServer(server))
}

function isServer(server: unknown): boolean {
  if (typeof server !== 'object' || server === null) return false
  const { url, appId } = server as Record<string, unknown>
  if (typeof url !== 'string' || typeof appId !== 'string') return false
  try {
    return parseServer(url, appId).url === url
  } catch {
    return false
  }
}
