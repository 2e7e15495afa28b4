/** How the window was when the app locked, and is to be again. */
export interface View {
  /** In the system's pixels; null where the system tells no place. */
  readonly bounds: Bounds | null
  /** `none`: there was no window, as on macOS after it was closed. */
  readonly shown: (typeof states)[number]
  /** Only then does it take the keyboard: nobody asked for a lock that came by itself. */
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

/** The word by which a new process knows that the one before it was locked. */
export function lockedWord({ bounds, shown, focused }: View): string {
  const { x, y, width, height } = bounds ?? { x: 0, y: 0, width: 0, height: 0 }
  return `${name}=${[x, y, width, height].join(',')}:${shown}${focused ? ':focused' : ''}`
}

/**
 * Whoever starts the app may say so too, and gets a locked app. What cannot be read is a lock all the same.
 * @returns null for a start that opens the vault by itself
 */
export function lockedStart(words: readonly string[]): View | null {
  const word = words.find((one) => one === name || one.startsWith(`${name}=`))
  if (word === undefined) return null
  const [, x, y, width, height, shown = 'normal', focused] = grammar.exec(word) ?? []
  const bounds = { x: Number(x), y: Number(y), width: Number(width), height: Number(height) }
  const isPlace = bounds.width > 0 && bounds.height > 0
  return { bounds: isPlace ? bounds : null, shown: states.find((state) => state === shown) ?? 'normal', focused: focused !== undefined }
}

/** The words of the process before, without what was said to that one alone: a link must not be followed again. */
export function wordsAgain(words: readonly string[], view: View): string[] {
  const once = /^(?:--locked(?:=.*)?|--hidden|--updated|latchkey:.*)$/i
  return [...words.filter((word) => !once.test(word)), lockedWord(view)]
}
