import { execFile } from 'node:child_process'
import { join } from 'node:path'

/** Reads and writes the default values of keys below HKEY_CURRENT_USER. */
export interface Registry {
  /** @returns null if the registry has no such value */
  read(key: string): Promise<string | null>
  write(key: string, value: string): Promise<void>
  /** Removes the key with everything in it. Idempotent. */
  remove(key: string): Promise<void>
}

/** Uses the system's own `reg.exe`, by its absolute path and not by the search path. */
export class WindowsRegistry implements Registry {
  readonly #program: string

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#program = join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'reg.exe')
  }

  async read(key: string): Promise<string | null> {
    const answer = await this.#run(['query', fullKey(key), '/ve'])
    return answer === null ? null : (/\sREG_SZ\s+(\S.*)$/m.exec(answer)?.[1]?.trimEnd() ?? null)
  }

  async write(key: string, value: string): Promise<void> {
    if ((await this.#run(['add', fullKey(key), '/ve', '/t', 'REG_SZ', '/d', value, '/f'])) === null)
      throw new Error('reg.exe did not write')
  }

  async remove(key: string): Promise<void> {
    if ((await this.read(key)) === null) return
    if ((await this.#run(['delete', fullKey(key), '/f'])) === null) throw new Error('reg.exe did not delete')
  }

  /** @returns what it printed; null if it failed, which for a query says that there is no such key */
  #run(args: readonly string[]): Promise<string | null> {
    return new Promise((resolve) => {
      execFile(this.#program, args, { windowsHide: true, timeout: 10_000 }, (error, stdout) => resolve(error === null ? stdout : null))
    })
  }
}

function fullKey(key: string): string {
  return `HKCU\\${key}`
}
