import { EventEmitter, once } from 'node:events'
import { app, type BrowserWindow } from 'electron'
import type { LaunchRequest } from '../../desktop/launch-request.ts'
import { assetPaths } from '../../install/asset-paths.ts'
import type { View } from '../../lock/restart-args.ts'
import { followLanguage } from '../../settings/language.ts'
import { PreferencesStore } from '../../settings/preferences.ts'
import type { Profile } from '../../settings/profile.ts'
import { followTheme } from '../../settings/theme.ts'
import { ContentProtection } from '../../windows/content-protection.ts'
import type { Served } from '../../windows/first-load.ts'
import { openMainWindow, showWindow } from '../../windows/main-window.ts'
import { CurrentWindow } from './current-window.ts'
import { MainWindowController } from './main-window-controller.ts'

/** The main window, and the preferences that it is shown with. */
export interface FirstWindow {
  readonly preferences: PreferencesStore
  readonly current: CurrentWindow
  readonly mainWindow: MainWindowController
  /**
   * Resolve once the page and its files have been served, or at once if there is no window. Work of this process delays what it has to
   * serve, so code is loaded while the window's process starts, and the vault is opened while the page's scripts run.
   */
  readonly served: Readonly<Record<Served, Promise<unknown>>>
}

/**
 * Opens the main window, unless the app starts without one. It needs nothing of the vault, whose code is loaded afterwards: the window's
 * process starts meanwhile.
 * @param locked how the window was in the process before, which was locked; null if there was none
 */
export function openFirstWindow(profile: Profile, request: LaunchRequest, locked: View | null): FirstWindow {
  const preferences = new PreferencesStore(profile)
  followLanguage(preferences)
  followTheme(profile, preferences)
  const protection = new ContentProtection(preferences.inUse().contentProtection)
  preferences.onChange(({ contentProtection }) => protection.set(contentProtection))
  const current = new CurrentWindow()
  const servings = new EventEmitter()
  const mainWindow = new MainWindowController(current, {
    make: (bounds) => openMainWindow(assetPaths, bounds, (what) => servings.emit(what)),
    present: showWindow,
    quit: () => app.quit(),
  })
  const hidden = request.hidden || (wasOpenedAtLoginOnMac() && preferences.inUse().startHidden)
  if (locked !== null) mainWindow.resume(locked)
  else if (!hidden) mainWindow.show()
  const served = { page: reached(current.window, once(servings, 'page')), files: reached(current.window, once(servings, 'files')) }
  return { preferences, current, mainWindow, served }
}

/**
 * Resolves when `served` does, or when the window will not get its page: then nothing has to wait for it.
 * @param window null if there is none
 */
function reached(window: BrowserWindow | null, served: Promise<unknown>): Promise<unknown> {
  if (window === null) return Promise.resolve()
  const { webContents } = window
  const events = [
    [webContents, 'dom-ready'],
    [webContents, 'did-fail-load'],
    [webContents, 'render-process-gone'],
    [window, 'closed'],
  ] as const
  return Promise.race([served, ...events.map(([emitter, event]) => once(emitter, event))])
}

/** macOS passes no arguments to what it starts at login. */
function wasOpenedAtLoginOnMac(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
}
