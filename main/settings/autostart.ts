import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { Refusal, storageRefusal } from '../vault/refusal.ts'

/** Electron's `app`, as far as it knows the programs that macOS and Windows start at login. */
export interface LoginItems {
  getLoginItemSettings(item: { path: string; args: string[] }): { openAtLogin: boolean; executableWillLaunchAtLogin?: boolean }
  setLoginItemSettings(item: { openAtLogin: boolean; path: string; args: string[] }): void
}

export interface AutostartParts {
  readonly platform: NodeJS.Platform
  readonly home: string
  readonly env: NodeJS.ProcessEnv
  /** The words that start this app: others once an update has moved it. */
  readonly command: () => readonly [string, ...string[]]
  /** A profile that is not the user's usual one. */
  readonly own: { readonly folder: string; readonly id: () => string } | null
  readonly loginItems: LoginItems
}

/** Starts the app when its user logs in: by a file of theirs on Linux, by the system's own list elsewhere. No service, no root. */
export class Autostart {
  readonly #parts: AutostartParts

  constructor(parts: AutostartParts) {
    this.#parts = parts
  }

  /** Whether the system will start it: a person may have turned it off there, without us. */
  get isOn(): boolean {
    const { platform, loginItems } = this.#parts
    if (platform === 'linux') return isEnabled(this.#file())
    if (this.#parts.own !== null) return false
    // Windows keeps the entry of a program that was turned off in the Task Manager.
    return [[], ['--hidden']].some((args) => {
      const { openAtLogin, executableWillLaunchAtLogin } = loginItems.getLoginItemSettings({ path: this.#parts.command()[0], args })
      return executableWillLaunchAtLogin ?? openAtLogin
    })
  }

  /**
   * Takes effect at the next login.
   * @param hidden starts without a window
   * @throws Refusal `autostart-unavailable`, `disk-full`
   */
  turn(on: boolean, hidden: boolean): void {
    const { platform, own, loginItems } = this.#parts
    if (platform === 'linux') {
      if (on) this.#write(hidden)
      else remove(this.#file())
    } else if (own === null) {
      loginItems.setLoginItemSettings({ openAtLogin: on, path: this.#parts.command()[0], args: hidden ? ['--hidden'] : [] })
    } else if (on) throw new Refusal('autostart-unavailable') // an entry there holds no profile's folder: it would start another vault
  }

  #write(hidden: boolean): void {
    const { command, own } = this.#parts
    const words = [...(own === null ? [] : ['env', `LATCHKEY_PROFILE_DIR=${own.folder}`]), ...command(), ...(hidden ? ['--hidden'] : [])]
    const file = this.#file()
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      writeFileAtomic(file, entry(words))
    } catch (error) {
      throw storageRefusal(error, 'autostart-unavailable')
    }
  }

  #file(): string {
    const { home, env, own } = this.#parts
    const config = env['XDG_CONFIG_HOME']
    const folder = config !== undefined && isAbsolute(config) ? config : join(home, '.config') // a relative one is to be ignored
    return join(folder, 'autostart', own === null ? 'latchkey.desktop' : `latchkey-${own.id()}.desktop`)
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    throw new Refusal('autostart-unavailable')
  }
}

/** Desktops turn an entry off by one of two lines in it. */
function isEnabled(file: string): boolean {
  try {
    return !/^(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/m.test(readFileSync(file, 'utf8'))
  } catch {
    return false
  }
}

function entry(words: readonly string[]): string {
  const comments = ['Comment=Opens your vault when you log in', 'Comment[de]=Öffnet Ihren Tresor, wenn Sie sich anmelden']
  const lines = ['[Desktop Entry]', 'Type=Application', 'Name=Latchkey', ...comments, `Exec=${execLine(words)}`]
  return [...lines, 'Icon=latchkey', 'Terminal=false', 'StartupNotify=false', ''].join('\n')
}

/**
 * Words as the Desktop Entry Specification has them in `Exec`: each in quotes, with `"`, `` ` ``, `$` and `\` escaped; a `%` doubled,
 * since it begins a field code; and all of it once more as a string, in which a backslash is two and a line's end is \n.
 */
function execLine(words: readonly string[]): string {
  return words
    .map((word) => `"${word.replaceAll(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`)
    .join(' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
}
