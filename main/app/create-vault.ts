import { net } from 'electron'
import type { Prompts } from '../outlets/prompts.ts'
import { registrableDomain } from '../outlets/public-suffixes.ts'
import { cacheExists, openCache, openTemporaryCache } from '../realm/cache/open-cache.ts'
import { setCacheAside } from '../realm/cache/set-aside.ts'
import { SdkKeyServers } from '../realm/server/key-servers.ts'
import type { PreferencesStore } from '../settings/preferences.ts'
import type { Profile } from '../settings/profile.ts'
import type { EmbeddedBackend } from '../storage/embedded-backend.ts'
import { Vault } from '../vault/session/vault.ts'
import type { ChangeQueue } from './change-queue.ts'
import { httpClient } from './http-client.ts'
import type { KeychainManager } from './keychain/keychain-manager.ts'

export interface VaultAdapters {
  readonly profile: Profile
  readonly preferences: PreferencesStore
  readonly keychains: KeychainManager
  readonly embedded: EmbeddedBackend
  readonly prompts: Prompts
  readonly changes: ChangeQueue
}

/** The vault with the real adapter behind each of its ports. It is closed. */
export function createVault({ profile, preferences, keychains, embedded, prompts, changes }: VaultAdapters): Vault {
  const cacheFile = cacheFileOf(profile)
  return new Vault(() => {
    const keychain = keychains.open()
    return {
      keychain,
      servers: new SdkKeyServers({
        folder: profile.path('sdk'),
        keychain,
        network: httpClient,
        embedded,
      }),
      approver: prompts,
      registrableDomain,
      preferences: () => preferences.get(),
      clock: Date.now,
      elapsed: () => performance.now(),
      online: () => net.isOnline(),
      rootCheck: { get: () => profile.rootCheck, set: (check) => (profile.rootCheck = check) },
      wrongPassphrases: () => keychains.attempts.consumeWrongAttempts(),
      cacheExists: () => cacheExists(cacheFile),
      openCache: (key) => openCache(cacheFile, key),
      setCacheAside: () => setCacheAside(cacheFile),
      openTemporaryCache,
      announce: (what, accountId) => changes.add(what, accountId),
    }
  })
}

/** The file of the encrypted cache. */
export function cacheFileOf(profile: Profile): string {
  return profile.path('cache', 'cache.realm')
}
