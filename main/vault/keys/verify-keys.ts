import type { Turn } from '../../../shared/serial-queue.ts'
import type { Account } from '../model/account.ts'
import { requireKeyManager } from '../model/account.ts'
import type { KeySummary, Verdict } from '../model/key.ts'
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
export function verifyKey(opened: UnlockedVault, accountId: string, id: string): Promise<KeySummary | null> {
  return opened.queues.runExclusive(accountId, async (turn) => {
    const account = accountOf(opened, accountId)
    requireKeyManager(account)
    requireKey(opened, accountId, id)
    const verdict = await tryLogin(opened, turn, account, id)
    const record = opened.cache.key(accountId, id) ?? undefined
    if (record === undefined) return null
    const verified = { verdict, at: opened.clock() }
    opened.cache.commit([{ op: 'put-key', key: { ...record, verified } }])
    opened.announce('keys')
    return record.goneAt === null ? summaryOf(opened, { ...record, verified }) : null
  })
}

/**
 * Verifies every key whose value is here, one after the other.
 * @param progress called before each key and at the end
 * @param stopped called before each key
 */
export async function verifyKeys(
  opened: UnlockedVault,
  accountId: string,
  progress: (done: number, total: number) => void,
  stopped: () => boolean,
): Promise<void> {
  const ids = presentKeys(opened, accountId)
    .filter(({ value }) => value === 'here' || value === 'sealed')
    .map(({ id }) => id)
  for (const [done, id] of ids.entries()) {
    if (stopped()) break
    progress(done, ids.length)
    if (findPresentKey(opened, accountId, id) !== undefined) await verifyKey(opened, accountId, id)
  }
  progress(ids.length, ids.length)
}

async function tryLogin(opened: UnlockedVault, turn: Turn, account: Account, id: string): Promise<Verdict> {
  const value = await release(opened, account.id, id, { purpose: 'verify', to: account.server })
  try {
    const { userId, keyId } = await opened.servers.tryValue(account, value)
    if (userId !== account.userId) return 'other-account'
    return isAnotherKey(opened, account.id, id, keyId) ? 'wrong' : 'works'
  } catch (error) {
    if (codeOf(error) !== 'wrong-credentials') throw error
  }
  // The service gives the same answer for disabled, deleted and wrong keys. Its list tells them apart.
  await syncKeys(opened, turn, account)
  const record = findPresentKey(opened, account.id, id)
  if (record === undefined) return 'deleted'
  return record.enabled ? 'wrong' : 'disabled'
}
