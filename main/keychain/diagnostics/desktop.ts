import type { KeychainReport } from '../../vault/keychain/examine-keychain.ts'

/** XDG_CURRENT_DESKTOP is a list, as `ubuntu:GNOME`, of what the desktop is and what it is like. */
const names: readonly [RegExp, KeychainReport['desktop']][] = [
  [/^gnome/i, 'gnome'],
  [/^kde$/i, 'kde'],
  [/^xfce$/i, 'xfce'],
]

/** @returns `none` where there is no screen that could ask for a keyring's password */
export function desktopOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): KeychainReport['desktop'] {
  if (platform === 'darwin') return 'macos'
  if (platform === 'win32') return 'windows'
  const current = (env['XDG_CURRENT_DESKTOP'] ?? '').split(':')
  for (const [pattern, desktop] of names) if (current.some((name) => pattern.test(name))) return desktop
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? 'other' : 'none'
}
