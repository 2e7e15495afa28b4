import { app, type BrowserWindow } from 'electron'
import { withDeadline } from '../../shared/deadline.ts'
import { Autostart } from '../settings/autostart.ts'
import { assetPaths } from '../install/asset-paths.ts'
import { MainWindowController } from './main-window-controller.ts'
import type { AppServices } from '../ipc/app-services.ts'
import { type Launch, startCommand } from '../install/launch-record.ts'
import { PendingDeepLink } from '../desktop/pending-deep-link.ts'
import type { View } from '../lock/restart-args.ts'
import type { Chosen, Preferences } from '../settings/preferences.ts'
import type { Profile } from '../settings/profile.ts'
import type { LaunchRequest } from '../desktop/launch-request.ts'
import type { TrayAvailability } from '../desktop/tray-availability.ts'
import { Tray } from '../desktop/tray.ts'
import { Refusal, type RefusalCode } from '../vault/refusal.ts'
import type { Vault } from '../vault/session/vault.ts'
import { ContentProtection } from '../windows/content-protection.ts'
import { openMainWindow, present } from '../windows/main-window.ts'

/** How long a start without a window waits for a tray, in milliseconds: at login the panel may come after us. */
const patience = 20_000

export interface DesktopShellParts {
  readonly profile: Profile
  readonly chosen: Chosen
  readonly launch: Launch
  readonly vault: Vault
  readonly lock: () => void
  readonly quick: (askedBy: 'person' | 'program') => void
  /** The window can be seen, or it is known that there will be none for now. */
  readonly shown: () => void
  readonly focused: () => void
  /** The window is to ask what a link led to. */
  readonly linkArrived: () => void
  readonly report: (error: unknown) => void
}

/** How the system and the app find one another, put together: window, tray, links, start at login. */
export interface DesktopShell extends Pick<AppServices, 'links'> {
  readonly settings: Pick<AppServices['settings'], 'hasTray' | 'autostartBarred'>
  readonly window: () => BrowserWindow | null
  /** The first start. @param locked how the window was in the process before, which was locked; null for none */
  begin(wish: LaunchRequest, locked: View | null): void
  /** A later one, or a link on macOS. */
  take(wish: LaunchRequest): void
  show(): void
  /** The app is started otherwise from now on. */
  moved(launch: Launch): void
  /** The vault was opened or locked. */
  vaultChanged(): void
}

export function createDesktopShell({
  profile,
  chosen,
  launch,
  vault,
  lock,
  quick,
  shown,
  focused,
  linkArrived,
  report,
}: DesktopShellParts): DesktopShell {
  const protection = new ContentProtection(chosen.inUse().contentProtection)
  const desk = new PendingDeepLink(Date.now)
  const own = process.env['LATCHKEY_PROFILE_DIR'] ? { folder: profile.folder, id: () => profile.id } : null
  let command = startCommand(launch)
  const autostart = new Autostart({
    ...{ platform: process.platform, home: app.getPath('home'), env: process.env, own },
    ...{ command: () => command, loginItems: app },
  })
  let autostartBarred: RefusalCode | null = null
  let host: TrayAvailability = { present: false }
  let trayCame = (): void => {}

  const front = new MainWindowController({
    make: (bounds) => openMainWindow(assetPaths, bounds),
    present,
    shown: () => {
      shown()
      watch()
    },
    focused,
    staysHidden: () => tray.isShown,
    quit: () => app.quit(),
  })
  const tray = new Tray(assetPaths.tray, { open: () => front.show(), quick: () => quick('person'), lock, quit: () => app.quit() })

  let watching: Promise<void> | null = null
  /** Not before it can matter: to ask costs a connection to the bus. */
  function watch(): Promise<void> {
    watching ??= import('../desktop/tray-availability.ts')
      .then(({ watchTrayAvailability }) => watchTrayAvailability(process.platform, followTray))
      .then(
        (found) => {
          host = found
          followTray()
        },
        report, // and there is none
      )
    return watching
  }

  function followTray(): void {
    tray.show(host.present && chosen.inUse().keepInTray)
    if (tray.isShown) trayCame()
  }

  /** In the tray; where none comes, in the taskbar, since a person must be able to find it. */
  async function stayHidden(): Promise<void> {
    shown()
    if (chosen.inUse().keepInTray) {
      const came = new Promise<void>((resolve) => (trayCame = resolve))
      void watch() // not waited for: a bus that never answers would leave the app with neither icon nor window
      if (!tray.isShown) await withDeadline(came, patience, () => {})
    }
    if (!tray.isShown && process.platform !== 'darwin') front.minimize() // which has it in the Dock
  }

  function turnAutostart({ startAtLogin, startHidden }: Preferences): void {
    try {
      autostart.turn(startAtLogin, startHidden)
      autostartBarred = null
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      autostartBarred = error.code
    }
  }

  chosen.onChange((now, before) => {
    protection.set(now.contentProtection)
    followTray()
    if (before === null) setImmediate(renewAutostart)
    else if (now.startAtLogin !== before.startAtLogin || now.startHidden !== before.startHidden) turnAutostart(now)
  })

  /** An app that was moved is started from where it is now; an entry that somebody took out in their desktop's settings stays out. */
  function renewAutostart(): void {
    const now = chosen.inUse()
    if (!now.startAtLogin) return
    if (autostart.isOn) turnAutostart(now)
    else chosen.set({ ...now, startAtLogin: false })
  }

  return {
    window: () => front.window,
    links: { take: () => desk.take(vault.closed === null ? vault.opened : null) },
    settings: { hasTray: () => host.present, autostartBarred: () => autostartBarred },
    begin(wish, locked) {
      const hidden = wish.hidden || (atLoginOnMac() && chosen.inUse().startHidden)
      if (locked === null && !hidden) front.show()
      else if (locked === null || !front.resume(locked)) stayHidden().catch(report)
      if (wish.link !== null) this.take(wish)
      setImmediate(renewAutostart)
    },
    take({ hidden, link }) {
      if (link === null) return hidden ? undefined : front.show()
      if (link === 'refused' || link.verb === 'key') {
        desk.leave(link)
        linkArrived()
        return front.show()
      }
      if (link.verb === 'lock') return lock()
      if (link.verb === 'quick') return quick('program')
      front.show()
    },
    show: () => front.show(),
    moved(now) {
      command = startCommand(now)
      renewAutostart()
    },
    vaultChanged: () => tray.lock(vault.closed !== null),
  }
}

/** It hands no words to what it starts at login. */
function atLoginOnMac(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
}
