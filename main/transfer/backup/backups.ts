import type { EmbeddedBackend } from '../../storage/embedded-backend.ts'
import { holdsValue } from '../../../shared/lists/keys.ts'
import type { Cost } from '../../keychain/passphrase/derivation.ts'
import type { UnlockedVault } from '../../vault/session/unlocked-vault.ts'
import { useAndWipe } from '../../vault/session/aead-box.ts'
import { requireEmpty, restore } from '../../vault/backup/restore.ts'
import type { Secret } from '../../vault/secret.ts'
import { items } from '../../vault/keychain/items.ts'
import { Refusal, type RefusalCode } from '../../vault/refusal.ts'
import { takeSnapshot } from '../../vault/backup/snapshot.ts'
import { type Backup, serializeBackup, parseBackup } from './body.ts'
import { verifyBackup, type VerifyBackupParts, type VerificationReport, removeVerifyFolder } from './verify-backup.ts'
import { openBackup, sealBackup } from './envelope.ts'
import { readChosenFile, writeChosenFile } from './file.ts'

export interface BackupParts extends VerifyBackupParts {
  readonly embedded: EmbeddedBackend
  /** `restore` may refuse. */
  readonly preferences: { get(): Readonly<Record<string, unknown>>; restore(kept: Readonly<Record<string, unknown>>): void }
  /** The cost of the key derivation; measured if it is not given. */
  readonly cost?: Cost
}

export interface BackupSummary {
  readonly bytes: number
  readonly accounts: number
  readonly keys: number
  readonly values: number
  /** Names of keys whose values should be in the keychain and could not be read. */
  readonly missing: string[]
}

/** Makes, restores and verifies backups: one file with everything of a vault, under a passphrase of its own. */
export class Backups {
  readonly #parts: BackupParts

  /** Removes what an interrupted verification left. If that fails, the next verification is refused. */
  constructor(parts: BackupParts) {
    this.#parts = parts
    try {
      removeVerifyFolder(parts.verifyFolder)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }

  /**
   * Writes a backup to a file.
   * @param progress called as values are read
   * @throws Refusal `passphrase-weak`, `keychain-…`, `read-only`, `locked`, `disk-full`, `file-unwritable`, or the reason of `stop`; no
   *   file is written then
   */
  async make(
    vault: UnlockedVault,
    path: string,
    passphrase: Secret,
    progress: (done: number, total: number) => void,
    stop?: AbortSignal,
  ): Promise<BackupSummary> {
    const { embedded, preferences, cost } = this.#parts
    const isLocal = vault.cache.accounts().some(({ method }) => method === 'local')
    const { snapshot, also: backend } = await takeSnapshot(vault, async () => (isLocal ? embedded.copy() : null), progress, stop)
    const body = serializeBackup({ snapshot, backend, preferences: preferences.get() })
    const file = await sealBackup(body, passphrase, snapshot.at, cost).finally(() => {
      body.fill(0)
      backend?.fill(0)
    })
    // Read it back before reporting success, because the person may delete the vault afterwards.
    await withOpened(file, passphrase, async () => {})
    stop?.throwIfAborted()
    writeChosenFile(path, file)
    const held = snapshot.keys.filter(holdsValue)
    const missing = held.filter(({ accountId, id }) => !snapshot.secrets.has(items.value(accountId, id)))
    return {
      bytes: file.length,
      accounts: snapshot.accounts.length,
      keys: snapshot.keys.length,
      values: held.length - missing.length,
      missing: missing.map(({ name }) => name),
    }
  }

  /**
   * Restores a backup into an empty vault.
   * @returns why the preferences could not be saved, with everything else restored; null if they were
   * @throws Refusal `vault-not-empty`, those of opening the file and of `restore`; the vault is unchanged then
   */
  async restore(vault: UnlockedVault, path: string, passphrase: Secret): Promise<RefusalCode | null> {
    requireEmpty(vault)
    return withOpened(readChosenFile(path), passphrase, async ({ snapshot, backend, preferences }) => {
      await restore(vault, snapshot, async () => {
        if (backend !== null) await this.#parts.embedded.replace(backend)
      })
      try {
        this.#parts.preferences.restore(preferences)
        return null
      } catch (error) {
        if (error instanceof Refusal) return error.code // the vault is committed, and cannot be restored again
        throw error
      }
    })
  }

  /** @throws Refusal those of opening the file, `backup-invalid` if it could not be restored */
  async verify(vault: UnlockedVault, path: string, passphrase: Secret): Promise<VerificationReport> {
    return withOpened(readChosenFile(path), passphrase, (backup) => verifyBackup(vault, backup, this.#parts))
  }
}

/** Opens a backup, and overwrites the decrypted bytes after use. Strings cannot be overwritten. @throws Refusal as `openBackup` */
async function withOpened<T>(file: Buffer, passphrase: Secret, use: (backup: Backup) => Promise<T>): Promise<T> {
  const backup = useAndWipe(await openBackup(file, passphrase), parseBackup)
  try {
    return await use(backup)
  } finally {
    backup.backend?.fill(0) // the store of this computer's own server
  }
}
