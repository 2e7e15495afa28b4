import type { Account } from './account.ts'
import { requireKeyManager } from './account.ts'
import { items } from './items.ts'
import type { KeyRecord, KeySummary, ServerKey } from './key.ts'
import { keyLimit, parseKeyName, summarise } from './key.ts'
import type { Opened } from './opened.ts'
import { accountOf, ask } from './opened.ts'
import { Refusal } from './refusal.ts'
import type { Secret } from './secret.ts'
import { settle } from './settle.ts'
import { syncKeys } from './sync.ts'
import { inTurn } from './turns.ts'

/**
 * Creates a key so that its value, which the server says once, cannot be lost:
 *
 *   intent on disk → the server creates → value sealed into the cache, on disk → keychain write, read back → record `here`
 *
 * The name is the idempotency token: the server takes it once, so after an interruption a look at the server's list tells
 * whether the key was made. Killed before the seal, the key is found at the next start and shown as `lost`, for its
 * person to delete; killed after it, the sealed value goes to the keychain at the next start.
 *
 * @throws Refusal `name-…`, `quota-reached`, `not-allowed-…`, `signed-out`, `value-lost`, or why the server did not
 */
export function createKey(opened: Opened, accountId: string, typedName: string): Promise<KeySummary> {
  const name = parseKeyName(typedName)
  return inTurn(opened, accountId, async () => {
    const account = accountOf(opened, accountId)
    requireKeyManager(account)
    if (opened.cache.intents(accountId).length > 0) await syncKeys(opened, account)
    requireFree(opened, account, name)
    opened.cache.commit([{ op: 'put-intent', intent: { accountId, name, startedAt: opened.clock() } }])
    const { key, value } = await askForKey(opened, account, name)
    const record = await keep(opened, account, key, value)
    opened.announce('keys')
    return summarise(record)
  })
}

/** Told before asking. Names that differ only by case are refused too: the server takes both, and people mix them up. */
function requireFree(opened: Opened, account: Account, name: string): void {
  const keys = opened.cache.keys(account.id).filter((key) => key.goneAt === null)
  if (keys.some((key) => key.name.toLowerCase() === name.toLowerCase())) throw new Refusal('name-taken')
  if (keys.length >= keyLimit) throw new Refusal('quota-reached')
}

async function askForKey(opened: Opened, account: Account, name: string): Promise<{ key: ServerKey; value: Secret }> {
  try {
    return await ask(opened, account, (server) => server.create(name))
  } catch (error) {
    if (!(error instanceof Refusal) || !error.mayHaveHappened) {
      opened.cache.commit([{ op: 'drop-intent', accountId: account.id, name }])
      throw error
    }
    // The server may have made the key and its answer died on the way. Its list tells; if that cannot be had either, the
    // intent stays open and the next sync settles it.
    await syncKeys(opened, account).catch((syncError: unknown) => {
      if (!(syncError instanceof Refusal)) throw syncError
    })
    const made = opened.cache.keys(account.id).some((key) => key.name === name && key.value === 'lost')
    throw made ? new Refusal('value-lost') : error
  }
}

async function keep(opened: Opened, account: Account, key: ServerKey, value: Secret): Promise<KeyRecord> {
  let record: KeyRecord
  try {
    const sealed = opened.root.seal(value, items.value(account.id, key.id))
    const lastFour = value.lastFour()
    record = { ...key, accountId: account.id, value: 'sealed', lastFour, sealed, goneAt: null }
    opened.cache.commit([
      { op: 'put-key', key: record },
      { op: 'drop-intent', accountId: account.id, name: key.name },
    ])
  } catch (error) {
    await rescue(opened, account, key, value)
    throw error
  }
  return settle(opened, record)
}

/**
 * The cache could not take the value (a full disk, or the vault was locked meanwhile): the keychain is the last place for
 * it, and the open intent finds it there. If that fails too, nobody will ever hold the value, so the key is deleted again.
 */
async function rescue(opened: Opened, account: Account, key: ServerKey, value: Secret): Promise<void> {
  const { outcome } = await opened.keychain.write(items.value(account.id, key.id), value)
  if (outcome !== 'ok') await ask(opened, account, (server) => server.delete(key.id))
}
