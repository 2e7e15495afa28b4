import type { SerialQueues } from '../../../shared/serial-queue.ts'
import { headOf, JournalAnchor, withJournalAnchor } from '../journal/journal-anchor.ts'
import { ValueIndexes } from '../keychain/value-indexes.ts'
import { watchKeychain } from '../keychain/watched-keychain.ts'
import type { Approver } from '../ports/approver.ts'
import type { Cache } from '../ports/cache.ts'
import type { Keychain } from '../ports/keychain.ts'
import type { KeyServers } from '../ports/key-servers.ts'
import type { Clock, Preferences, RegistrableDomain } from '../ports/environment.ts'
import { codeOf, type RefusalCode } from '../refusal.ts'
import { withTemporaryGrantCleanup } from '../release/temporary-grant-cleanup.ts'
import { TemporaryGrants } from '../release/temporary-grants.ts'
import type { RootCheck } from './find-root-key.ts'
import { RootKey } from './root-key.ts'
import type { UnlockedVault } from './unlocked-vault.ts'

export interface VaultPorts {
  readonly keychain: Keychain
  readonly servers: KeyServers
  readonly approver: Approver
  readonly registrableDomain: RegistrableDomain
  readonly preferences: () => Preferences
  readonly clock: Clock
  readonly elapsed: () => number
  readonly online: () => boolean
  readonly rootCheck: RootCheck
  /** Whether a cache is on disk. */
  readonly cacheExists: () => boolean
  /** @throws Refusal `profile-corrupt` or `profile-unusable`; the file is left unchanged */
  readonly openCache: (key: Uint8Array) => Cache
  /** Renames the cache's file. It is never deleted. */
  readonly setCacheAside: () => void
  /** An in-memory cache, for a vault whose own cannot be opened. */
  readonly openTemporaryCache: () => Cache
  readonly announce: UnlockedVault['announce']
  /** The number of wrong passphrases since the last opening. */
  readonly wrongPassphrases?: () => number
}

/**
 * Opens the cache, and connects it with the ports. A cache that its own root key does not open is set aside.
 * @param found the root key; for a read-only vault, the code that says why the keychain has no usable one
 * @throws Refusal `profile-corrupt` or `profile-unusable`
 */
export function unlockVault(ports: VaultPorts, found: RootKey | RefusalCode, queues: SerialQueues, isOpen: () => boolean): UnlockedVault {
  const { root, cache, readOnly } = openRecords(ports, found)
  const { servers, approver, registrableDomain, preferences, clock, elapsed, online, announce } = ports
  const { keychain, trouble } = watchKeychain(ports.keychain, () => announce('keys'))
  const temporaryGrants = new TemporaryGrants()
  const cacheWithCleanup = withTemporaryGrantCleanup(cache, temporaryGrants)
  const anchor =
    readOnly === null
      ? new JournalAnchor(
          keychain,
          () => headOf(cache),
          () => trouble() === null,
        )
      : null
  return {
    ...{ root, keychain, servers, approver, registrableDomain, preferences, clock, elapsed, online, announce, readOnly },
    keychainTrouble: trouble,
    valueIndexes: new ValueIndexes(keychain),
    cache: anchor === null ? cacheWithCleanup : withJournalAnchor(cacheWithCleanup, anchor),
    anchor,
    temporaryGrants,
    confirmedServers: new Set(),
    signingIn: new Set(),
    isOpen,
    queues,
    creations: new Set(),
    syncedAt: new Map(),
    contact: new Map(),
    countedAt: new Map(),
  }
}

function openRecords(ports: VaultPorts, found: RootKey | RefusalCode): Pick<UnlockedVault, 'cache' | 'root' | 'readOnly'> {
  if (!(found instanceof RootKey)) return openReadOnly(ports, found)
  const isOurs = ports.rootCheck.get() === found.check()
  try {
    const cache = openCache(ports, found, isOurs)
    if (!isOurs) ports.rootCheck.set(found.check())
    return { cache, root: found, readOnly: null }
  } catch (error) {
    // Without a check, a damaged cache cannot be distinguished from the cache of another root key.
    if (codeOf(error) !== 'profile-corrupt' || isOurs) throw error
    return openReadOnly(ports, 'profile-corrupt')
  }
}

function openCache(ports: VaultPorts, root: RootKey, isOurs: boolean): Cache {
  try {
    return ports.openCache(root.cacheKey())
  } catch (error) {
    if (codeOf(error) !== 'profile-corrupt' || !isOurs) throw error
    ports.setCacheAside()
    return ports.openCache(root.cacheKey())
  }
}

function openReadOnly(ports: VaultPorts, why: RefusalCode): Pick<UnlockedVault, 'cache' | 'root' | 'readOnly'> {
  return { cache: ports.openTemporaryCache(), root: RootKey.generate(), readOnly: why }
}
