import { texts } from '../words/texts.svelte.ts'

/** The parts of a key press that name keys pressed together. `code` is the place of the key, whatever its layout puts there. */
export interface Press {
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

const named = new Set(['Space', 'Insert', 'Home', 'End', 'PageUp', 'PageDown'])

/**
 * A press as main takes it for a shortcut, such as `Ctrl+Alt+K`; null for one that cannot be one: a key alone, or with Shift only,
 * would be taken away from every program.
 */
export function acceleratorOf({ code, ctrlKey, altKey, shiftKey, metaKey }: Press): string | null {
  const key = keyOf(code)
  if (key === null || !(ctrlKey || altKey || metaKey)) return null
  return [ctrlKey && 'Ctrl', altKey && 'Alt', shiftKey && 'Shift', metaKey && 'Super', key].filter(Boolean).join('+')
}

function keyOf(code: string): string | null {
  const plain = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(code)
  if (plain !== null) return plain[1] ?? plain[2] ?? null
  return named.has(code) || /^F([1-9]|1\d|2[0-4])$/.test(code) ? code : null
}

/** The keys of a shortcut, as they are called on this system. */
export function keysOf(accelerator: string, platform: 'linux' | 'darwin' | 'win32'): string[] {
  const symbols = platform === 'darwin' ? { Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Super: '⌘' } : platform === 'win32' ? { Super: 'Win' } : {}
  const names: Readonly<Record<string, string>> = { ...texts().look.keys, ...symbols }
  return accelerator.split('+').map((key) => names[key] ?? key)
}
