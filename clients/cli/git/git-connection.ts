import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { locateApp } from '../../app-connection/app-location.ts'
import { exitStatus } from '../output/exit-status.ts'
import { Fault, usage } from '../output/fault.ts'

/**
 * Has git ask Latchkey for logins. The user's git configuration gets one line, which includes a file of the profile. That file first takes
 * out the helpers that were named before: git gives each helper every login that went well, and `store` would write the value to a file in
 * clear.
 */
export class GitConnection {
  /** The file that git includes. */
  readonly file: string

  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly command: string,
  ) {
    this.file = join(locateApp(env, process.platform).profile, 'git-credentials.config')
  }

  get isConnected(): boolean {
    return existsSync(this.file) && this.#all('include.path').includes(this.file)
  }

  /** The other helpers in the user's own configuration, which are not asked while Latchkey is connected. */
  get otherHelpers(): readonly string[] {
    return this.#all('credential.helper').filter((helper) => helper !== '' && helper !== this.#helper)
  }

  connect(): void {
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 })
    rmSync(this.file, { force: true })
    for (const helper of ['', this.#helper]) this.#git('--file', this.file, '--add', 'credential.helper', helper)
    if (!this.isConnected) this.#git('--global', '--add', 'include.path', this.file)
  }

  disconnect(): void {
    if (this.#all('include.path').includes(this.file)) this.#git('--global', '--fixed-value', '--unset-all', 'include.path', this.file)
    rmSync(this.file, { force: true })
  }

  /** `!`: a line for the shell. */
  get #helper(): string {
    const profile = this.env['LATCHKEY_PROFILE_DIR']
    const chosen = profile ? `LATCHKEY_PROFILE_DIR=${quoted(locateApp(this.env, process.platform).profile)} ` : ''
    return `!${chosen}${quoted(this.command)} git-credential`
  }

  /** @returns the values of a setting in the user's own configuration, without what it includes */
  #all(name: string): string[] {
    return this.#git('--global', '--no-includes', '--null', '--get-all', name).split('\0').slice(0, -1)
  }

  #git(...args: string[]): string {
    try {
      return execFileSync('git', ['config', ...args], { env: this.env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    } catch (error) {
      const { code, status, stderr } = error as { code?: string; status?: number; stderr?: string }
      if (code === 'ENOENT') throw new Fault(exitStatus.notFound, 'There is no git here.', 'Install it, then try again.')
      if (status === 1 && stderr === '') return '' // the setting is not there
      throw usage(`git refuses to change its configuration: ${(stderr ?? '').trim().split('\n', 1)[0]}`)
    }
  }
}

/** As one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
