import type { EmbeddedBackend } from '../../storage/embedded-backend.ts'
import type { Cost } from '../../keychain/passphrase/derivation.ts'
import type { UnlockedVault } from '../../vault/session/unlocked-vault.ts'
import { useAndWipe } from '../../vault/session/aead-box.ts'
import { requireEmpty, restore } from '../../vault/backup/restore.ts'
import type { Secret } from '../../vault/secret.ts'
import { items } from '../../vault/keychain/items.ts'
import { Refusal, type RefusalCode } from '../../vault/refusal.ts'
import { takeSnapshot } from '../../vault/backup/snapshot.ts'
import { type Backup, bodyOf, parseBody } from './body.ts'
import { drill, type DrillParts, type DrillReport, removeDrill } from './verify-backup.ts'
import { openBackup, sealBackup } from './envelope.ts'
import { readChosen, writeChosen } from './file.ts'

export interface BackupParts extends DrillParts {
  readonly embedded: EmbeddedBackend
  /** `restore` may refuse. */
  readonly preferences: { get(): Readonly<Record<string, unknown>>; restore(kept: Readonly<Record<string, unknown>>): void }
  /** What a derivation costs; measured if it is not given. */
  readonly cost?: Cost
}

export interface Made {
  readonly bytes: number
  readonly accounts: number
  readonly keys: number
  readonly values: number
  /** Names of the keys whose values should be here and could not be read. */
  readonly missing: string[]
}

/** One file with everything of a vault in it, under a passphrase of its own. */
export class Backups {
  readonly #parts: BackupParts

  /** Made at each start, where a drill that was cut off is cleared away. What cannot be, the next drill is refused for. */
  constructor(parts: BackupParts) {
    this.#parts = parts
    try {
      removeDrill(parts.drillFolder)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }

  /**
   * @param progress of the values read
   * @throws Refusal `passphrase-weak`, `keychain-…`, `read-only`, `locked`, `disk-full`, `file-unwritable`, or the reason of `stop`; there is
   *   no new file then
   */
  async make(
    opened: UnlockedVault,
    path: string,
    passphrase: Secret,
    progress: (done: number, total: number) => void,
    stop?: AbortSignal,
  ): Promise<Made> {
    const { embedded, preferences, cost } = this.#parts
    const isLocal = opened.cache.accounts().some(({ method }) => method === 'local')
    const { snapshot, also: backend } = await takeSnapshot(opened, async () => (isLocal ? embedded.copy() : null), progress, stop)
    const body = bodyOf({ snapshot, backend, preferences: preferences.get() })
    const file = await sealBackup(body, passphrase, snapshot.at, cost).finally(() => {
      body.fill(0)
      backend?.fill(0)
    })
    // Read back before it is called a backup: whoever is told so may delete what it was made of.
    await withOpened(file, passphrase, async () => {})
    stop?.throwIfAborted()
    writeChosen(path, file)
    const held = snapshot.keys.filter(({ value }) => value === 'here' || value === 'sealed')
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
   * @returns why the preferences could not be kept, with all the rest in place; null if they are
   * @throws Refusal `vault-not-empty`, those of opening the file and of `restore`; the vault is as it was then
   */
  async restore(opened: UnlockedVault, path: string, passphrase: Secret): Promise<RefusalCode | null> {
    requireEmpty(opened)
    return withOpened(readChosen(path), passphrase, async ({ snapshot, backend, preferences }) => {
      await restore(opened, snapshot, async () => {
        if (backend !== null) await this.#parts.embedded.replace(backend)
      })
      try {
        this.#parts.preferences.restore(preferences)
        return null
      } catch (error) {
        if (error instanceof Refusal) return error.code // the vault is committed, and cannot be restored a second time
        throw error
      }
    })
  }

  /** @throws Refusal those of opening the file, `backup-invalid` if it could not be restored */
  async drill(opened: UnlockedVault, path: string, passphrase: Secret): Promise<DrillReport> {
    return withOpened(readChosen(path), passphrase, (backup) => drill(opened, backup, this.#parts))
  }
}

/** Opens a backup for as long as it is used: then what was decrypted is overwritten, as far as it is bytes. @throws Refusal as `openBackup` */
async function withOpened<T>(file: Buffer, passphrase: Secret, use: (backup: Backup) => Promise<T>): Promise<T> {
  const backup = useAndWipe(await openBackup(file, passphrase), parseBody)
  try {
    return await use(backup)
  } finally {
    backup.backend?.fill(0) // the store of this computer's own server
  }
}
