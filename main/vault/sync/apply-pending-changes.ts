import type { Turn } from '../../../shared/serial-queue.ts'
import type { Account } from '../model/account.ts'
import { isRetryable } from './connectivity.ts'
import { findCreatedKey, mayBeDuplicateRequest } from './discover-keys.ts'
import { requireNameFreeAfterPending } from './pending-changes.ts'
import { journalEntry } from '../journal/journal.ts'
import { persistNewKey, requestNewKey, trackCreation } from '../keys/persist-new-key.ts'
import type { KeyRecord } from '../model/key.ts'
import { notify } from './notifications.ts'
import { askServer } from '../session/server-requests.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change } from '../ports/cache.ts'
import type { Intent, KeyIntent } from '../model/pending-change.ts'
import type { News } from '../model/notification.ts'
import { codeOf, Refusal, type RefusalCode } from '../refusal.ts'
import { moveToTrash } from '../keys/trash.ts'
import { removeValue } from '../keychain/value-items.ts'

/**
 * Applies pending changes in order, on records that the server's list has just confirmed. If the key changed meanwhile, the change ends
 * with a notification: it is applied, found to be applied already, or reported as not applied.
 * @returns why the server refuses changes that stay pending, for their person to cancel: by the intents' ids, in order
 * @throws Refusal that stops the rest and is retryable
 */
export async function applyPendingChanges(vault: UnlockedVault, turn: Turn, account: Account): Promise<ReadonlyMap<string, RefusalCode>> {
  const refused = new Map<string, RefusalCode>()
  /** The names of keys that the server does not delete. A creation that would replace one of them stays pending too. */
  const undeletableNames = new Set<string>()
  for (const intent of vault.cache.intents(account.id)) {
    if (intent.kind === 'create' && undeletableNames.has(intent.name)) continue
    try {
      await (intent.kind === 'create'
        ? trackCreation(vault, () => applyPendingCreation(vault, turn, account, intent))
        : applyPendingChange(vault, account, intent))
    } catch (error) {
      if (!(error instanceof Refusal) || isRetryable(error)) throw error
      refused.set(intent.id, error.code)
      if (intent.kind === 'delete') undeletableNames.add(intent.name)
    }
  }
  return refused
}

async function applyPendingChange(vault: UnlockedVault, account: Account, intent: KeyIntent): Promise<void> {
  const record = cachedRecord(vault, intent)
  const isGone = record === undefined || record.goneAt !== null
  if (intent.kind === 'delete') {
    if (isGone) return finishDeletion(vault, intent)
    if (record.enabled && !intent.wasEnabled) return endIntent(vault, intent, 'not-deleted-enabled')
  } else {
    if (isGone) return endIntent(vault, intent, 'not-changed-gone')
    if (record.enabled === (intent.kind === 'enable')) return endIntent(vault, intent)
  }
  vault.cache.commit([markSent(intent)])
  try {
    await applyChange(vault, account, intent)
  } catch (error) {
    if (codeOf(error) !== 'key-not-found') throw error
    endIntent(vault, intent, 'not-changed-gone', record && moveToTrash(vault, { ...record, goneAt: vault.clock() }))
  }
}

/** Committed before the request is sent: however the request ends, an opposite change must not assume that it was never sent. */
export function markSent(intent: KeyIntent): Change {
  return { op: 'put-intent', intent: { ...intent, sent: true } }
}

/**
 * Sends a change and ends its intent. Idempotent: enabling an enabled key and deleting a missing key succeed.
 * @param intent as it was before `markSent`, which is already on disk
 * @throws Refusal; the intent then stays, marked as sent unless this request certainly changed nothing
 */
export async function applyChange(vault: UnlockedVault, account: Account, intent: KeyIntent): Promise<void> {
  const { keyId, kind } = intent
  await askServer(vault, account, (server) => server[kind](keyId)).catch((error: unknown) => {
    if (kind === 'delete' && codeOf(error) === 'key-not-found') return
    if (error instanceof Refusal && !error.mayHaveHappened) vault.cache.commit([{ op: 'put-intent', intent }])
    throw error
  })
  if (kind === 'delete') return finishDeletion(vault, intent)
  const record = cachedRecord(vault, intent)
  const done = kind === 'enable' ? 'enabled' : 'disabled'
  endIntent(
    vault,
    intent,
    null,
    record && [{ op: 'put-key', key: { ...record, enabled: kind === 'enable' } }, ...journalEntry(vault, done, { key: record })],
  )
}

/**
 * Finishes a deletion once the server no longer has the key: its value is removed too, because its person asked for it. If the keychain is
 * locked, the intent stays open and a later sync retries. A sealed value is dropped here: otherwise it would move to the keychain later.
 */
async function finishDeletion(vault: UnlockedVault, intent: KeyIntent): Promise<void> {
  const { accountId, keyId } = intent
  const removed = await removeValue(vault, accountId, keyId).then(() => true, falseIfRefused)
  const journaled = journalEntry(vault, 'deleted', { key: { accountId, id: keyId, name: intent.name } })
  if (removed) return endIntent(vault, intent, null, [{ op: 'drop-key', accountId, id: keyId }, ...journaled])
  const record = cachedRecord(vault, intent)
  if (record === undefined) return
  const value = record.value === 'sealed' ? 'here' : record.value
  const goneAt = record.goneAt ?? vault.clock()
  vault.cache.commit(moveToTrash(vault, { ...record, enabled: false, value, sealed: null, goneAt }))
}

function falseIfRefused(error: unknown): false {
  if (!(error instanceof Refusal)) throw error
  return false
}

async function applyPendingCreation(vault: UnlockedVault, turn: Turn, account: Account, intent: Intent): Promise<void> {
  if (intent.sent) return // the server's list settles it
  try {
    requireNameFreeAfterPending(vault, account.id, intent.name, intent)
  } catch (error) {
    return endIntent(vault, intent, notCreatedReason(codeOf(error)))
  }
  vault.cache.commit([{ op: 'put-intent', intent: { ...intent, sent: true, at: vault.clock() } }])
  const created = await requestNewKey(vault, account, intent.name).catch((error: unknown) => {
    if (error instanceof Refusal && error.mayHaveHappened) throw error // the server's next list settles it
    if (isRetryable(error)) vault.cache.commit([{ op: 'put-intent', intent }])
    else if (error instanceof Refusal) return error.code
    throw error
  })
  if (typeof created === 'string') {
    if (mayBeDuplicateRequest(new Refusal(created)) && (await findCreatedKey(vault, turn, account, intent)) !== null) return
    return endIntent(vault, intent, notCreatedReason(created))
  }
  await persistNewKey(vault, account, intent, created, [notify(vault, account.id, 'created', created.key)])
}

function notCreatedReason(code: RefusalCode): News['what'] {
  if (code === 'name-taken') return 'not-created-name-taken'
  return code === 'quota-reached' ? 'not-created-full' : 'not-created-refused'
}

function endIntent(vault: UnlockedVault, intent: Intent, what: News['what'] | null = null, also: readonly Change[] = []): void {
  const { accountId, id, keyId, name } = intent
  vault.cache.commit([
    ...also,
    { op: 'drop-intent', accountId, id },
    ...(what === null ? [] : [notify(vault, accountId, what, { id: keyId, name })]),
  ])
}

function cachedRecord(vault: UnlockedVault, { accountId, keyId }: KeyIntent): KeyRecord | undefined {
  return vault.cache.key(accountId, keyId) ?? undefined
}
