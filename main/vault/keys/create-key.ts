import type { Turn } from '../../../shared/serial-queue.ts'
import type { Account } from '../model/account.ts'
import { requireKeyManager } from '../model/account.ts'
import { findCreatedKey, mayBeDuplicateRequest } from '../sync/discover-keys.ts'
import { newCreation, requireNameFree } from '../sync/pending-changes.ts'
import { persistNewKey, requestNewKey, trackCreation } from './persist-new-key.ts'
import type { KeyRecord, KeySummary, ServerKey } from '../model/key.ts'
import { parseKeyName } from '../model/key.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import type { Intent } from '../model/pending-change.ts'
import { requireWritable } from '../session/read-only.ts'
import { Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'
import { summaryOf } from '../model/key-summary.ts'
import { syncKeys } from '../sync/sync-keys.ts'

/**
 * Creates a key. The server sends its value only once, so these steps ensure that it is not lost:
 *
 * intent on disk → the server creates → value sealed into the cache, on disk → keychain write, read back → record `here`
 *
 * The name is the idempotency token: the server accepts it once, so after an interruption its list tells whether the key was created. A
 * refusal because the name is taken proves nothing, because an earlier copy of the same request may have taken it. If the process is killed
 * before the value is sealed, the next sync finds the key and shows it as `lost`, to be replaced or deleted. If it is killed afterwards,
 * the next start moves the sealed value to the keychain.
 *
 * @throws Refusal `name-…`, `quota-reached`, `not-allowed-…`, `signed-out`, `read-only`, `value-lost`, or the server's reason;
 *   `creation-unsettled` while the server may still be executing an earlier creation of this name
 */
export function createKey(vault: UnlockedVault, accountId: string, typedName: string): Promise<KeySummary> {
  const name = parseKeyName(typedName)
  return vault.queues.runExclusive(accountId, async (turn) => {
    requireWritable(vault)
    const account = accountOf(vault, accountId)
    requireKeyManager(account)
    if (unsettledNames(vault, accountId).length > 0) await syncKeys(vault, turn, account)
    if (unsettledNames(vault, accountId).includes(name.toLowerCase())) throw new Refusal('creation-unsettled')
    requireNameFree(vault, accountId, name)
    if (account.server !== null) {
      // A list fetched right before the request distinguishes a key that somebody else creates from the one that this request creates.
      // Nobody else creates keys in the vault on this computer.
      await syncKeys(vault, turn, account)
      requireNameFree(vault, accountId, name)
    }
    const intent = newCreation(vault, accountId, name, { sent: true })
    vault.cache.commit([{ op: 'put-intent', intent }])
    const record = await trackCreation(vault, async () =>
      persistNewKey(vault, account, intent, await requestOrSettle(vault, turn, account, intent)),
    )
    vault.announce('keys', account.id)
    return summaryOf(vault, record)
  })
}

/** The lower-case names of creations that were sent and whose outcome is unknown. */
function unsettledNames(vault: UnlockedVault, accountId: string): string[] {
  const sent = vault.cache.intents(accountId).filter((intent) => intent.kind === 'create' && intent.sent)
  return sent.map(({ name }) => name.toLowerCase())
}

async function requestOrSettle(
  vault: UnlockedVault,
  turn: Turn,
  account: Account,
  intent: Intent,
): Promise<{ key: ServerKey; value: Secret }> {
  try {
    return await requestNewKey(vault, account, intent.name)
  } catch (error) {
    if (mayBeDuplicateRequest(error)) await requireNotCreated(vault, turn, account, intent)
    if (!(error instanceof Refusal) || !error.mayHaveHappened) {
      vault.cache.commit([{ op: 'drop-intent', accountId: account.id, id: intent.id }])
      throw error
    }
    // The server may have created the key although its answer was lost. Its list tells. If the list cannot be fetched either, or does not
    // have the key yet, the intent stays open and a later sync settles it.
    await syncKeys(vault, turn, account).catch((syncError: unknown) => {
      if (!(syncError instanceof Refusal)) throw syncError
    })
    throw hasKeyWithoutValue(vault.cache.keys(account.id), intent.name) ? new Refusal('value-lost') : error
  }
}

/**
 * @throws Refusal `value-lost` if the server did create the key; `creation-unsettled` if its list cannot be fetched, in which case the
 *   intent stays
 */
async function requireNotCreated(vault: UnlockedVault, turn: Turn, account: Account, intent: Intent): Promise<void> {
  const created = await findCreatedKey(vault, turn, account, intent).catch((error: unknown) => {
    throw error instanceof Refusal ? new Refusal('creation-unsettled') : error
  })
  if (created === null) return
  vault.announce('keys', account.id)
  throw new Refusal('value-lost')
}

function hasKeyWithoutValue(keys: readonly KeyRecord[], name: string): boolean {
  return keys.some((key) => key.name === name && key.value === 'lost' && key.goneAt === null)
}
