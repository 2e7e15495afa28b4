import type { KeychainManager } from '../keychain/keychain-manager.ts'
import { ignoreRefusal } from '../../vault/refusal.ts'
import type { Vault } from '../../vault/session/vault.ts'

/**
 * Does what an earlier process left undone in a vault that is open now. Refusals are dropped, because each is already recorded where it
 * happened: in a key's state, the account's trouble, or the list of items left in the keychain.
 */
export async function resumePendingWork(vault: Vault, keychains: KeychainManager): Promise<void> {
  if (vault.closed !== null) return
  await Promise.all([vault.resume(), keychains.removeLeftBehind(vault.opened)].map((done) => done.catch(ignoreRefusal)))
}
