import { Refusal } from '../../vault/refusal.ts'
import { desktopBrowsers } from './desktop-browsers.ts'
import { macScripts } from './mac-scripts.ts'
import { PortalTypist } from './portal-typist.ts'
import { start } from './program.ts'
import { ScriptTypist } from './script-typist.ts'
import type { Typist } from './typist.ts'
import { windowsScripts } from './windows-scripts.ts'
import { X11Typist } from './x11-typist.ts'

/** The way of typing that this desktop has. */
export function openTypist(platform: string, environment: NodeJS.ProcessEnv): Typist {
  if (platform === 'darwin') return new ScriptTypist(start, macScripts)
  if (platform === 'win32') return new ScriptTypist(start, windowsScripts)
  // A Wayland session has an X server too, which sees and reaches the windows of old programs alone.
  if (isWayland(environment)) return new PortalTypist()
  return environment['DISPLAY'] ? new X11Typist(start, () => desktopBrowsers(environment)) : noTypist
}

export function isWayland(environment: NodeJS.ProcessEnv): boolean {
  return environment['XDG_SESSION_TYPE'] === 'wayland' || Boolean(environment['WAYLAND_DISPLAY'])
}

const noTypist: Typist = {
  barred: 'typing-unavailable',
  target: () => Promise.resolve(null),
  waitForKeysReleased: () => Promise.resolve(),
  type: () => Promise.reject(new Refusal('typing-unavailable')),
}
