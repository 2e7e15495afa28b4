import { app } from 'electron'
import type { LaunchRequest } from '../../desktop/launch-request.ts'
import { PendingDeepLink } from '../../desktop/pending-deep-link.ts'
import { assetPaths } from '../../install/asset-paths.ts'
import type { Launch } from '../../install/launch-record.ts'
import type { AppServices } from '../../ipc/app-services.ts'
import type { View } from '../../lock/restart-args.ts'
import type { PreferencesStore } from '../../settings/preferences.ts'
import type { Profile } from '../../settings/profile.ts'
import type { Vault } from '../../vault/session/vault.ts'
import { ContentProtection } from '../../windows/content-protection.ts'
import { openMainWindow, showWindow } from '../../windows/main-window.ts'
import { AutostartController } from './autostart-controller.ts'
import type { CurrentWindow } from './current-window.ts'
import { MainWindowController } from './main-window-controller.ts'
import { TrayController } from './tray-controller.ts'

export interface DesktopShellParts {
  readonly profile: Profile
  readonly preferences: PreferencesStore
  readonly launch: Launch
  readonly vault: Vault
  readonly current: CurrentWindow
  readonly lock: () => void
  readonly showPalette: (askedBy: 'person' | 'program') => void
  /** Called when the window can be seen, or when it is known that there will be none for now. */
  readonly shown: () => void
  readonly focused: () => void
  /** The window is to fetch what a link led to. */
  readonly linkArrived: () => void
  readonly report: (error: unknown) => void
}

/** The app's place on the desktop: main window, tray, deep links, start at login. */
export interface DesktopShell extends Pick<AppServices, 'links'> {
  readonly settings: Pick<AppServices['settings'], 'hasTray' | 'autostartUnavailable'>
  /** The first start. @param locked how the window was in the process before, which was locked; null if there was none */
  start(request: LaunchRequest, locked: View | null): void
  /** A later start, or a link on macOS. */
  handleLaunch(request: LaunchRequest): void
  show(): void
  /** The app is started by another command from now on. */
  setLaunch(launch: Launch): void
  /** To be called when the vault was opened or locked. */
  vaultChanged(): void
}

export function createDesktopShell(parts: DesktopShellParts): DesktopShell {
  const { profile, preferences, launch, vault, current, lock, showPalette, shown, focused, linkArrived, report } = parts
  const protection = new ContentProtection(preferences.inUse().contentProtection)
  const deepLink = new PendingDeepLink(Date.now)
  const autostart = new AutostartController(profile, preferences, launch)
  const tray = new TrayController({ preferences, lock, showPalette: () => showPalette('person'), report })
  const mainWindow = new MainWindowController(current, {
    make: (bounds) => openMainWindow(assetPaths, bounds),
    present: showWindow,
    shown: () => {
      shown()
      void tray.watch()
    },
    focused,
    staysHidden: () => tray.isShown,
    quit: () => app.quit(),
  })
  tray.onOpen(() => mainWindow.show())
  preferences.onChange((now, before) => {
    protection.set(now.contentProtection)
    tray.update()
    autostart.follow(now, before)
  })

  /** Without a tray the window is minimized to the taskbar, so that a person can find it. On macOS the app is in the Dock already. */
  async function startHidden(): Promise<void> {
    shown()
    const inTray = await tray.waitUntilShown()
    if (!inTray && process.platform !== 'darwin') mainWindow.minimize()
  }

  function handleLaunch({ hidden, link }: LaunchRequest): void {
    if (link === null) return hidden ? undefined : mainWindow.show()
    if (link === 'refused' || link.verb === 'key') {
      deepLink.store(link)
      linkArrived()
      return mainWindow.show()
    }
    if (link.verb === 'lock') return lock()
    if (link.verb === 'quick') return showPalette('program')
    mainWindow.show()
  }

  return {
    links: { consume: () => deepLink.consume(vault.closed === null ? vault.opened : null) },
    settings: { hasTray: () => tray.isAvailable, autostartUnavailable: () => autostart.unavailable },
    start(request, locked) {
      const hidden = request.hidden || (wasOpenedAtLoginOnMac() && preferences.inUse().startHidden)
      if (locked === null && !hidden) mainWindow.show()
      else if (locked === null || !mainWindow.resume(locked)) startHidden().catch(report)
      if (request.link !== null) handleLaunch(request)
      setImmediate(() => autostart.renew())
    },
    handleLaunch,
    show: () => mainWindow.show(),
    setLaunch: (now) => autostart.setLaunch(now),
    vaultChanged: () => tray.setLocked(vault.closed !== null),
  }
}

/** macOS passes no arguments to what it starts at login. */
function wasOpenedAtLoginOnMac(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
}
