import type { Desktop } from '../../../shared/lists/keychain.ts'

/** XDG_CURRENT_DESKTOP is a list such as `ubuntu:GNOME`: the desktop and what it is based on. */
const names: readonly [RegExp, Desktop][] = [
  [/^gnome/i, 'gnome'],
  [/^kde$/i, 'kde'],
  [/^xfce$/i, 'xfce'],
]

/** @returns `none` if no display could show a prompt for a keyring's password */
export function desktopOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Desktop {
  if (platform === 'darwin') return 'macos'
  if (platform === 'win32') return 'windows'
  const current = (env['XDG_CURRENT_DESKTOP'] ?? '').split(':')
  for (const [pattern, desktop] of names) if (current.some((name) => pattern.test(name))) return desktop
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? 'other' : 'none'
}
