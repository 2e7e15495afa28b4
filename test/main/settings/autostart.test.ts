import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import koffi from 'koffi'
import { beforeEach, describe, expect, it } from 'vitest'
import { Autostart, type AutostartParts } from '../../../main/settings/autostart.ts'
import { until } from '../../until.ts'
import { codeThrown } from '../vault/fixtures/refused.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

let home: string
beforeEach(() => (home = temporaryFolder('latchkey-home-')))

/** As Electron's on macOS and Windows, where a name and its words are one entry. */
class LoginItems {
  set: { openAtLogin: boolean; path: string; args: string[] } | null = null
  /** Windows alone: what the Task Manager says. */
  willLaunch: boolean | undefined

  getLoginItemSettings({ path, args }: { path: string; args: string[] }): { openAtLogin: boolean; executableWillLaunchAtLogin?: boolean } {
    const openAtLogin = this.set?.openAtLogin === true && this.set.path === path && this.set.args.join() === args.join()
    return this.willLaunch === undefined ? { openAtLogin } : { openAtLogin, executableWillLaunchAtLogin: this.willLaunch && openAtLogin }
  }

  setLoginItemSettings(item: { openAtLogin: boolean; path: string; args: string[] }): void {
    this.set = item
  }
}

function autostart(parts: Partial<AutostartParts> = {}): Autostart {
  const command = () => ['/opt/Latchkey/latchkey'] as const
  return new Autostart({ platform: 'linux', home, env: {}, command, own: null, loginItems: new LoginItems(), ...parts })
}

const file = (name = 'latchkey.desktop'): string => join(home, '.config', 'autostart', name)

describe('starting at login on Linux', () => {
  it('is a file of this user’s alone, which goes again', () => {
    const it = autostart()
    expect(it.isOn).toBe(false)
    it.set(true, false)
    expect([it.isOn, statSync(file()).mode & 0o777]).toEqual([true, 0o600])
    it.set(false, false)
    expect([it.isOn, existsSync(file())]).toEqual([false, false])
    it.set(false, false)
  })

  it('is where the person’s settings are, if that is a whole path', () => {
    autostart({ env: { XDG_CONFIG_HOME: join(home, 'etc') } }).set(true, false)
    autostart({ env: { XDG_CONFIG_HOME: 'etc' } }).set(true, false)
    expect([existsSync(join(home, 'etc', 'autostart', 'latchkey.desktop')), existsSync(file())]).toEqual([true, true])
  })

  // It was English on every desktop, beside programs whose entries are not.
  it('says what it does in each language, whichever the app speaks: the desktop chooses', () => {
    autostart().set(true, false)
    expect(readFileSync(file(), 'utf8')).toContain(
      'Comment=Opens your vault when you log in\nComment[de]=Öffnet Ihren Tresor, wenn Sie sich anmelden\n',
    )
  })

  it('of a profile of its own has a file of its own', () => {
    autostart({ own: { folder: '/srv/vault', id: () => '0123456789abcdef' } }).set(true, true)
    expect(readFileSync(file('latchkey-0123456789abcdef.desktop'), 'utf8')).toContain(
      'Exec="env" "LATCHKEY_PROFILE_DIR=/srv/vault" "/opt/Latchkey/latchkey" "--hidden"\n',
    )
  })

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])('is off where the desktop wrote %s', (line) => {
    const it = autostart()
    it.set(true, false)
    writeFileSync(file(), `${readFileSync(file(), 'utf8')}${line}\n`)
    expect(it.isOn).toBe(false)
  })

  it('is refused where its file cannot be written', () => {
    mkdirSync(join(home, '.config'))
    writeFileSync(join(home, '.config', 'autostart'), 'no folder')
    expect(codeThrown(() => autostart().set(true, false))).toBe('autostart-unavailable')
  })

  it('gives every word whole to the program, by the library that desktops read the file with', async () => {
    const nasty = join(home, 'a "b" $HOME `c` \\d %f 50% é\ttab')
    mkdirSync(nasty)
    const [program, told] = [join(nasty, 'latchkey'), join(home, 'told')]
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$0" "$@" "$LATCHKEY_PROFILE_DIR" > "${told}.new" && mv "${told}.new" "${told}"\n`)
    chmodSync(program, 0o700)
    autostart({ command: () => [program, `${nasty}/app`], own: { folder: nasty, id: () => '0123456789abcdef' } }).set(true, true)
    launch(file('latchkey-0123456789abcdef.desktop'))
    await until(() => existsSync(told))
    expect(readFileSync(told, 'utf8').split('\n')).toEqual([program, `${nasty}/app`, '--hidden', nasty, ''])
  })
})

describe('starting at login by the system’s own list', () => {
  it.each(['darwin', 'win32'] as const)('is set and told on %s, with and without a window', (platform) => {
    const it = autostart({ platform })
    for (const hidden of [false, true]) {
      it.set(true, hidden)
      expect(it.isOn).toBe(true)
    }
    it.set(false, false)
    expect(it.isOn).toBe(false)
  })

  // The copy that it ran from was entered, which is gone after the run.
  it('starts a portable program by its own file', () => {
    const loginItems = new LoginItems()
    autostart({ platform: 'win32', loginItems, command: () => ['E:\\Latchkey-portable.exe'] }).set(true, false)
    expect(loginItems.set?.path).toBe('E:\\Latchkey-portable.exe')
  })

  it('is off where a person turned it off in the Task Manager', () => {
    const loginItems = new LoginItems()
    const it = autostart({ platform: 'win32', loginItems })
    it.set(true, true)
    loginItems.willLaunch = false
    expect(it.isOn).toBe(false)
  })

  it('is refused for a profile of its own: the list has no place for its folder, and would start another vault', () => {
    const loginItems = new LoginItems()
    const it = autostart({ platform: 'win32', loginItems, own: { folder: 'D:\\vault', id: () => '0123456789abcdef' } })
    expect(codeThrown(() => it.set(true, false))).toBe('autostart-unavailable')
    expect([it.isOn, loginItems.set]).toEqual([false, null])
  })
})

/** Starts what a desktop file says, as GNOME, Xfce and others do. */
function launch(path: string): void {
  const gio = koffi.load('libgio-2.0.so.0')
  const entry = gio.func('void *g_desktop_app_info_new_from_filename(const char *)')(path) as unknown
  if (entry === null) throw new Error('no desktop file')
  const started = gio.func('int g_app_info_launch(void *, void *, void *, void *)')(entry, null, null, null) as number
  if (started !== 1) throw new Error('not started')
}
