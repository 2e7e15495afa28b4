import { existsSync, renameSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createFile, writeFileAtomic } from '../../../shared/files/atomic-file.ts'
import { systemCode } from '../../../shared/system-error.ts'
import { Refusal, orStorageRefusal } from '../../vault/refusal.ts'

/** A passphrase file on disk. It is replaced atomically. */
export class PassphraseFile {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  get exists(): boolean {
    return existsSync(this.path)
  }

  /**
   * @throws Refusal `profile-corrupt` if it does not exist, because callers know that it was created; `profile-unusable` if it cannot be
   *   read
   */
  async read(): Promise<string> {
    try {
      return await readFile(this.path, 'utf8')
    } catch (error) {
      throw new Refusal(systemCode(error) === 'ENOENT' ? 'profile-corrupt' : 'profile-unusable')
    }
  }

  /**
   * Creates the file. The system guarantees that it did not exist: of two vaults created at once, one would overwrite the other's values.
   * Killed half-way, it leaves a file that does not open and that no profile names.
   * @throws Refusal `disk-full`; `profile-unusable`, also if the file exists
   */
  create(text: string): void {
    orStorageRefusal(() => createFile(this.path, text))
  }

  /** On disk when it returns, readable by this user only. @throws Refusal `disk-full` or `profile-unusable` */
  write(text: string): void {
    orStorageRefusal(() => writeFileAtomic(this.path, text))
  }

  /** Renames it to `<name>.set-aside-<YYYYMMDDTHHMMSS>` (UTC), with `-2`, `-3` … if that exists. @throws Refusal `profile-unusable` */
  setAside(): void {
    const stamp = `${this.path}.set-aside-${new Date().toISOString().replace(/[-:]|\..*/g, '')}`
    let name = stamp
    for (let count = 2; existsSync(name); count += 1) name = `${stamp}-${count}`
    try {
      renameSync(this.path, name)
    } catch {
      throw new Refusal('profile-unusable')
    }
  }

  /** @throws Refusal `profile-unusable` */
  delete(): void {
    try {
      rmSync(this.path, { force: true })
    } catch {
      throw new Refusal('profile-unusable')
    }
  }
}
