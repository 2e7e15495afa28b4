import type { KeychainManager } from './keychain-manager.ts'
import { Refusal } from '../vault/refusal.ts'
import type { Vault } from '../vault/session/vault.ts'

/**
 * What was left to do in a vault that is open now. Whatever it refuses is already noted where it happened: a key's state, the account's
 * trouble, what the keychain keeps.
 */
export async function resumePendingWork(vault: Vault, keychains: KeychainManager): Promise<void> {
  if (vault.closed !== null) return
  await Promise.all([vault.resume(), keychains.removeLeft(vault.opened)].map(unlessRefused))
}

async function unlessRefused(done: Promise<void>): Promise<void> {
  try {
    await done
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
