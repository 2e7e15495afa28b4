import type { Turn } from '../../../shared/serial-queue.ts'
import type { Account } from '../model/account.ts'
import { requireKeyManager } from '../model/account.ts'
import { isRetryable } from '../sync/connectivity.ts'
import { newChange, pendingChangeOf } from '../sync/pending-changes.ts'
import type { KeyRecord, KeySummary, ServerKey } from '../model/key.ts'
import { parseKeyId, parseKeyName } from '../model/key.ts'
import { findPresentKey, presentKeys, requireKey } from './list-keys.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import { askServer, recordTrouble } from '../session/server-requests.ts'
import type { Change } from '../ports/cache.ts'
import type { Intent, KeyIntent } from '../model/pending-change.ts'
import { requireWritable } from '../session/read-only.ts'
import { codeOf, Refusal } from '../refusal.ts'
import { markSent, applyChange } from '../sync/apply-pending-changes.ts'
import { removeStoredValue } from '../stored-values/stored-values.ts'
import { summaryOf } from '../model/key-summary.ts'
import { syncKeys } from '../sync/sync-keys.ts'

/** Fetches one key from the server. @throws Refusal `key-not-found` and those of the server */
export function lookUpKey(vault: UnlockedVault, accountId: string, by: { id: string } | { name: string }): Promise<KeySummary> {
  return vault.queues.runExclusive(accountId, async (turn) => {
    const account = accountOf(vault, accountId)
    requireKeyManager(account)
    if ('id' in by) {
      const id = parseKeyId(by.id)
      const fetched = await askServer(vault, account, (server) => server.fetch(id))
      if (findPresentKey(vault, accountId, id) !== undefined) return summaryOf(vault, updateRecord(vault, accountId, fetched))
    } else {
      parseKeyName(by.name)
    }
    await syncKeys(vault, turn, account)
    const record = presentKeys(vault, accountId).find((key) => ('id' in by ? key.id === parseKeyId(by.id) : key.name === by.name))
    if (record === undefined) throw new Refusal('key-not-found')
    return summaryOf(vault, record)
  })
}

/** Enables a key. Idempotent: enabling an enabled key succeeds. */
export function enableKey(vault: UnlockedVault, accountId: string, id: string): Promise<KeySummary> {
  return setEnabled(vault, accountId, id, 'enable')
}

/** Disables a key, which then cannot log in until it is enabled again. Idempotent. */
export function disableKey(vault: UnlockedVault, accountId: string, id: string): Promise<KeySummary> {
  return setEnabled(vault, accountId, id, 'disable')
}

/** @returns the key as it is now; unchanged if the server is unreachable and the change is pending */
function setEnabled(vault: UnlockedVault, accountId: string, id: string, kind: 'enable' | 'disable'): Promise<KeySummary> {
  return vault.queues.runExclusive(accountId, async (turn) => {
    const { account, record } = requireTarget(vault, accountId, id)
    const pending = pendingChangeOf(vault, accountId, id)
    if (pending !== undefined && !pending.sent && pending.kind !== kind && record.enabled === (kind === 'enable')) {
      // The pending opposite change was never sent, so the server needs neither of the two.
      vault.cache.commit([{ op: 'drop-intent', accountId, id: pending.id }])
      vault.announce('keys', accountId)
    } else {
      await submitChange(vault, turn, account, newChange(vault, record, kind), pending)
    }
    return summaryOf(vault, requireKey(vault, accountId, id))
  })
}

/**
 * Deletes a key for good, then its value. `typedName` is the person's confirmation. If the server is unreachable, the deletion stays
 * pending. A stored value has no server and is removed at once.
 * @throws Refusal `name-mismatch` if it is not the key's name, `key-not-found`, and those of the server
 */
export function deleteKey(vault: UnlockedVault, accountId: string, id: string, typedName: string): Promise<void> {
  if (accountOf(vault, accountId).method === 'values') return removeStoredValue(vault, accountId, id, typedName)
  return vault.queues.runExclusive(accountId, async (turn) => {
    const { account, record } = requireTarget(vault, accountId, id)
    if (record.name !== typedName) throw new Refusal('name-mismatch')
    await submitChange(vault, turn, account, newChange(vault, record, 'delete'), pendingChangeOf(vault, accountId, id))
  })
}

function requireTarget(vault: UnlockedVault, accountId: string, id: string): { account: Account; record: KeyRecord } {
  requireWritable(vault)
  const account = accountOf(vault, accountId)
  requireKeyManager(account)
  return { account, record: requireKey(vault, accountId, id) }
}

/**
 * Writes a change to disk and sends it after those that are already pending. A change that the server refuses is dropped and the refusal
 * thrown; a change that could not be sent stays pending.
 */
async function submitChange(
  vault: UnlockedVault,
  turn: Turn,
  account: Account,
  change: KeyIntent,
  replaced: Intent | undefined,
): Promise<void> {
  const { accountId } = change
  const intent = replaced === undefined ? change : replacing(replaced, change)
  const dropped: Change[] = replaced === undefined ? [] : [{ op: 'drop-intent', accountId, id: replaced.id }]
  const isFirst = vault.cache.intents(accountId).every((pending) => pending.id === replaced?.id)
  vault.cache.commit([...dropped, isFirst ? markSent(intent) : { op: 'put-intent', intent }])
  try {
    await (isFirst ? applyChange(vault, account, intent) : syncKeys(vault, turn, account))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (!isRetryable(error)) await undoRefused(vault, turn, account, intent, error)
    if (isFirst) recordTrouble(vault, accountId, error.code)
  } finally {
    vault.announce('keys', accountId)
  }
}

/** A repeated change keeps its position in the queue: the key that takes over the name may be waiting behind a deletion. */
function replacing({ kind, order, sent }: Intent, change: KeyIntent): KeyIntent {
  return { ...change, sent, order: kind === change.kind ? order : change.order }
}

/** A refusal may mean that the key was deleted elsewhere, so the list is updated before the refusal is thrown. */
async function undoRefused(vault: UnlockedVault, turn: Turn, account: Account, { accountId, id }: Intent, error: Refusal): Promise<never> {
  vault.cache.commit([{ op: 'drop-intent', accountId, id }])
  if (codeOf(error) === 'key-not-found') await syncKeys(vault, turn, account)
  throw error
}

function updateRecord(vault: UnlockedVault, accountId: string, fetched: ServerKey): KeyRecord {
  const updated = { ...requireKey(vault, accountId, fetched.id), ...fetched }
  vault.cache.commit([{ op: 'put-key', key: updated }])
  return updated
}
