import type { Account } from './account.ts'
import { items, readItem, removeItem, writeItem } from './items.ts'
import { colours, type Mark, markOf } from './mark.ts'
import type { Opened } from './opened.ts'
import type { Keychain } from './ports.ts'
import { codeOf, Refusal } from './refusal.ts'
import { Secret } from './secret.ts'
import { parseServer } from './server.ts'
import { readIndex, writeIndex } from './stored-index.ts'

/**
 * Which accounts there are, kept in the keychain beside their values: the values are filed under the accounts' ids, and a keychain
 * cannot be asked for all of its items. A cache that is lost is made anew from this and the servers' lists.
 */
type Filed = Pick<Account, 'server' | 'method' | 'email' | 'userId'> & Partial<Pick<Mark, 'label' | 'colour'>>

/** What filing needs of an open vault. */
type Filing = Pick<Opened, 'keychain' | 'queues' | 'cache'>

/** An account's entry comes before its id does: an id in the list always has one. */
export function fileAccount(opened: Filing, account: Account, mark = markOf(opened, account.id)): Promise<void> {
  const { keychain } = opened
  return opened.queues.runExclusive(items.accounts, async () => {
    const { id, server, method, email, userId } = account
    const filed: Filed = { server, method, email, userId, label: mark.label, colour: mark.colour }
    await writeItem(keychain, items.account(id), new Secret(JSON.stringify(filed)))
    const ids = await filedIds(keychain)
    if (!ids.includes(id)) await writeIds(keychain, [...ids, id])
  })
}

/** The id goes first: see `fileAccount`. */
export function unfileAccount(opened: Filing, id: string): Promise<void> {
  const { keychain } = opened
  return opened.queues.runExclusive(items.accounts, async () => {
    const ids = await filedIds(keychain)
    if (ids.includes(id))
      await writeIds(
        keychain,
        ids.filter((one) => one !== id),
      )
    await removeItem(keychain, items.account(id))
  })
}

/** Files what an older version, or a moment without a keychain, did not: accounts, and which values there are that no server lists. */
export async function completeDirectory(opened: Filing): Promise<void> {
  const ids = await filedIds(opened.keychain)
  for (const account of opened.cache.accounts()) {
    if (account.method === 'values') await opened.queues.runExclusive(account.id, () => completeIndex(opened, account.id))
    if (!ids.includes(account.id)) await fileAccount(opened, account)
  }
}

async function completeIndex({ cache, keychain }: Filing, accountId: string): Promise<void> {
  const keys = cache.keys(accountId)
  const entries = await readIndex(keychain, accountId).catch((error: unknown) => {
    if (codeOf(error) !== 'keychain-mismatch') throw error
    return [] // damaged, which the records are not
  })
  const listed = new Set(entries.map(({ id }) => id))
  if (!keys.every(({ id }) => listed.has(id))) await writeIndex({ keychain }, accountId, keys)
}

/**
 * The accounts as far as the keychain knows them. Their sessions may have ended: their servers will say.
 * @throws Refusal `keychain-…`, `keychain-mismatch` for a list that no version of Latchkey wrote
 */
export async function readDirectory(keychain: Keychain): Promise<{ account: Account; mark: Mark }[]> {
  const found: { account: Account; mark: Mark }[] = []
  for (const id of await filedIds(keychain)) {
    const entry = await readItem(keychain, items.account(id))
    const filed = entry && parse(entry.expose())
    // An entry that somebody damaged must not keep the others from being found. It stays, and its person can sign in again.
    if (!filed) continue
    const { label = null, colour = null, ...account } = filed
    found.push({ account: { id, ...account, signedIn: true, syncedAt: null, trouble: null }, mark: { accountId: id, label, colour } })
  }
  return found
}

async function filedIds(keychain: Keychain): Promise<string[]> {
  const secret = await readItem(keychain, items.accounts)
  if (secret === null) return []
  const ids = secret.expose().split(' ')
  if (!ids.every((id) => /^[0-9a-f]{16}$/.test(id))) throw new Refusal('keychain-mismatch')
  return ids
}

/** A keychain keeps no empty item. */
function writeIds(keychain: Keychain, ids: readonly string[]): Promise<void> {
  return ids.length === 0 ? removeItem(keychain, items.accounts) : writeItem(keychain, items.accounts, new Secret(ids.join(' ')))
}

const methods: readonly string[] = ['local', 'values', 'email', 'api-key', 'custom-token', 'anonymous'] satisfies Account['method'][]

/** @returns null for what is no entry */
function parse(text: string): Filed | null {
  let entry: unknown
  try {
    entry = JSON.parse(text)
  } catch {
    return null
  }
  if (!isFiled(entry)) return null
  const { server, method, email, userId, label = null, colour = null } = entry
  return { server: server && { url: server.url, appId: server.appId }, method, email, userId, label, colour }
}

function isFiled(entry: unknown): entry is Filed {
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
