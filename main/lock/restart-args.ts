/** The state of the main window at a lock, which the next process restores. */
export interface View {
  /** In the system's pixels; null if the system does not report a position. */
  readonly bounds: Bounds | null
  /** `none`: there was no window, as on macOS after it was closed. */
  readonly shown: (typeof states)[number]
  /** Whether the window had the focus. Otherwise it must not take the focus after an automatic lock. */
  readonly focused: boolean
}

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const states = ['normal', 'maximized', 'minimized', 'hidden', 'none'] as const

const grammar = /^--locked=(?:(-?\d{1,5}),(-?\d{1,5}),(\d{1,5}),(\d{1,5})):(normal|maximized|minimized|hidden|none)(:focused)?$/
const name = '--locked'

/** The argument that tells a new process that the one before it was locked. */
export function lockedArgument({ bounds, shown, focused }: View): string {
  const { x, y, width, height } = bounds ?? { x: 0, y: 0, width: 0, height: 0 }
  return `${name}=${[x, y, width, height].join(',')}:${shown}${focused ? ':focused' : ''}`
}

/**
 * Reads that argument. Anybody may start the app with it, and gets a locked app. A malformed value counts as a lock with default bounds.
 * @returns null if there is no such argument, and the vault is to be opened
 */
export function parseLockedArgument(args: readonly string[]): View | null {
  const word = args.find((one) => one === name || one.startsWith(`${name}=`))
  if (word === undefined) return null
  const [, x, y, width, height, shown = 'normal', focused] = grammar.exec(word) ?? []
  const bounds = { x: Number(x), y: Number(y), width: Number(width), height: Number(height) }
  const isPlace = bounds.width > 0 && bounds.height > 0
  return { bounds: isPlace ? bounds : null, shown: states.find((state) => state === shown) ?? 'normal', focused: focused !== undefined }
}

/** The arguments for the next process: those of this one, without the ones that were for this start only, such as a link. */
export function restartArguments(args: readonly string[], view: View): string[] {
  const once = /^(?:--locked(?:=.*)?|--hidden|--updated|latchkey:.*)$/i
  return [...args.filter((word) => !once.test(word)), lockedArgument(view)]
}
