import { Refusal } from '../../vault/refusal.ts'
import { desktopBrowsers } from './desktop-browsers.ts'
import { macScripts } from './scripts/mac-scripts.ts'
import { PortalTypist } from './portal/portal-typist.ts'
import { start } from './program.ts'
import { ScriptTypist } from './scripts/script-typist.ts'
import type { Typist } from './typist.ts'
import { windowsScripts } from './scripts/windows-scripts.ts'
import { X11Typist } from './x11/x11-typist.ts'

/** Selects the typist for this desktop. */
export function openTypist(platform: string, environment: NodeJS.ProcessEnv): Typist {
  if (platform === 'darwin') return new ScriptTypist(start, macScripts)
  if (platform === 'win32') return new ScriptTypist(start, windowsScripts)
  // Check Wayland first: a Wayland session has an X server too, which only reaches the windows of X11 programs.
  if (isWayland(environment)) return new PortalTypist()
  return environment['DISPLAY'] ? new X11Typist(start, () => desktopBrowsers(environment)) : noTypist
}

export function isWayland(environment: NodeJS.ProcessEnv): boolean {
  return environment['XDG_SESSION_TYPE'] === 'wayland' || Boolean(environment['WAYLAND_DISPLAY'])
}

const noTypist: Typist = {
  unavailable: 'typing-unavailable',
  target: () => Promise.resolve(null),
  waitForKeysReleased: () => Promise.resolve(),
  type: () => Promise.reject(new Refusal('typing-unavailable')),
}
