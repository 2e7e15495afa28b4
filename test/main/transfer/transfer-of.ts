import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Backups } from '../../../main/transfer/backup/backups.ts'
import { embeddedBackend } from '../../../main/storage/embedded-backend.ts'
import { minCost } from '../../../main/keychain/passphrase/derivation.ts'
import { type FileDialogs, Transfer, type TransferParts } from '../../../main/transfer/transfer.ts'
import { Refusal } from '../../../main/vault/refusal.ts'
import { MemoryDisk } from '../fakes/cache.ts'

/** A person at the system's dialogs: what they choose next, null for closing it. It remembers what it proposed. */
export class ScriptedDialogs implements FileDialogs {
  next: string | null = null
  readonly proposed: string[] = []
  /** What happens while they choose. */
  meanwhile: () => unknown = () => undefined

  async save(_kind: string, name: string): Promise<string | null> {
    this.proposed.push(name)
    await this.meanwhile()
    return this.next
  }

  async open(): Promise<string | null> {
    return this.next
  }
}

/** Transfer for a vault of fakes. It has no vault on this computer, because there is no fake of its backend. */
export function transferOf(clock: () => number, dialogs: FileDialogs, parts: Partial<TransferParts> = {}): Transfer {
  return new Transfer({
    dialogs,
    backups: new Backups({
      embedded: embeddedBackend(join(tmpdir(), 'latchkey-never-opened')),
      embeddedIn: embeddedBackend,
      verifyFolder: join(tmpdir(), `latchkey-verify-backup-${process.pid}`),
      openTemporaryCache: () => new MemoryDisk().open(new Uint8Array(64)),
      preferences: { get: () => ({}), restore: () => undefined },
      cost: minCost,
    }),
    clock,
    hasPassphrase: () => false,
    provePassphrase: () => Promise.reject(new Refusal('passphrase-wrong')),
    progress: () => undefined,
    maxValueBytes: () => 16_384,
    ...parts,
  })
}
