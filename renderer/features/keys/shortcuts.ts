export type Command = 'new' | 'search' | 'sync' | 'copy' | 'reveal' | 'undo' | 'lock' | 'shortcuts' | 'all'

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
  shortcuts: ['?'],
  all: ['Mod', 'Shift', 'A'], // Mod and 0 resets the zoom
}

type Done = 'account' | 'move' | 'ends' | 'type' | 'enter' | 'leave' | Command

interface SheetGroup {
  readonly group: 'go' | 'list' | 'key' | 'app'
  /** `keys` is null for keys that type a character. */
  readonly lines: readonly { readonly does: Done; readonly keys: readonly string[] | null }[]
}

/** What the sheet of shortcuts shows. */
export const sheet: readonly SheetGroup[] = [
  { group: 'go', lines: [line('all'), { does: 'account', keys: ['Mod', '1 – 9'] }, line('search')] },
  {
    group: 'list',
    lines: [
      { does: 'move', keys: ['↑', '↓'] },
      { does: 'ends', keys: ['Home', 'End'] },
      { does: 'type', keys: null },
      { does: 'enter', keys: ['Enter'] },
      { does: 'leave', keys: ['Esc'] },
    ],
  },
  { group: 'key', lines: [line('new'), line('copy'), line('reveal'), line('undo')] },
  { group: 'app', lines: [line('sync'), line('lock'), line('shortcuts')] },
]

function line(does: Command): SheetGroup['lines'][number] {
  return { does, keys: shortcutKeys[does] }
}

/** The command for a key press, or null. `typing`: the focus is in a text field, which handles most keys itself. */
export function commandOf(press: Press, typing: boolean): Command | null {
  if (press.altKey) return null
  const mod = press.ctrlKey || press.metaKey
  const key = press.key.toLowerCase()
  if (!mod && !press.shiftKey && key === 'f5') return 'sync'
  // On some layouts `/` is typed with Shift.
  if (!mod && key === '/') return typing ? null : 'search'
  if (!mod && key === '?') return typing ? null : 'shortcuts'
  if (!mod) return null
  if (press.shiftKey) {
    if (key === 'c') return 'copy'
    if (key === 'a') return 'all'
    return key === 'v' ? 'reveal' : null
  }
  if (key === 'n') return 'new'
  if (key === 'f') return 'search'
  if (key === 'l') return 'lock'
  return key === 'z' && !typing ? 'undo' : null
}
