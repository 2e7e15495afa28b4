import type { Turn } from '../../../shared/serial-queue.ts'
import type { Account } from '../model/account.ts'
import { areAllValuesKnown } from '../keychain/known-values.ts'
import { items, readListItem, removeItem, writeItem } from '../keychain/items.ts'
import { type AccountLabel, labelOfAccount } from '../model/account-label.ts'
import { colours, signInMethods } from '../../../shared/lists/accounts.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Keychain } from '../ports/keychain.ts'
import { Refusal } from '../refusal.ts'
import { Secret } from '../secret.ts'
import { parseServer } from '../model/server.ts'
import { isDamaged, repairPages, readPages } from '../keychain/value-index.ts'
import { orElse } from '../../../shared/or-else.ts'

/**
 * One entry of the account directory, which the keychain keeps beside the values. Values are stored under their account's id, and a
 * keychain cannot list its items. After a lost cache, the accounts are rebuilt from these entries, and their keys from the servers' lists.
 */
type DirectoryEntry = Pick<Account, 'server' | 'method' | 'email' | 'userId'> & Partial<Pick<AccountLabel, 'label' | 'colour'>>

/** What the directory needs of an unlocked vault. */
type DirectoryAccess = Pick<UnlockedVault, 'keychain' | 'queues' | 'cache'>

/** Writes an account's entry. The entry is written before its id is added to the list, so every listed id has an entry. */
export function saveDirectoryEntry(
  vault: DirectoryAccess,
  account: Account,
  accountLabel = labelOfAccount(vault, account.id),
): Promise<void> {
  const { keychain } = vault
  return vault.queues.runExclusive(items.accounts, async () => {
    const { id, server, method, email, userId } = account
    const entry: DirectoryEntry = { server, method, email, userId, label: accountLabel.label, colour: accountLabel.colour }
    await writeItem(keychain, items.account(id), new Secret(JSON.stringify(entry)))
    const ids = await readIds(keychain)
    if (!ids.includes(id)) await writeIds(keychain, [...ids, id])
  })
}

/** Removes an account's entry. The id is removed first, so every listed id has an entry. */
export function removeDirectoryEntry(vault: DirectoryAccess, id: string): Promise<void> {
  const { keychain } = vault
  return vault.queues.runExclusive(items.accounts, async () => {
    const ids = await readIds(keychain)
    if (ids.includes(id))
      await writeIds(
        keychain,
        ids.filter((listed) => listed !== id),
      )
    await removeItem(keychain, items.account(id))
  })
}

/**
 * Adds whatever is missing from the directory: accounts that an older version, or a moment without a keychain, did not write, and the index
 * of each account's values.
 */
export async function completeDirectory(vault: DirectoryAccess & Pick<UnlockedVault, 'valueIndexes'>): Promise<void> {
  // A damaged list is written again here, because the accounts in the cache are intact.
  await vault.queues.runExclusive(items.accounts, () => repairIds(vault.keychain))
  const ids = await readIds(vault.keychain)
  for (const account of vault.cache.accounts()) {
    await vault.queues.runExclusive(account.id, async (turn) => {
      if (!vault.cache.accounts().some(({ id }) => id === account.id)) return // forgotten meanwhile
      await completeIndex(vault, turn, account)
      if (!ids.includes(account.id)) await saveDirectoryEntry(vault, account)
    })
  }
}

/** An account without values gets an index too: once its server is gone, only the index proves that it has none. */
function completeIndex(
  { cache, valueIndexes }: Pick<UnlockedVault, 'cache' | 'valueIndexes'>,
  _turn: Turn,
  account: Account,
): Promise<void> {
  const hadValue = cache.keys(account.id).filter(({ value }) => value !== 'elsewhere' && value !== 'lost')
  return valueIndexes.list(account, hadValue, areAllValuesKnown({ cache }, account.id))
}

export interface FoundAccount {
  readonly account: Account
  readonly label: AccountLabel
}

/**
 * Reads the accounts that the keychain knows. Their sessions may have ended; the next request to each server tells.
 * @throws Refusal `keychain-…`; `keychain-damaged` for a list that no version of Latchkey wrote
 */
