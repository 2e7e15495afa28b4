import { requireKeyManager } from '../model/account.ts'
import { isRetryable } from '../sync/connectivity.ts'
import { newCreation, newChange } from '../sync/pending-changes.ts'
import { items, removeItem, writeItem } from '../keychain/items.ts'
import type { KeySummary } from '../model/key.ts'
import { presentKeys, requireKey } from './list-keys.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import { recordTrouble } from '../session/server-requests.ts'
import type { Intent } from '../model/pending-change.ts'
import { requireWritable } from '../session/read-only.ts'
import { codeOf, Refusal, type RefusalCode } from '../refusal.ts'
import { applyPendingChanges } from '../sync/apply-pending-changes.ts'
import { Secret } from '../secret.ts'
import { summaryOf } from '../model/key-summary.ts'
import { syncKeys } from '../sync/sync-keys.ts'

/**
 * Deletes a key and creates a new one of the same name. Both changes are on disk before the first is sent, so that an interruption between
 * them still ends with the new key, which gets the old one's details. Before that, the server and the keychain have shown that they work.
 *
 * @throws Refusal `name-mismatch`, `key-not-found`, `keychain-…`, and those of the server. A replacement that has begun by then stays
 *   pending and is finished later
 */
export function replaceKey(vault: UnlockedVault, accountId: string, id: string, typedName: string): Promise<KeySummary> {
  return vault.queues.runExclusive(accountId, async (turn) => {
    requireWritable(vault)
    const account = accountOf(vault, accountId)
    requireKeyManager(account)
    if (requireKey(vault, accountId, id).name !== typedName) throw new Refusal('name-mismatch')
    await requireKeychainWritable(vault)
    await syncKeys(vault, turn, account)
    const record = requireKey(vault, accountId, id)
    const deletion = newChange(vault, record, 'delete')
    const creation = { ...newCreation(vault, accountId, record.name, { sent: false }), details: { ...record.details, expires: null } }
    vault.cache.commit([
      ...vault.cache
        .intents(accountId)
        .filter((intent) => intent.keyId === id)
        .map((intent) => ({ op: 'drop-intent' as const, accountId, id: intent.id })),
      { op: 'put-intent', intent: deletion },
      { op: 'put-intent', intent: { ...creation, order: deletion.order + 1 } },
    ])
    try {
      const refused = (await applyPendingChanges(vault, turn, account)).get(deletion.id)
      if (refused !== undefined) throw dropIntents(vault, [deletion, creation], refused)
    } catch (error) {
      if (isRetryable(error)) recordTrouble(vault, accountId, codeOf(error))
      throw error
    }
    vault.announce('keys', accountId)
    const created = presentKeys(vault, accountId).find((key) => key.name === record.name && key.id !== id)
    if (created === undefined) throw new Refusal('creation-unsettled')
    if (created.value === 'lost') throw new Refusal('value-lost')
    return summaryOf(vault, created)
  })
}

/** A keychain that accepts no item now would not accept the new value either. */
async function requireKeychainWritable({ keychain }: UnlockedVault): Promise<void> {
  await writeItem(keychain, items.trial, new Secret('trial'))
  await removeItem(keychain, items.trial)
}

/** Drops changes that the server refused: a deletion that stayed pending could succeed some other day, with no new key in its place. */
function dropIntents(vault: UnlockedVault, intents: readonly Intent[], code: RefusalCode): Refusal {
  vault.cache.commit(intents.map(({ accountId, id }) => ({ op: 'drop-intent', accountId, id })))
  return new Refusal(code)
}
