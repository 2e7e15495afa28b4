import { noUpdates } from '../../main/updates/no-updates.ts'
import { Backups } from '../../../main/transfer/backup/backups.ts'
import { embeddedBackend } from '../../../main/storage/embedded-backend.ts'
import { handlers } from '../../../main/ipc/handlers.ts'
import type { Handlers, AppServices } from '../../../main/ipc/app-services.ts'
import { Verification } from '../../../main/ipc/verification.ts'
import { minCost } from '../../../main/keychain/passphrase/derivation.ts'
import { KeychainManager } from '../../../main/app/keychain/keychain-manager.ts'
import { Transfer } from '../../../main/transfer/transfer.ts'
import { Profile } from '../../../main/settings/profile.ts'
import { registrableDomain } from '../../../main/outlets/public-suffixes.ts'
import { defaultKeyView } from '../../../shared/lists/settings.ts'
import { cacheExists, openCache, openTemporaryCache } from '../../../main/realm/cache/open-cache.ts'
import { SdkKeyServers } from '../../../main/realm/server/key-servers.ts'
import { loopback } from '../../../main/realm/server/loopback.ts'
import { setCacheAside } from '../../../main/realm/cache/set-aside.ts'
import type { Keychain } from '../../../main/vault/ports/keychain.ts'
import { refreshKeys } from '../../../main/vault/keys/list-keys.ts'
import { Refusal } from '../../../main/vault/refusal.ts'
import { Vault } from '../../../main/vault/session/vault.ts'
import type { Life } from './orders.ts'
import { type Steps, tell } from './steps.ts'

/** The vault as `main/app/create-app.ts` composes it, without a window: real keychain, real SDK, real cache, and the calls of a window. */
export interface Composed {
  readonly services: AppServices
  readonly calls: Handlers
  /** Milliseconds that the vault's clock is ahead of the computer's. */
  ahead: number
  readonly profile: Profile
  readonly steps: Steps
  /** The keychain of the last opening. @throws Refusal `passphrase-needed` */
  readonly keychainInUse: () => Keychain
  /** The part of a lock that closes keys and outlets. */
  readonly closeKeys: () => Promise<void>
  /** Deletes what interrupted moves left in the OS keychain, as the app does after each opening. @throws Refusal */
  readonly removeLeftBehind: () => Promise<void>
  /** The file that the person chooses in the next dialog. */
  file: string | null
}

export function compose(life: Life, steps: Steps): Composed {
  const profile = new Profile(life.profile)
  const composed = { profile, steps, ahead: 0, file: null as string | null }
  const embedded = embeddedBackend(profile.path('backend'))
  const cacheFile = profile.path('cache', 'cache.realm')
  const keychains = new KeychainManager(profile, () => cacheExists(cacheFile))
  let inUse: Keychain | null = null
  const vault = new Vault(() => {
    inUse = keychains.open()
    const keychain = steps.keychain(inUse)
    return {
      keychain,
      servers: steps.servers(
        new SdkKeyServers({
          folder: profile.path('sdk'),
          keychain,
          network: loopback,
          embedded,
          limits: { deadline: life.deadline, size: 1_048_576 },
        }),
      ),
      approver: {
        ask: () => Promise.reject(new Refusal('approval-denied')), // there is nobody to ask
        confirmServer: () => Promise.resolve(), // the only server is the person's own
        confirmStore: () => Promise.reject(new Refusal('approval-denied')),
      },
      registrableDomain,
      preferences: () => profile.preferences,
      clock: () => Date.now() + composed.ahead,
      online: () => true,
      rootCheck: { get: () => profile.rootCheck, set: (check) => (profile.rootCheck = check) },
      cacheExists: () => cacheExists(cacheFile),
      openCache: (key) => steps.cache(openCache(cacheFile, key)),
      elapsed: () => performance.now(),
      setCacheAside: () => setCacheAside(cacheFile),
      openTemporaryCache: () => steps.temporaryCache(openTemporaryCache()),
      announce: () => undefined,
    }
  })
  function closeKeys(): Promise<void> {
    const closed = vault.lock()
    keychains.lock(closed)
    return closed
  }

  const services: AppServices = {
    vault,
    version: 'torture',
    platform: 'linux',
    theme: { get: () => 'system', set: () => undefined },
    keyView: { get: () => defaultKeyView, set: () => undefined },
    settled: () => Promise.resolve(),
    open: () => vault.open(),
    lock: () => void closeKeys().catch(() => undefined), // errors are reported elsewhere
    repair: () => vault.repair(),
    // At once, and not at the next tick of the scheduler: the process is killed during background work, too.
    syncSoon: (accountId) => {
      tell({ told: 'busy', more: 1 })
      void refreshKeys(vault.opened, accountId).finally(() => tell({ told: 'busy', more: -1 }))
    },
    verification: new Verification(() => undefined),
    clipboard: { lend: () => Promise.resolve(0), give: () => Promise.resolve() } as unknown as AppServices['clipboard'],
    keychain: {
      kind: () => profile.keychain,
      unlock: (passphrase) => keychains.unlock(passphrase).then(() => vault.open()),
      usePassphrase: (passphrase) => keychains.moves.usePassphrase(passphrase, vault.opened),
      addPassphrase: (passphrase) => keychains.moves.addPassphrase(passphrase, vault.opened),
      changePassphrase: (now, next) => keychains.moves.changePassphrase(now, next, vault.opened),
      useOs: () => keychains.moves.useOs(vault.opened),
      leftBehind: () => keychains.leftBehind,
      maxValueBytes: () => keychains.maxValueBytes,
      nextTryAt: () => keychains.attempts.nextTryAt,
      examine: () => keychains.examine(vault.opened),
    },
    journal: { save: () => Promise.resolve(null) },
    // A vault without a screen has none of these, and its tasks use none of them.
    browsers: {
      unreachable: () => null,
      list: () => Promise.resolve([]),
      register: () => Promise.reject(new Refusal('browser-unknown')),
      unregister: () => Promise.reject(new Refusal('browser-unknown')),
      showExtension: () => '',
      endSessions: () => undefined,
    },
    resumePendingWork: () => undefined,
    transfer: new Transfer({
      dialogs: { save: () => Promise.resolve(composed.file), open: () => Promise.resolve(composed.file) },
      backups: new Backups({
        embedded,
        embeddedIn: embeddedBackend,
        verifyFolder: profile.path('verify-backup'),
        openTemporaryCache,
        preferences: { get: () => ({}), restore: () => undefined },
        cost: minCost,
      }),
      clock: () => Date.now() + composed.ahead,
      hasPassphrase: () => profile.keychain !== 'os',
      maxValueBytes: () => keychains.maxValueBytes,
      provePassphrase: (passphrase) => keychains.provePassphrase(passphrase),
      progress: () => undefined,
    }),
    settings: {
      get: () => profile.preferences,
      set: (chosen) => (profile.preferences = chosen),
      hasTray: () => false,
      autostartUnavailable: () => null,
      shortcutWorks: () => false,
      typingUnavailable: () => 'typing-unavailable',
    },
    links: { consume: () => null },
    updates: noUpdates,
  }
  return Object.assign(composed, {
    ...{ services, calls: handlers(services), closeKeys },
    keychainInUse: () => inUse ?? keychains.open(),
    removeLeftBehind: () => keychains.removeLeftBehind(vault.opened),
  })
}
