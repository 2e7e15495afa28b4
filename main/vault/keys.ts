import type { Account } from './account.ts'
import { managesKeys, requireKeyManager } from './account.ts'
import { items } from './items.ts'
import type { KeyRecord, KeySummary, ServerKey } from './key.ts'
import { keyLimit, parseKeyId, parseKeyName, summarise } from './key.ts'
import type { Opened } from './opened.ts'
import { accountOf, ask } from './opened.ts'
import type { KeyServer } from './ports.ts'
import { codeOf, Refusal } from './refusal.ts'
import { syncKeys } from './sync.ts'
import { inTurn } from './turns.ts'

export interface KeyListing {
  readonly accountId: string
  readonly keys: KeySummary[]
  readonly limit: number
  readonly syncedAt: number | null
  readonly trouble: Account['trouble']
  readonly unsettled: { name: string; startedAt: number }[]
}

/** The account's keys as last known, from the cache alone. */
export function listKeys(opened: Opened, accountId: string): KeyListing {
  const { syncedAt, trouble } = accountOf(opened, accountId)
  return {
    accountId,
    keys: present(opened, accountId).map(summarise),
    limit: keyLimit,
    syncedAt: opened.syncedAt.get(accountId) ?? syncedAt,
    trouble,
    unsettled: opened.cache.intents(accountId).map(({ name, startedAt }) => ({ name, startedAt })),
  }
}

/** Asks the server and lists. A server that cannot be asked is told in `trouble`, not by a refusal: the list still stands. */
export async function refreshKeys(opened: Opened, accountId: string): Promise<KeyListing> {
  await inTurn(opened, accountId, async () => {
    const account = accountOf(opened, accountId)
    if (!managesKeys(account) || !account.signedIn) return
    await syncKeys(opened, account).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
    })
  })
  return listKeys(opened, accountId)
}

/** Looks one key up on the server. @throws Refusal `key-not-found` and those of the server */
export function lookUpKey(opened: Opened, accountId: string, by: { id: string } | { name: string }): Promise<KeySummary> {
  return inTurn(opened, accountId, async () => {
    const account = accountOf(opened, accountId)
    requireKeyManager(account)
    if ('id' in by) {
      const id = parseKeyId(by.id)
      const told = await ask(opened, account, (server) => server.fetch(id))
      if (find(opened, accountId, id) !== undefined) return summarise(update(opened, accountId, told))
    } else {
      parseKeyName(by.name)
    }
    await syncKeys(opened, account)
    const record = present(opened, accountId).find((key) =>
      'id' in by ? key.id === parseKeyId(by.id) : key.name === by.name,
    )
    if (record === undefined) throw new Refusal('key-not-found')
    return summarise(record)
  })
}

/** Enabling an enabled key, like disabling a disabled one, is done already and no error. */
export function enableKey(opened: Opened, accountId: string, id: string): Promise<KeySummary> {
  return change(opened, accountId, id, true, (server) => server.enable(id))
}

/** A disabled key cannot log in until it is enabled again. */
export function disableKey(opened: Opened, accountId: string, id: string): Promise<KeySummary> {
  return change(opened, accountId, id, false, (server) => server.disable(id))
}

function change(
  opened: Opened,
  accountId: string,
  id: string,
  enabled: boolean,
  request: (server: KeyServer) => Promise<void>,
): Promise<KeySummary> {
  return inTurn(opened, accountId, async () => {
    const account = accountOf(opened, accountId)
    requireKeyManager(account)
    const record = find(opened, accountId, id)
    if (record === undefined) throw new Refusal('key-not-found')
    await noticing(opened, account, () => ask(opened, account, request))
    const summary = summarise(update(opened, accountId, { id, name: record.name, enabled }))
    opened.announce('keys')
    return summary
  })
}

/**
 * Deletes a key for good, then its value. `typedName` is the person's confirmation.
 * @throws Refusal `name-mismatch` if it is not the key's name, `key-not-found`, and those of the server
 */
export function deleteKey(opened: Opened, accountId: string, id: string, typedName: string): Promise<void> {
  return inTurn(opened, accountId, async () => {
    const account = accountOf(opened, accountId)
    requireKeyManager(account)
    const record = find(opened, accountId, id)
    if (record === undefined) throw new Refusal('key-not-found')
    if (record.name !== typedName) throw new Refusal('name-mismatch')
    await ask(opened, account, (server) => server.delete(id)).catch((error: unknown) => {
      if (codeOf(error) !== 'key-not-found') throw error
    })
    // A keychain that is locked now leaves a value that opens nothing; the gone record keeps track of it. One that is still
    // sealed ends here: else it would go on to the keychain later, after its deletion.
    const { outcome } = await opened.keychain.remove(items.value(accountId, id))
    opened.cache.commit([
      outcome === 'ok'
        ? { op: 'drop-key', accountId, id }
        : { op: 'put-key', key: { ...record, enabled: false, sealed: null, goneAt: opened.clock() } },
    ])
    opened.announce('keys')
  })
}

/** Looks whether each value is still in the keychain, and says so where it changed. A keychain that cannot tell changes nothing. */
export async function inspectValues(opened: Opened, accountId: string): Promise<void> {
  let changed = false
  for (const record of present(opened, accountId)) {
    if (record.value === 'sealed') continue
    const read = await opened.keychain.read(items.value(accountId, record.id))
    if (read.outcome !== 'ok' && read.outcome !== 'absent') break
    const value = read.outcome === 'ok' ? read.secret : null
    const state = value !== null ? 'here' : record.value === 'here' ? 'missing' : record.value
    if (state === record.value) continue
    const lastFour = value?.lastFour() ?? record.lastFour
    opened.cache.commit([{ op: 'put-key', key: { ...record, value: state, lastFour } }])
    changed = true
  }
  if (changed) opened.announce('keys')
}

/** @returns the record of a key the server has, as far as the cache knows */
export function find(opened: Opened, accountId: string, id: string): KeyRecord | undefined {
  return present(opened, accountId).find((key) => key.id === id)
}

function present(opened: Opened, accountId: string): KeyRecord[] {
  return opened.cache.keys(accountId).filter((key) => key.goneAt === null)
}

function update(opened: Opened, accountId: string, told: ServerKey): KeyRecord {
  const record = find(opened, accountId, told.id)
  if (record === undefined) throw new Refusal('key-not-found')
  const now = { ...record, ...told }
  opened.cache.commit([{ op: 'put-key', key: now }])
  return now
}

/** A key deleted elsewhere shows itself by a refusal; the list is brought up to date before the refusal goes on. */
async function noticing(opened: Opened, account: Account, request: () => Promise<void>): Promise<void> {
  try {
    await request()
  } catch (error) {
    if (codeOf(error) === 'key-not-found') await syncKeys(opened, account)
    throw error
  }
}
