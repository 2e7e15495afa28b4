import type { Turn } from '../../../shared/serial-queue.ts'
import type { Account } from '../model/account.ts'
import { requireKeyManager } from '../model/account.ts'
import { mayBeAskedAgain } from '../sync/connectivity.ts'
import { intentFor, waitingFor } from '../sync/pending-changes.ts'
import type { KeyRecord, KeySummary, ServerKey } from '../model/key.ts'
import { parseKeyId, parseKeyName } from '../model/key.ts'
import { find, present, recordOf } from './list-keys.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import { ask, noteTrouble } from '../session/server-requests.ts'
import type { Change } from '../ports/cache.ts'
import type { Intent, KeyIntent } from '../model/pending-change.ts'
import { requireWritable } from '../session/read-only.ts'
import { codeOf, Refusal } from '../refusal.ts'
import { asSent, carryOut } from '../sync/apply-pending-changes.ts'
import { removeStored } from '../stored-values/stored-values.ts'
import { summaryOf } from '../model/key-summary.ts'
import { syncKeys } from '../sync/sync-keys.ts'

/** Looks one key up on the server. @throws Refusal `key-not-found` and those of the server */
export function lookUpKey(opened: UnlockedVault, accountId: string, by: { id: string } | { name: string }): Promise<KeySummary> {
  return opened.queues.runExclusive(accountId, async (turn) => {
    const account = accountOf(opened, accountId)
    requireKeyManager(account)
    if ('id' in by) {
      const id = parseKeyId(by.id)
      const told = await ask(opened, account, (server) => server.fetch(id))
      if (find(opened, accountId, id) !== undefined) return summaryOf(opened, update(opened, accountId, told))
    } else {
      parseKeyName(by.name)
    }
    await syncKeys(opened, turn, account)
    const record = present(opened, accountId).find((key) => ('id' in by ? key.id === parseKeyId(by.id) : key.name === by.name))
    if (record === undefined) throw new Refusal('key-not-found')
    return summaryOf(opened, record)
  })
}

/** Enabling an enabled key, like disabling a disabled one, is done already and no error. */
export function enableKey(opened: UnlockedVault, accountId: string, id: string): Promise<KeySummary> {
  return change(opened, accountId, id, 'enable')
}

/** A disabled key cannot log in until it is enabled again. */
export function disableKey(opened: UnlockedVault, accountId: string, id: string): Promise<KeySummary> {
  return change(opened, accountId, id, 'disable')
}

/** @returns the key as it now is: unchanged, if the server cannot be asked now and the change waits */
function change(opened: UnlockedVault, accountId: string, id: string, kind: 'enable' | 'disable'): Promise<KeySummary> {
  return opened.queues.runExclusive(accountId, async (turn) => {
    const { account, record } = target(opened, accountId, id)
    const waiting = waitingFor(opened, accountId, id)
    if (waiting !== undefined && !waiting.sent && waiting.kind !== kind && record.enabled === (kind === 'enable')) {
      // The server was surely never asked for the one, and need not be for the other.
      opened.cache.commit([{ op: 'drop-intent', accountId, id: waiting.id }])
      opened.announce('keys')
    } else {
      await request(opened, turn, account, intentFor(opened, record, kind), waiting)
    }
    return summaryOf(opened, recordOf(opened, accountId, id))
  })
}

/**
 * Deletes a key for good, then its value. `typedName` is the person's confirmation. If the server cannot be asked now, the deletion waits.
 * A stored value has no server, and is removed.
 * @throws Refusal `name-mismatch` if it is not the key's name, `key-not-found`, and those of the server
 */
export function deleteKey(opened: UnlockedVault, accountId: string, id: string, typedName: string): Promise<void> {
  if (accountOf(opened, accountId).method === 'values') return removeStored(opened, accountId, id, typedName)
  return opened.queues.runExclusive(accountId, async (turn) => {
    const { account, record } = target(opened, accountId, id)
    if (record.name !== typedName) throw new Refusal('name-mismatch')
    await request(opened, turn, account, intentFor(opened, record, 'delete'), waitingFor(opened, accountId, id))
  })
}

function target(opened: UnlockedVault, accountId: string, id: string): { account: Account; record: KeyRecord } {
  requireWritable(opened)
  const account = accountOf(opened, accountId)
  requireKeyManager(account)
  return { account, record: recordOf(opened, accountId, id) }
}

/**
 * Puts a change on disk and asks for it, after those that wait already. What the server refuses is taken back, and told; what it
 * could not be asked waits.
 */
async function request(opened: UnlockedVault, turn: Turn, account: Account, change: KeyIntent, instead: Intent | undefined): Promise<void> {
  const { accountId } = change
  const intent = instead === undefined ? change : inPlaceOf(instead, change)
  const dropped: Change[] = instead === undefined ? [] : [{ op: 'drop-intent', accountId, id: instead.id }]
  const alone = opened.cache.intents(accountId).every((one) => one.id === instead?.id)
  opened.cache.commit([...dropped, alone ? asSent(intent) : { op: 'put-intent', intent }])
  try {
    await (alone ? carryOut(opened, account, intent) : syncKeys(opened, turn, account))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (!mayBeAskedAgain(error)) await refused(opened, turn, account, intent, error)
    if (alone) noteTrouble(opened, accountId, error.code)
  } finally {
    opened.announce('keys')
  }
}

/** Asked for again, a change keeps its place: what waits behind a deletion may be the key that takes the name. */
function inPlaceOf({ kind, order, sent }: Intent, change: KeyIntent): KeyIntent {
  return { ...change, sent, order: kind === change.kind ? order : change.order }
}

/** A key deleted elsewhere shows itself by a refusal; the list is brought up to date before the refusal goes on. */
async function refused(opened: UnlockedVault, turn: Turn, account: Account, { accountId, id }: Intent, error: Refusal): Promise<never> {
  opened.cache.commit([{ op: 'drop-intent', accountId, id }])
  if (codeOf(error) === 'key-not-found') await syncKeys(opened, turn, account)
  throw error
}

function update(opened: UnlockedVault, accountId: string, told: ServerKey): KeyRecord {
  const now = { ...recordOf(opened, accountId, told.id), ...told }
  opened.cache.commit([{ op: 'put-key', key: now }])
  return now
}
