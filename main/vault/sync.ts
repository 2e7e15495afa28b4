import type { Account } from './account.ts'
import { requireKeyManager } from './account.ts'
import { items, readItem } from './items.ts'
import type { KeyRecord, ServerKey } from './key.ts'
import type { Opened } from './opened.ts'
import { accountOf, ask } from './opened.ts'
import type { Change } from './ports.ts'
import { codeOf } from './refusal.ts'
import { settleAll } from './settle.ts'

/**
 * Brings the cache to the server's list: states and names are the server's, values are ours. Interrupted creations end
 * here, sealed values go on to the keychain, and a key the server no longer has keeps its value and is marked gone.
 * Call it in the account's turn.
 *
 * @throws Refusal if the server could not be asked, or the keychain not whether it has a new key's value; the account's
 *   `trouble` then says why
 */
export async function syncKeys(opened: Opened, account: Account): Promise<void> {
  requireKeyManager(account)
  let changes: Change[]
  try {
    const told = await ask(opened, account, (server) => server.fetchAll())
    changes = await compare(opened, account.id, told)
  } catch (error) {
    const trouble = { code: codeOf(error), at: opened.clock() }
    opened.cache.commit([{ op: 'put-account', account: { ...accountOf(opened, account.id), trouble } }])
    opened.announce('keys')
    throw error
  }
  noteSync(opened, account.id, changes)
  await settleAll(opened, account.id)
  opened.announce('keys')
}

/**
 * A list that came back as it was, within a minute of the last time on disk, is not worth a write to it; what memory knows of
 * its age is then lost with the process, and at most a minute of it.
 */
function noteSync(opened: Opened, accountId: string, changes: readonly Change[]): void {
  const account = accountOf(opened, accountId)
  const now = opened.clock()
  opened.syncedAt.set(accountId, now)
  const recent = account.syncedAt !== null && now >= account.syncedAt && now - account.syncedAt < 60_000
  if (changes.length === 0 && account.trouble === null && recent) return
  opened.cache.commit([...changes, { op: 'put-account', account: { ...account, syncedAt: now, trouble: null } }])
}

async function compare(opened: Opened, accountId: string, told: readonly ServerKey[]): Promise<Change[]> {
  const known = new Map(opened.cache.keys(accountId).map((record) => [record.id, record]))
  const interrupted = new Set(opened.cache.intents(accountId).map((intent) => intent.name))
  const changes: Change[] = []
  for (const key of told) {
    const record = known.get(key.id)
    known.delete(key.id)
    const now: KeyRecord = record
      ? { ...record, ...key, goneAt: null }
      : await discover(opened, accountId, key, interrupted.has(key.name))
    if (record === undefined || !isSame(record, now)) changes.push({ op: 'put-key', key: now })
  }
  for (const record of known.values()) {
    if (record.goneAt === null) changes.push({ op: 'put-key', key: { ...record, goneAt: opened.clock() } })
  }
  for (const name of interrupted) changes.push({ op: 'drop-intent', accountId, name })
  return changes
}

function isSame(before: KeyRecord, now: KeyRecord): boolean {
  return before.name === now.name && before.enabled === now.enabled && before.goneAt === now.goneAt
}

/** A key seen for the first time. The keychain is asked first: a new cache, or a creation that got that far. */
async function discover(opened: Opened, accountId: string, key: ServerKey, wasOurs: boolean): Promise<KeyRecord> {
  const value = await readItem(opened.keychain, items.value(accountId, key.id))
  return {
    ...key,
    accountId,
    value: value !== null ? 'here' : wasOurs ? 'lost' : 'elsewhere',
    lastFour: value?.lastFour() ?? null,
    sealed: null,
    goneAt: null,
  }
}
