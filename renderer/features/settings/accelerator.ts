import { texts } from '../../i18n/texts.svelte.ts'

/** The parts of a key press that name keys pressed together. `code` is the place of the key, `key` what its layout has there. */
export interface Press {
  readonly code: string
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

type Platform = 'linux' | 'darwin' | 'win32'

const named = new Set(['Space', 'Insert', 'Home', 'End', 'PageUp', 'PageDown'])

/**
 * A press as main takes it for a shortcut, such as `Ctrl+Alt+K`; null for one that cannot be one: a key alone, or with Shift only,
 * would be taken away from every program.
 */
export function acceleratorOf(press: Press, platform: Platform): string | null {
  const { ctrlKey, altKey, shiftKey, metaKey } = press
  const key = platform === 'darwin' ? keyAt(press.code) : keyOf(press, platform)
  if (key === null || !(ctrlKey || altKey || metaKey)) return null
  return [ctrlKey && 'Ctrl', altKey && 'Alt', shiftKey && 'Shift', metaKey && 'Super', key].filter(Boolean).join('+')
}

/** Off macOS a shortcut's letter is looked for in the layout: it is the one that the pressed key has there, wherever that is. */
function keyOf({ code, key, ctrlKey, altKey }: Press, platform: Platform): string | null {
  if (/^[a-z0-9]$/i.test(key) && !code.startsWith('Numpad')) return key.toUpperCase()
  // Windows takes Ctrl and Alt for AltGr, which has a sign of its own on many letters.
  const isAltGr = platform === 'win32' && ctrlKey && altKey
  // A sign where another layout has a letter: that letter is on another key. Other scripts' letters have none, and stand for their places.
  if (code.startsWith('Key') && /^[!-~]$/.test(key) && !isAltGr) return null
  return keyAt(code)
}

function keyAt(code: string): string | null {
  const plain = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(code)
  if (plain !== null) return plain[1] ?? plain[2] ?? null
  return named.has(code) || /^F([1-9]|1\d|2[0-4])$/.test(code) ? code : null
}

/** The keys of a shortcut, as they are called on this system. */
export function keysOf(accelerator: string, platform: Platform): string[] {
  const symbols = platform === 'darwin' ? { Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Super: '⌘' } : platform === 'win32' ? { Super: 'Win' } : {}
  const names: Readonly<Record<string, string>> = { ...texts().look.keys, ...symbols }
  return accelerator.split('+').map((key) => names[key] ?? key)
}
