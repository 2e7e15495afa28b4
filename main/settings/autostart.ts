import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { Refusal, orStorageRefusal } from '../vault/refusal.ts'
import { orElse } from '../../shared/or-else.ts'

/** The part of Electron's `app` for login items on macOS and Windows. */
export interface LoginItems {
  getLoginItemSettings(item: { path: string; args: string[] }): { openAtLogin: boolean; executableWillLaunchAtLogin?: boolean }
  setLoginItemSettings(item: { openAtLogin: boolean; path: string; args: string[] }): void
}

export interface AutostartParts {
  readonly platform: NodeJS.Platform
  readonly home: string
  readonly env: NodeJS.ProcessEnv
  /** The command line that starts this app. It changes when an update moves the app. */
  readonly command: () => readonly [string, ...string[]]
  /** The profile, if it is not the user's default one. */
  readonly own: { readonly folder: string; readonly id: () => string } | null
  readonly loginItems: LoginItems
}

/**
 * Starts the app at login: by a desktop entry in the user's folder on Linux, by the system's login items elsewhere. No service, no root.
 */
export class Autostart {
  readonly #parts: AutostartParts

  constructor(parts: AutostartParts) {
    this.#parts = parts
  }

  /** Whether the system will start the app. A person may have turned it off in the system's settings. */
  get isOn(): boolean {
    const { platform, loginItems } = this.#parts
    if (platform === 'linux') return isEnabled(this.#file())
    if (this.#parts.own !== null) return false
    // Windows keeps the login item of a program that was turned off in the Task Manager.
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
  set(on: boolean, hidden: boolean): void {
    const { platform, own, loginItems } = this.#parts
    if (platform === 'linux') {
      if (on) this.#write(hidden)
      else remove(this.#file())
    } else if (own === null) {
      loginItems.setLoginItemSettings({ openAtLogin: on, path: this.#parts.command()[0], args: hidden ? ['--hidden'] : [] })
    } else if (on) throw new Refusal('autostart-unavailable') // a login item there cannot name a profile, so it would open another vault
  }

  #write(hidden: boolean): void {
    const { command, own } = this.#parts
    const words = [...(own === null ? [] : ['env', `LATCHKEY_PROFILE_DIR=${own.folder}`]), ...command(), ...(hidden ? ['--hidden'] : [])]
    const file = this.#file()
    orStorageRefusal(() => {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      writeFileAtomic(file, desktopEntry(words))
    }, 'autostart-unavailable')
  }

  #file(): string {
    const { home, env, own } = this.#parts
    const config = env['XDG_CONFIG_HOME']
    const folder = config !== undefined && isAbsolute(config) ? config : join(home, '.config') // the specification says to ignore a relative path
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

/** Desktops turn an entry off by one of these two lines. */
function isEnabled(file: string): boolean {
  return orElse(() => !/^(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/m.test(readFileSync(file, 'utf8')), false)
}

function desktopEntry(words: readonly string[]): string {
  const comments = ['Comment=Opens your vault when you log in', 'Comment[de]=Öffnet Ihren Tresor, wenn Sie sich anmelden']
  const lines = ['[Desktop Entry]', 'Type=Application', 'Name=Latchkey', ...comments, `Exec=${execLine(words)}`]
  return [...lines, 'Icon=latchkey', 'Terminal=false', 'StartupNotify=false', ''].join('\n')
}

/**
 * Formats a command line for `Exec` of the Desktop Entry Specification: each argument in quotes, with `"`, `` ` ``, `$` and `\` escaped and
 * `%` doubled, because it begins a field code; then the whole escaped again as a string value: backslashes doubled, line feeds as \n.
 */
function execLine(words: readonly string[]): string {
  return words
    .map((word) => `"${word.replaceAll(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`)
    .join(' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
}
