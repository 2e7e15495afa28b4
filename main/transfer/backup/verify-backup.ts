import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SerialQueues } from '../../../shared/serial-queue.ts'
import type { EmbeddedBackend } from '../../storage/embedded-backend.ts'
import { type Compared, compareSnapshot } from '../../vault/backup/compare-snapshot.ts'
import { items, readItem } from '../../vault/keychain/items.ts'
import { presentKeys } from '../../vault/keys/list-keys.ts'
import type { UnlockedVault } from '../../vault/session/unlocked-vault.ts'
import type { Cache } from '../../vault/ports/cache.ts'
import { Refusal, orStorageRefusal } from '../../vault/refusal.ts'
import { restore, type RestoreTarget } from '../../vault/backup/restore.ts'
import { ValueIndexes } from '../../vault/keychain/value-indexes.ts'
import type { Secret } from '../../vault/secret.ts'
import { RootKey } from '../../vault/session/root-key.ts'
import { recordsIn, type Snapshot } from '../../vault/backup/snapshot.ts'
import { TimeSlice } from '../../vault/session/time-slice.ts'
import type { Backup } from './body.ts'
import { listEmbeddedKeys } from './embedded-login.ts'
import { InMemoryKeychain } from './in-memory-keychain.ts'

export interface VerificationReport {
  /** When the backup was made, in milliseconds since 1970. */
  readonly at: number
  readonly parts: Compared[]
  /** Whether the vault on this computer, opened from the backup, lists the same keys as now; null if the backup has no such vault. */
  readonly backend: 'equal' | 'different' | null
}

export interface VerifyBackupParts {
  /** A folder in the profile for this alone: unpacked files have names of keys in clear, and a lock can end the process at any time. */
  readonly verifyFolder: string
  readonly openTemporaryCache: () => Cache
  readonly embeddedIn: (folder: string) => EmbeddedBackend
}

/**
 * Restores a backup into a temporary vault, and compares that with the open vault, which is only read.
 * @throws Refusal as restoring this backup would
 */
export function verifyBackup(vault: UnlockedVault, backup: Backup, parts: VerifyBackupParts): Promise<VerificationReport> {
  return vault.queues.runExclusive('verify-backup', () => verifyExclusively(vault, backup, parts))
}

/** @throws Refusal `profile-unusable` */
export function removeVerifyFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    throw new Refusal('profile-unusable')
  }
}

function makeEmpty(folder: string): void {
  removeVerifyFolder(folder)
  orStorageRefusal(() => mkdirSync(folder, { mode: 0o700 }))
}

async function verifyExclusively(
  vault: UnlockedVault,
  { snapshot, backend }: Backup,
  parts: VerifyBackupParts,
): Promise<VerificationReport> {
  const folder = parts.verifyFolder
  makeEmpty(folder)
  const keychain = new InMemoryKeychain()
  const target: RestoreTarget = {
    cache: parts.openTemporaryCache(),
    root: RootKey.generate(),
    keychain,
    valueIndexes: new ValueIndexes(keychain),
    queues: new SerialQueues(),
    clock: vault.clock,
    announce: () => {},
    readOnly: null,
  }
  try {
    await restore(target, snapshot)
    // A restore drops pending changes, approvals and paired browsers, so these are compared as they are in the file.
    const { intents, grants, pairings } = snapshot
    const restored = { ...(await readBack(target, snapshot.at)), intents, grants, pairings }
    return {
      at: snapshot.at,
      parts: await compareSnapshot(vault, restored),
      backend: backend === null ? null : await compareBackend(vault, restored, parts.embeddedIn(join(folder, 'backend')), backend),
    }
  } finally {
    target.cache.close()
    target.root.wipe()
    removeVerifyFolder(folder)
  }
}

/** Reads the restored vault as a vault reads its own data. */
async function readBack({ cache, root, keychain }: RestoreTarget, at: number): Promise<Snapshot> {
  const secrets = new Map<string, Secret>()
  const slice = new TimeSlice()
  for (const { id } of cache.accounts()) {
    for (const { sealed, id: keyId } of cache.keys(id)) {
      if (slice.isOver) await slice.next()
      const item = items.value(id, keyId)
      if (sealed !== null) secrets.set(item, root.open(sealed, item))
    }
  }
  const local = await readItem(keychain, items.local)
  if (local !== null) secrets.set(items.local, local)
  return { ...(await recordsIn(cache)), at, secrets }
}

async function compareBackend(
  vault: UnlockedVault,
  { accounts, secrets }: Snapshot,
  embedded: EmbeddedBackend,
  copy: Buffer,
): Promise<'equal' | 'different'> {
  const [local, signIn] = [accounts.find(({ method }) => method === 'local'), secrets.get(items.local)]
  if (local === undefined || signIn === undefined) throw new Refusal('backup-invalid')
  try {
    await embedded.replace(copy)
    const backupKeys = await listEmbeddedKeys(embedded, signIn)
    const vaultKeys = vault.cache.accounts().some(({ id }) => id === local.id) ? presentKeys(vault, local.id) : []
    const isEqual =
      vaultKeys.length === backupKeys.length &&
      vaultKeys.every(({ id, enabled }) => backupKeys.some((key) => key.id === id && key.enabled === enabled))
    return isEqual ? 'equal' : 'different'
  } finally {
    await embedded.close()
  }
}