export async function readDirectory(keychain: Keychain): Promise<FoundAccount[]> {
  return readEntries(keychain, await readIds(keychain))
}

/** Like `readDirectory`, but reads as much of a damaged list as it can. @throws Refusal `keychain-…` */
export async function readDirectoryLeniently(keychain: Keychain): Promise<FoundAccount[]> {
  return readEntries(keychain, (await readIdsLeniently(keychain)).ids)
}

/** Whether the list of accounts and every value index are intact. @throws Refusal `keychain-…` */
export async function isDirectoryIntact(keychain: Keychain): Promise<boolean> {
  if ((await readIdsLeniently(keychain)).damaged !== null) return false
  for (const { account } of await readDirectoryLeniently(keychain)) {
    if (isDamaged(await readPages(keychain, account))) return false
  }
  return true
}

/** Sets damaged lists aside and writes what can be read of them in their place. @throws Refusal `keychain-…` */
export async function repairDirectory(vault: Pick<UnlockedVault, 'keychain'>): Promise<void> {
  await repairIds(vault.keychain)
  for (const { account } of await readDirectoryLeniently(vault.keychain)) {
    await repairPages(vault.keychain, account)
  }
}

async function readEntries(keychain: Keychain, ids: readonly string[]): Promise<FoundAccount[]> {
  const found: FoundAccount[] = []
  for (const id of ids) {
    const entry = await readListItem(keychain, items.account(id))
    const directoryEntry = (entry instanceof Secret ? parseEntry(entry.expose()) : null) ?? (await entryFromIndex(keychain, id))
    // A damaged entry must not hide the others. It stays in the keychain, and the account can be signed in to again.
    if (directoryEntry === null) continue
    const { label = null, colour = null, ...account } = directoryEntry
    found.push({ account: { id, ...account, signedIn: true, syncedAt: null, trouble: null }, label: { accountId: id, label, colour } })
  }
  return found
}

/** Stored values have no sign-in that could replace a damaged entry, so their index stands in for it. */
async function entryFromIndex(keychain: Keychain, accountId: string): Promise<DirectoryEntry | null> {
  const isStored = (await readListItem(keychain, items.storedPage(accountId, 0))) !== null
  return isStored ? { server: null, method: 'values', email: null, userId: '' } : null
}

async function readIds(keychain: Keychain): Promise<string[]> {
  const { ids, damaged } = await readIdsLeniently(keychain)
  if (damaged !== null) throw new Refusal('keychain-damaged')
  return ids
}

/**
 * @returns `damaged`: what the keychain holds in place of a list; null if the list is intact. The id of the local vault is also read from
 *   its sign-in
 */
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

/** A keychain cannot store an empty item, so an empty list is removed. */
function writeIds(keychain: Keychain, ids: readonly string[]): Promise<void> {
  return ids.length === 0 ? removeItem(keychain, items.accounts) : writeItem(keychain, items.accounts, new Secret(ids.join(' ')))
}

/** @returns null for text that is not an entry */
function parseEntry(text: string): DirectoryEntry | null {
  const entry = orElse(() => JSON.parse(text) as unknown, null)
  if (!isDirectoryEntry(entry)) return null
  const { server, method, email, userId, label = null, colour = null } = entry
  return { server: server && { url: server.url, appId: server.appId }, method, email, userId, label, colour }
}

function isDirectoryEntry(entry: unknown): entry is DirectoryEntry {
  if (typeof entry !== 'object' || entry === null) return false
  const { server, method, email, userId, label = null, colour = null } = entry as Record<string, unknown>
  if (label !== null && typeof label !== 'string') return false
  if (colour !== null && !colours.some((known) => known === colour)) return false
  if (!signInMethods.some((known) => known === method) || typeof userId !== 'string') return false
  return (email === null || typeof email === 'string') && (server === null || isServer(server))
}

function isServer(server: unknown): boolean {
  if (typeof server !== 'object' || server === null) return false
  const { url, appId } = server as Record<string, unknown>
  if (typeof url !== 'string' || typeof appId !== 'string') return false
  return orElse(() => parseServer(url, appId).url === url, false)
}
