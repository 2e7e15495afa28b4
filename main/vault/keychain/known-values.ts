import { managesKeys } from '../model/account.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'

/**
 * Whether the cache knows every value that the account may have in the keychain. After a lost cache, and while the outcome of a creation is
 * unknown, the keychain may hold values that only the server's list names.
 */
export function areAllValuesKnown({ cache }: Pick<UnlockedVault, 'cache'>, accountId: string): boolean {
  const account = cache.accounts().find(({ id }) => id === accountId)
  if (account === undefined) return false
  const isUnsettled = cache.intents(accountId).some((intent) => intent.kind === 'create' && intent.sent)
  return !managesKeys(account) || (account.syncedAt !== null && !isUnsettled)
}
