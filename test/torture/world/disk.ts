import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** The file system of a profile: a small one in memory, which can be filled and made read-only, or the computer's. */
export class Disk {
  readonly folder: string
  /** Whether it is a small file system of its own. */
  readonly isSmall: boolean
  #isReadOnly = false

  /** @param small needs the right to mount, which `lane.ts` has in its own namespace */
  constructor(folder: string, small: boolean) {
    this.folder = folder
    this.isSmall = small
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (small) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=700', 'torture', folder])
  }

  /** Leaves so many bytes free. A failed write counts as full. */
  fill(left: number): void {
    if (this.#isReadOnly) return
    const { bavail, bsize } = statfsSync(this.folder)
    try {
      writeFileSync(this.#ballast, Buffer.alloc(Math.max(0, bavail * bsize - left)))
    } catch (error) {
      // The running vault has used the space meanwhile.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    }
  }

  /** Only while no process has a file open for writing; if the kernel refuses it, no byte is left free. */
  makeReadOnly(): void {
    try {
      execFileSync('mount', ['-o', 'remount,ro', this.folder], { stdio: 'ignore' })
      this.#isReadOnly = true
    } catch {
      this.fill(0)
    }
  }

  /** Overwrites some bytes of a file, like a bad disk or a bad copy. @param where from 0 up to 1 */
  damage(file: string, where: number): void {
    const path = join(this.folder, file)
    if (this.#isReadOnly || !existsSync(path)) return
    const handle = openSync(path, 'r+')
    writeSync(handle, Buffer.alloc(64, 0xa5), 0, 64, Math.floor(where * Math.max(0, statSync(path).size - 64)))
    closeSync(handle)
  }

  /** Removes files. @param begins prefix of their names */
  lose(folder: string, begins: string): void {
    const path = join(this.folder, folder)
    if (this.#isReadOnly || !existsSync(path)) return
    for (const name of readdirSync(path).filter((one) => one.startsWith(begins))) rmSync(join(path, name), { recursive: true })
  }

  free(): void {
    if (this.#isReadOnly) execFileSync('mount', ['-o', 'remount,rw', this.folder])
    this.#isReadOnly = false
    rmSync(this.#ballast, { force: true })
  }

  remove(): void {
    if (this.isSmall) execFileSync('umount', ['-l', this.folder])
  }

  get #ballast(): string {
    return join(this.folder, 'ballast')
  }
}
