import { openTemporaryCache } from '../realm/cache/open-cache.ts'
import type { AppServices } from '../ipc/app-services.ts'
import type { PreferencesStore } from '../settings/preferences.ts'
import type { Profile } from '../settings/profile.ts'
import { type EmbeddedBackend, embeddedBackend } from '../storage/embedded-backend.ts'
import { Backups } from '../transfer/backup/backups.ts'
import { preferencesForBackup } from '../transfer/preferences.ts'
import { type FileDialogs, Transfer, type TransferParts } from '../transfer/transfer.ts'
import type { KeychainManager } from './keychain/keychain-manager.ts'

export interface CreateTransferParts {
  readonly profile: Profile
  readonly preferences: PreferencesStore
  readonly theme: AppServices['theme']
  readonly keychains: KeychainManager
  readonly embedded: EmbeddedBackend
  readonly dialogs: FileDialogs
  readonly progress: TransferParts['progress']
}

/** Backup, restore, export and import, with the adapters that they need. */
export function createTransfer({ profile, preferences, theme, keychains, embedded, dialogs, progress }: CreateTransferParts): Transfer {
  return new Transfer({
    dialogs,
    backups: new Backups({
      embedded,
      embeddedIn: embeddedBackend,
      verifyFolder: profile.path('verify-backup'),
      openTemporaryCache,
      preferences: preferencesForBackup(preferences, theme),
    }),
    clock: Date.now,
    hasPassphrase: () => profile.keychain !== 'os',
    maxValueBytes: () => keychains.maxValueBytes,
    provePassphrase: (passphrase) => keychains.provePassphrase(passphrase),
    progress,
  })
}
