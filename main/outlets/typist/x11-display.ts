import { Refusal } from '../../vault/refusal.ts'
import { type X11Library, x11Library } from './x11-library.ts'

export interface DisplayState {
  /** The number of the window that the keyboard goes to, which may be a part of a program's window. */
  readonly focus: number
  /** A key is down, or a modifier would change what others give. */
  readonly held: boolean
  readonly capsLock: boolean
  /** Modifiers that are on and count as no key held. */
  readonly steady: number
  /** Which of the keyboard's layouts is in effect. */
  readonly group: number
  /** Which of them was switched on. */
  readonly lockedGroup: number
}

const coreKeyboard = 0x100
const capsLock = 0x02
/** Num Lock, and what some layouts keep on for ever. */
const ignoredModifiers = 0x10 | 0x20
/** Where libX11's XkbStateRec has them. */
const at = { group: 0, lockedGroup: 1, mods: 6 }

/**
 * A connection to the X server, for where the keyboard goes, what is down on it, what its keys give, and for strokes. None of the
 * requests can fail in a way that Xlib ends the process for.
 */
export class X11Display {
  readonly #library: X11Library
  readonly #display: unknown

  /** @throws Refusal `typing-unavailable` without an X server */
  constructor() {
    this.#library = x11Library()
    this.#display = this.#library.XOpenDisplay(null)
    if (this.#display === null) throw new Refusal('typing-unavailable')
  }

  close(): void {
    this.#library.XCloseDisplay(this.#display)
  }

  state(): DisplayState {
    const focus: [number] = [0]
    const keys = new Uint8Array(32)
    const state = new Uint8Array(32)
    this.#library.XGetInputFocus(this.#display, focus, [0])
    this.#library.XQueryKeymap(this.#display, keys)
    this.#library.XkbGetState(this.#display, coreKeyboard, state)
    const mods = state[at.mods] ?? 0
    return {
      focus: focus[0],
      held: keys.some((bits) => bits !== 0) || (mods & ~(capsLock | ignoredModifiers)) !== 0,
      capsLock: (mods & capsLock) !== 0,
      steady: mods & ignoredModifiers,
      group: state[at.group] ?? 0,
      lockedGroup: state[at.lockedGroup] ?? 0,
    }
  }

  setCapsLock(on: boolean): void {
    this.#library.XkbLockModifiers(this.#display, coreKeyboard, capsLock, on ? capsLock : 0)
    this.#library.XSync(this.#display, 0)
  }

  switchGroup(group: number): void {
    this.#library.XkbLockGroup(this.#display, coreKeyboard, group)
    this.#library.XSync(this.#display, 0)
  }

  /** Every code that a key can have. */
  keycodes(): number[] {
    const [first, last]: [[number], [number]] = [[0], [0]]
    this.#library.XDisplayKeycodes(this.#display, first, last)
    return Array.from({ length: last[0] - first[0] + 1 }, (_, index) => first[0] + index)
  }

  /** @returns 0 where a key has no such group or level, or nothing there */
  keysym(code: number, group: number, level: number): number {
    return this.#library.XkbKeycodeToKeysym(this.#display, code, group, level)
  }

  /** What a key gives while these modifiers and this group are on. */
  keysymWith(code: number, modifiers: number, group: number): number {
    const keysym: [number] = [0]
    const groupBits = group << 13
    this.#library.XkbLookupKeySym(this.#display, code, modifiers | groupBits, [0], keysym)
    return keysym[0]
  }

  /** The modifiers that a key with this keysym turns on. */
  modifiersOf(keysym: number): number {
    return this.#library.XkbKeysymToModifiers(this.#display, keysym)
  }

  /** Has a key give these from now on: two levels in each of two groups. The connection goes on reading what it gave before. */
  mapKey(code: number, keysyms: readonly number[]): void {
    this.#library.XChangeKeyboardMapping(this.#display, code, keysyms.length, [...keysyms], 1)
    this.#library.XSync(this.#display, 0)
  }

  /**
   * Presses keys in this order and lets them go in the opposite one, as one hand would.
   * @throws Refusal `typing-unavailable` without XTEST
   */
  press(codes: readonly number[]): void {
    for (const code of codes) this.#key(code, true)
    for (const code of [...codes].reverse()) this.#key(code, false)
    this.#library.XSync(this.#display, 0)
  }

  #key(code: number, isPress: boolean): void {
    if (this.#library.XTestFakeKeyEvent(this.#display, code, Number(isPress), 0) === 0) throw new Refusal('typing-unavailable')
  }
}

/** @throws Refusal `typing-unavailable` */
export function withDisplay<T>(open: () => X11Display, work: (display: X11Display) => T): T {
  const display = open()
  try {
    return work(display)
  } finally {
    display.close()
  }
}
