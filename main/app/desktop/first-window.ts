import { app } from 'electron'
import type { LaunchRequest } from '../../desktop/launch-request.ts'
import { assetPaths } from '../../install/asset-paths.ts'
import type { View } from '../../lock/restart-args.ts'
import { followLanguage } from '../../settings/language.ts'
import { PreferencesStore } from '../../settings/preferences.ts'
import type { Profile } from '../../settings/profile.ts'
import { followTheme } from '../../settings/theme.ts'
import { ContentProtection } from '../../windows/content-protection.ts'
import { openMainWindow, showWindow } from '../../windows/main-window.ts'
import { CurrentWindow } from './current-window.ts'
import { MainWindowController } from './main-window-controller.ts'

/** The main window, and the preferences that it is shown with. */
export interface FirstWindow {
  readonly preferences: PreferencesStore
  readonly current: CurrentWindow
  readonly mainWindow: MainWindowController
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
  const mainWindow = new MainWindowController(current, {
    make: (bounds) => openMainWindow(assetPaths, bounds),
    present: showWindow,
    quit: () => app.quit(),
  })
  const hidden = request.hidden || (wasOpenedAtLoginOnMac() && preferences.inUse().startHidden)
  if (locked !== null) mainWindow.resume(locked)
  else if (!hidden) mainWindow.show()
  return { preferences, current, mainWindow }
}

/** macOS passes no arguments to what it starts at login. */
function wasOpenedAtLoginOnMac(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
}
