import { randomBytes } from 'node:crypto'
import { type KeyDetails, noDetails } from '../../../shared/key-details.ts'
import { requireKeyManager } from '../model/account.ts'
import type { KeyRecord } from '../model/key.ts'
import { keyLimit, parseKeyName } from '../model/key.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import type { Intent, KeyIntent } from '../model/pending-change.ts'
import { requireWritable } from '../session/read-only.ts'
import { Refusal } from '../refusal.ts'

/** A new change of a key, not yet on disk. */
export function newChange(vault: UnlockedVault, record: KeyRecord, kind: KeyIntent['kind']): KeyIntent {
  const { accountId, id: keyId, name, enabled } = record
  return { ...newIntentBase(vault, accountId), name, sent: false, kind, keyId, wasEnabled: enabled }
}

/** A new creation. `sent`: its outcome is read from the server's list, and it is not sent again. */
export function newCreation(vault: UnlockedVault, accountId: string, name: string, { sent }: { sent: boolean }): Intent {
  return { ...newIntentBase(vault, accountId), name, sent, kind: 'create', keyId: null, wasEnabled: null }
}

function newIntentBase(vault: UnlockedVault, accountId: string): Pick<Intent, 'accountId' | 'id' | 'order' | 'at'> {
  const last = vault.cache.intents(accountId).at(-1)
  return { accountId, id: randomBytes(8).toString('hex'), order: (last?.order ?? 0) + 1, at: vault.clock() }
}

/** The details that the key of a creation gets. */
export function detailsOf(creation: Intent | undefined): KeyDetails {
  return (creation?.kind === 'create' ? creation.details : undefined) ?? noDetails
}

/** The pending change of a key, if any. There is at most one, because a newer change replaces the older one. */
export function pendingChangeOf(vault: UnlockedVault, accountId: string, keyId: string): Intent | undefined {
  return vault.cache.intents(accountId).find((intent) => intent.keyId === keyId)
}

/**
 * Checked before the request. Names that differ only by case are refused too: the server accepts both, but people mix them up. Pending
 * creations already hold their names and count towards the limit.
 * @throws Refusal `name-taken` or `quota-reached`
 */
export function requireNameFree(vault: UnlockedVault, accountId: string, name: string): void {
  const keys = vault.cache.keys(accountId).filter((key) => key.goneAt === null)
  requireNameFreeAmong([...keys, ...vault.cache.intents(accountId).filter((intent) => intent.kind === 'create')], name)
}

/** Like `requireNameFree`, after the earlier pending changes are applied: a key with a pending deletion does not block its name. */
export function requireNameFreeAfterPending(vault: UnlockedVault, accountId: string, name: string, own?: Intent): void {
  const intents = vault.cache.intents(accountId)
  const deletedKeys = new Set(intents.filter((intent) => intent.kind === 'delete').map(({ keyId }) => keyId))
  const keys = vault.cache.keys(accountId).filter((key) => key.goneAt === null && !deletedKeys.has(key.id))
  requireNameFreeAmong([...keys, ...intents.filter((intent) => intent.kind === 'create' && intent.id !== own?.id)], name)
}

function requireNameFreeAmong(named: readonly { name: string }[], name: string): void {
  const taken = named.map((key) => key.name.toLowerCase())
  if (taken.includes(name.toLowerCase())) throw new Refusal('name-taken')
  if (taken.length >= keyLimit) throw new Refusal('quota-reached')
}

/**
 * Stores a creation that is sent once the server can be reached. Until then the key does not exist and is not shown as existing.
 * @throws Refusal `name-…`, `quota-reached`, `not-allowed-…`, `signed-out`, `read-only`
 */
export function createLater(vault: UnlockedVault, accountId: string, typedName: string): Promise<void> {
  const name = parseKeyName(typedName)
  return vault.queues.runExclusive(accountId, async () => {
    requireWritable(vault)
    requireKeyManager(accountOf(vault, accountId))
    requireNameFreeAfterPending(vault, accountId, name)
    vault.cache.commit([{ op: 'put-intent', intent: newCreation(vault, accountId, name, { sent: false }) }])
    vault.announce('keys', accountId)
  })
}

/**
 * Cancels a pending change. If it was sent, it is only not sent again: the server may have applied it, which its next list tells.
 * @throws Refusal `change-not-found` if it was applied meanwhile; `creation-unsettled` for a creation that was sent: the server may have
 *   created the key, and only the open intent proves that it is ours
 */
export function cancelChange(vault: UnlockedVault, accountId: string, id: string): Promise<void> {
  return vault.queues.runExclusive(accountId, async () => {
    requireWritable(vault)
    const intent = vault.cache.intents(accountId).find((candidate) => candidate.id === id)
    if (intent === undefined || isAlreadyDeleted(vault, intent)) throw new Refusal('change-not-found')
    if (intent.kind === 'create' && intent.sent) throw new Refusal('creation-unsettled')
    vault.cache.commit([{ op: 'drop-intent', accountId, id }])
    vault.announce('keys', accountId)
  })
}

/** The server has already deleted the key, and only its value must still be removed from the keychain. */
function isAlreadyDeleted(vault: UnlockedVault, { accountId, kind, keyId }: Intent): boolean {
  return kind === 'delete' && vault.cache.key(accountId, keyId)?.goneAt !== null
}
