import { isInstallIntact } from '../../install/packaged-app.ts'
import type { AppServices } from '../../ipc/app-services.ts'
import type { Lock } from '../../lock/lock.ts'
import type { Profile } from '../../settings/profile.ts'
import { withAppFinding } from '../../vault/keychain/examine-keychain.ts'
import type { UnlockedVault } from '../../vault/session/unlocked-vault.ts'
import type { Vault } from '../../vault/session/vault.ts'
import type { KeychainManager } from './keychain-manager.ts'
import type { VaultLifecycle } from '../lifecycle/vault-lifecycle.ts'

export interface KeychainServiceParts {
  readonly profile: Profile
  readonly keychains: KeychainManager
  readonly vault: Vault
  readonly lifecycle: VaultLifecycle
  readonly lock: Lock
}

/** What windows and programs ask of the keychain: unlock it, move the vault to another kind, say what is wrong with it. */
export function keychainService({ profile, keychains, vault, lifecycle, lock }: KeychainServiceParts): AppServices['keychain'] {
  const unlockedOrNull = (): UnlockedVault | null => (vault.closed === null ? vault.opened : null)
  return {
    kind: () => profile.keychain,
    unlock: (passphrase) => lock.trackOpening(keychains.unlock(passphrase).then(() => lifecycle.open())),
    usePassphrase: (passphrase) => {
      const unlocked = unlockedOrNull()
      return lock.trackOpening(
        keychains.moves.usePassphrase(passphrase, unlocked).then(() => (unlocked === null ? lifecycle.open() : undefined)),
      )
    },
    addPassphrase: (passphrase) => keychains.moves.addPassphrase(passphrase, vault.opened),
    changePassphrase: (now, next) => keychains.moves.changePassphrase(now, next, vault.opened),
    useOs: () => keychains.moves.useOs(vault.opened),
    leftBehind: () => keychains.leftBehind,
    maxValueBytes: () => keychains.maxValueBytes,
    nextTryAt: () => keychains.attempts.nextTryAt,
    examine: async () => withAppFinding(...(await Promise.all([keychains.examine(unlockedOrNull()), isInstallIntact()]))),
  }
}
