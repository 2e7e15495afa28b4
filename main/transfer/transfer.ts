import { basename, dirname } from 'node:path'
import type { Backups, BackupSummary } from './backup/backups.ts'
import type { VerificationReport } from './backup/verify-backup.ts'
import { madeAt } from './backup/envelope.ts'
import { readChosenFile, writeChosenFile } from './backup/file.ts'
import type { ChosenFile } from './import/format-of.ts'
import type { Reading, Skipped } from './import/found.ts'
import { switchAccount } from '../vault/accounts/sign-in.ts'
import { exportable, exportValues } from '../vault/backup/export-values.ts'
import { labelIn } from '../vault/keys/find-key.ts'
import { type PlannedValue, planImport } from '../vault/stored-values/import-plan.ts'
import { accountOf, type UnlockedVault } from '../vault/session/unlocked-vault.ts'
import { requireWritable } from '../vault/session/read-only.ts'
import { Refusal, type RefusalCode } from '../vault/refusal.ts'
import { requireEmpty } from '../vault/backup/restore.ts'
import type { Secret } from '../vault/secret.ts'
import { storeValues } from '../vault/stored-values/stored-values.ts'
import { type Challenge, Authorisation, type AuthorisationParts, type Proof } from './authorisation.ts'
import { exportText } from './export/export-text.ts'
import type { ExportFormat, ExportScope, ImportFormat } from '../../shared/lists/transfer.ts'
import { Tickets } from './tickets.ts'

export type FileKind = 'backup' | 'json' | 'env' | 'journal' | 'import'

/** The system's file dialogs. Both return null if the person chose no file. */
export interface FileDialogs {
  save(kind: FileKind, name: string): Promise<string | null>
  open(kind: FileKind): Promise<string | null>
}

export interface TransferParts extends AuthorisationParts {
  readonly dialogs: FileDialogs
  readonly backups: Backups
  readonly progress: (progress: { done: number; total: number }) => void
  /** The longest value that the keychain in use takes, in bytes. */
  readonly maxValueBytes: () => number
}

/** What the window sees of a value that could be imported. */
type ImportEntry = Omit<PlannedValue, 'value'> & { readonly lastFour: string | null }

interface LockedImport {
  readonly file: ChosenFile
  readonly format: ImportFormat
}

interface LockedChoice {
  readonly outcome: 'locked'
  readonly ticket: string
  readonly file: string
  readonly format: ImportFormat
}

interface ChosenImport {
  readonly outcome: 'chosen'
  readonly ticket: string
  readonly file: string
  readonly format: ImportFormat
  readonly entries: ImportEntry[]
  readonly passed: Skipped[]
}

type Cancelled = { readonly outcome: 'cancelled' }
const cancelled: Cancelled = { outcome: 'cancelled' }

/** Thousands of values need far less. */
const maxImportBytes = 16 * 1024 * 1024

/** Backups, exports and imports. A person always chooses the file in the system's own dialog. */
export class Transfer {
  readonly #parts: TransferParts
  readonly #authorisation: Authorisation
  readonly #backups: Tickets<string>
  readonly #imports: Tickets<readonly PlannedValue[]>
  /** Files that have a passphrase, as they are on the disk. */
  readonly #locked: Tickets<LockedImport>
  readonly #running = new Set<AbortController>()

  constructor(parts: TransferParts) {
    this.#parts = parts
    this.#authorisation = new Authorisation(parts)
    this.#backups = new Tickets(parts.clock)
    this.#imports = new Tickets(parts.clock)
    this.#locked = new Tickets(parts.clock)
  }

