import type { Platform } from '../../../shared/lists/settings.ts'
import { texts } from '../../i18n/texts.svelte.ts'

/** The parts of a key press that make a shortcut. `code` is the physical key, `key` the character that the layout gives it. */
export interface Press {
  readonly code: string
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

const named = new Set(['Space', 'Insert', 'Home', 'End', 'PageUp', 'PageDown'])

/**
 * A key press as main accepts it for a shortcut, such as `Ctrl+Alt+K`. Null for a key alone or with Shift only, which would be taken away
 * from every program.
 */
export function acceleratorOf(press: Press, platform: Platform): string | null {
  const { ctrlKey, altKey, shiftKey, metaKey } = press
  const key = platform === 'darwin' ? keyAt(press.code) : keyOf(press, platform)
  if (key === null || !(ctrlKey || altKey || metaKey)) return null
  return [ctrlKey && 'Ctrl', altKey && 'Alt', shiftKey && 'Shift', metaKey && 'Super', key].filter(Boolean).join('+')
}

/**
 * On Windows and Linux the letter of a shortcut is resolved through the keyboard layout, so the character counts and not the physical key.
 */
function keyOf({ code, key, ctrlKey, altKey }: Press, platform: Platform): string | null {
  if (/^[a-z0-9]$/i.test(key) && !code.startsWith('Numpad')) return key.toUpperCase()
  // Windows treats Ctrl+Alt as AltGr, which types a special character on many keys.
  const isAltGr = platform === 'win32' && ctrlKey && altKey
  // A special character on a key that has a letter on other layouts: the letter is on another key here. Keys of non-Latin scripts have no
  // Latin letter, and count by their position.
  if (code.startsWith('Key') && /^[!-~]$/.test(key) && !isAltGr) return null
  return keyAt(code)
}

function keyAt(code: string): string | null {
  const plain = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(code)
  if (plain !== null) return plain[1] ?? plain[2] ?? null
  return named.has(code) || /^F([1-9]|1\d|2[0-4])$/.test(code) ? code : null
}

/** The keys of a shortcut, as this system names them. */
export function keysOf(accelerator: string, platform: Platform): string[] {
  const symbols = platform === 'darwin' ? { Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Super: '⌘' } : platform === 'win32' ? { Super: 'Win' } : {}
  const names: Readonly<Record<string, string>> = { ...texts().ui.keys, ...symbols }
  return accelerator.split('+').map((key) => names[key] ?? key)
}
