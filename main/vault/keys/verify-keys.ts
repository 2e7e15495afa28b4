import type { Turn } from '../../../shared/serial-queue.ts'
import { holdsValue, type Verdict } from '../../../shared/lists/keys.ts'
import type { Account } from '../model/account.ts'
import { requireKeyManager } from '../model/account.ts'
import type { KeySummary } from '../model/key.ts'
import { findPresentKey, presentKeys, requireKey } from './list-keys.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import { codeOf } from '../refusal.ts'
import { release } from '../release/release.ts'
import { summaryOf } from '../model/key-summary.ts'
import { syncKeys } from '../sync/sync-keys.ts'
import { isAnotherKey } from './proved-value.ts'

/**
 * Logs in with the stored value, in a session apart from the account's, and out again, and stores the verdict with the key. A server or
 * keychain that cannot be reached proves nothing, so nothing changes.
 * @returns the key with its verdict; null if the server no longer has it
 * @throws Refusal those of `release` and of the server
 */
export function verifyKey(vault: UnlockedVault, accountId: string, id: string): Promise<KeySummary | null> {
  return vault.queues.runExclusive(accountId, async (turn) => {
    const account = accountOf(vault, accountId)
    requireKeyManager(account)
    requireKey(vault, accountId, id)
    const verdict = await tryLogin(vault, turn, account, id)
    const record = vault.cache.key(accountId, id) ?? undefined
    if (record === undefined) return null
    const verified = { verdict, at: vault.clock() }
    vault.cache.commit([{ op: 'put-key', key: { ...record, verified } }])
    vault.announce('keys', accountId)
    return record.goneAt === null ? summaryOf(vault, { ...record, verified }) : null
  })
}

/**
 * Verifies every key whose value is here, one after the other.
 * @param progress called before each key and at the end
 * @param stopped called before each key
 */
export async function verifyKeys(
  vault: UnlockedVault,
  accountId: string,
  progress: (done: number, total: number) => void,
  stopped: () => boolean,
): Promise<void> {
  const ids = presentKeys(vault, accountId)
    .filter(holdsValue)
    .map(({ id }) => id)
  for (const [done, id] of ids.entries()) {
    if (stopped()) break
    progress(done, ids.length)
    if (findPresentKey(vault, accountId, id) !== undefined) await verifyKey(vault, accountId, id)
  }
  progress(ids.length, ids.length)
}

async function tryLogin(vault: UnlockedVault, turn: Turn, account: Account, id: string): Promise<Verdict> {
  const value = await release(vault, account.id, id, { purpose: 'verify', to: account.server })
  try {
    const { userId, keyId } = await vault.servers.tryValue(account, value)
    if (userId !== account.userId) return 'other-account'
    return isAnotherKey(vault, account.id, id, keyId) ? 'wrong' : 'works'
  } catch (error) {
    if (codeOf(error) !== 'wrong-credentials') throw error
  }
  // The service gives the same answer for disabled, deleted and wrong keys. Its list tells them apart.
  await syncKeys(vault, turn, account)
  const record = findPresentKey(vault, account.id, id)
  if (record === undefined) return 'deleted'
  return record.enabled ? 'wrong' : 'disabled'
}