  /** @throws Refusal those of `Backups.make` */
  async backUp(vault: UnlockedVault, passphrase: Secret): Promise<Cancelled | ({ outcome: 'done'; file: string } & BackupSummary)> {
    requireWritable(vault)
    const path = await this.#parts.dialogs.save('backup', `latchkey-${day(vault.clock())}.latchkey-backup`)
    if (path === null) return cancelled
    return this.#untilStopped(async (stop) => {
      const summary = await this.#parts.backups.make(vault, path, passphrase, (done, total) => this.#parts.progress({ done, total }), stop)
      return { outcome: 'done', file: basename(path), ...summary }
    })
  }

  /** @throws Refusal `file-unreadable`, `file-too-large`, `backup-invalid`, `backup-newer` */
  async chooseBackup(): Promise<Cancelled | { outcome: 'chosen'; ticket: string; file: string; bytes: number; at: number }> {
    const path = await this.#parts.dialogs.open('backup')
    if (path === null) return cancelled
    const file = readChosenFile(path)
    return { outcome: 'chosen', at: madeAt(file), bytes: file.length, file: basename(path), ticket: this.#backups.issue(path) }
  }

  /** @returns as `Backups.restore`. @throws Refusal those of `Backups.restore`; `choice-expired` */
  async restore(vault: UnlockedVault, ticket: string, passphrase: Secret): Promise<RefusalCode | null> {
    requireEmpty(vault)
    const preferencesFailure = await this.#parts.backups.restore(vault, this.#backups.get(ticket), passphrase)
    this.#backups.revoke(ticket)
    return preferencesFailure
  }

  /** @throws Refusal those of `Backups.verify`; `choice-expired` */
  async verifyBackup(vault: UnlockedVault, ticket: string, passphrase: Secret): Promise<VerificationReport> {
    return this.#parts.backups.verify(vault, this.#backups.get(ticket), passphrase)
  }

  /** Begins an authorisation. An export then writes exactly the keys that are counted here. */
  authorisation(vault: UnlockedVault, scope: ExportScope): Challenge & { account: string; keys: number; without: number } {
    const account = currentOf(vault)
    const { keys, without } = exportable(vault, scope === 'all' ? vault.cache.accounts().map(({ id }) => id) : [account])
    return { ...this.#authorisation.begin(labelIn(vault, accountOf(vault, account)), keys), account, keys: keys.length, without }
  }

  /** @throws Refusal those of `Authorisation.check`, before a file is asked for; those of `exportValues`; `disk-full`, `file-unwritable` */
  async export(
    vault: UnlockedVault,
    { format, proof }: { format: ExportFormat; proof: Proof },
  ): Promise<Cancelled | { outcome: 'done'; file: string; folder: string; values: number; leftOut: string[] }> {
    const authorised = await this.#authorisation.check(proof)
    const kind = format === 'env' ? 'env' : 'json'
    const path = await this.#parts.dialogs.save(kind, `latchkey-${day(vault.clock())}${format === 'cxf' ? '-cxf' : ''}.${kind}`)
    if (path === null) return cancelled
    const keys = await exportValues(vault, authorised, format)
    const { text, leftOut } = exportText(keys, format, vault.clock())
    writeChosenFile(path, text)
    return { outcome: 'done', file: basename(path), folder: dirname(path), values: keys.length - leftOut.length, leftOut }
  }

  /**
   * @param format null: it is recognised from the file
   * @returns `locked` for a file that has a passphrase, which `openImport` takes
   * @throws Refusal `file-…`, `import-…`, `stored-limit`, `read-only`
   */
  async chooseImport(vault: UnlockedVault, format: ImportFormat | null): Promise<Cancelled | LockedChoice | ChosenImport> {
    requireWritable(vault)
    const path = await this.#parts.dialogs.open('import')
    if (path === null) return cancelled
    const file = { name: basename(path), bytes: readChosenFile(path, maxImportBytes) }
    const { readImport } = await import('./import/readers.ts') // loaded late: most starts import nothing
    const { format: read, reading } = await readImport(file, format, this.#parts.maxValueBytes())
    this.#imports.clear()
    if (reading !== null) return this.#plan(vault, { file, format: read }, reading)
    return { outcome: 'locked', ticket: this.#locked.issue({ file, format: read }), file: file.name, format: read }
  }

  /**
   * Opens a chosen file that has a passphrase.
   * @throws Refusal `choice-expired`, `passphrase-wrong`, after which another can be tried, `import-…`, `stored-limit`
   */
  async openImport(vault: UnlockedVault, ticket: string, passphrase: Secret): Promise<ChosenImport> {
    const locked = this.#locked.get(ticket)
    const { readImport } = await import('./import/readers.ts')
    const { reading } = await readImport(locked.file, locked.format, this.#parts.maxValueBytes(), passphrase)
    this.#locked.get(ticket) // a lock or a closed dialog dropped it meanwhile
    if (reading === null) throw new Refusal('import-invalid')
    const chosen = await this.#plan(vault, locked, reading)
    this.#locked.revoke(ticket)
    return chosen
  }

  async #plan(vault: UnlockedVault, { file, format }: LockedImport, { found, skipped }: Reading): Promise<ChosenImport> {
    const planned = await planImport(vault, found)
    const entries = planned.map(({ value, name, original, same, repeated }) => ({
      name,
      original,
      lastFour: value.lastFour(),
      same,
      repeated,
    }))
    return { outcome: 'chosen', ticket: this.#imports.issue(planned), file: file.name, format, entries, passed: skipped }
  }

  /** @param chosen indexes of the entries from `chooseImport`. @throws Refusal `choice-expired`, `input-invalid`, those of `storeValues` */
  async import(vault: UnlockedVault, ticket: string, chosen: readonly number[]): Promise<Cancelled | { outcome: 'done' }> {
    const planned = this.#imports.get(ticket)
    const values = [...new Set(chosen)].map((place) => {
      const value = planned[place]
      if (value === undefined) throw new Refusal('input-invalid')
      return value
    })
    return this.#untilStopped(async (stop) => {
      const account = await storeValues(vault, values, (done) => this.#parts.progress({ done, total: values.length }), stop)
      this.#imports.revoke(ticket)
      switchAccount(vault, account.id)
      return { outcome: 'done' }
    })
  }

  /** Aborts a running backup or import. It leaves nothing behind. */
  stop(): void {
    for (const controller of this.#running) controller.abort()
  }

  forget(ticket: string): void {
    this.#backups.revoke(ticket)
    this.#imports.revoke(ticket)
    this.#locked.revoke(ticket)
  }

  /** Drops all chosen files, read entries and authorisations. */
  lock(): void {
    this.#backups.clear()
    this.#imports.clear()
    this.#locked.clear()
    this.#authorisation.forget()
  }

  async #untilStopped<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T | Cancelled> {
    const controller = new AbortController()
    this.#running.add(controller)
    try {
      return await work(controller.signal)
    } catch (error) {
      if (controller.signal.aborted && error === controller.signal.reason) return cancelled
      throw error
    } finally {
      this.#running.delete(controller)
    }
  }
}

function currentOf(vault: UnlockedVault): string {
  const id = vault.cache.current()
  if (id === null) throw new Refusal('signed-out')
  return id
}

/** The date for a file name. */
function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
