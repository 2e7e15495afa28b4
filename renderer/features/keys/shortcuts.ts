export type Command = 'new' | 'search' | 'sync' | 'copy' | 'reveal' | 'undo' | 'lock'

/** The parts of a keyboard event that are evaluated. */
export interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/** The keys of each command, as menus and tooltips show them. */
export const shortcutKeys: Record<Command, readonly string[]> = {
  new: ['Mod', 'N'],
  search: ['/'],
  sync: ['F5'],
  copy: ['Mod', 'Shift', 'C'],
  reveal: ['Mod', 'Shift', 'V'],
  undo: ['Mod', 'Z'],
  lock: ['Mod', 'L'],
}

/** The command for a key press, or null. `typing`: the focus is in a text field, which handles most keys itself. */
export function commandOf(press: Press, typing: boolean): Command | null {
  if (press.altKey) return null
  const mod = press.ctrlKey || press.metaKey
  const key = press.key.toLowerCase()
  if (!mod && !press.shiftKey && key === 'f5') return 'sync'
  // On some layouts `/` is typed with Shift.
  if (!mod && key === '/') return typing ? null : 'search'
  if (!mod) return null
  if (press.shiftKey) {
    if (key === 'c') return 'copy'
    return key === 'v' ? 'reveal' : null
  }
  if (key === 'n') return 'new'
  if (key === 'f') return 'search'
  if (key === 'l') return 'lock'
  return key === 'z' && !typing ? 'undo' : null
}
