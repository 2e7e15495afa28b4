import { Refusal } from '../../../vault/refusal.ts'
import { type X11Library, x11Library } from './library.ts'

export interface DisplayState {
  /** The id of the X window that has the keyboard. It may be a part of a program's window. */
  readonly focus: number
  /** Whether a key is down, or a modifier is active that would change other keys. */
  readonly held: boolean
  readonly capsLock: boolean
  /** Active modifiers that do not count as held keys. */
  readonly steady: number
  /** The layout in effect. */
  readonly group: number
  /** The layout that was selected permanently. */
  readonly lockedGroup: number
}

const coreKeyboard = 0x100
const capsLock = 0x02
/** Num Lock, and modifiers that some layouts keep active. */
const ignoredModifiers = 0x10 | 0x20
/** Offsets in libX11's XkbStateRec. */
const at = { group: 0, lockedGroup: 1, mods: 6 }

/**
 * A connection to the X server that reads the keyboard's focus, state and layout, and presses keys. None of its requests can cause an X
 * error for which Xlib ends the process.
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

  /** All key codes. */
  keycodes(): number[] {
    const [first, last]: [[number], [number]] = [[0], [0]]
    this.#library.XDisplayKeycodes(this.#display, first, last)
    return Array.from({ length: last[0] - first[0] + 1 }, (_, index) => first[0] + index)
  }

  /** @returns 0 where a key has no such group or level, or nothing there */
  keysym(code: number, group: number, level: number): number {
    return this.#library.XkbKeycodeToKeysym(this.#display, code, group, level)
  }

  /** The keysym of a key with these modifiers in this group. */
  keysymWith(code: number, modifiers: number, group: number): number {
    const keysym: [number] = [0]
    const groupBits = group << 13
    this.#library.XkbLookupKeySym(this.#display, code, modifiers | groupBits, [0], keysym)
    return keysym[0]
  }

  /** The modifiers that a key with this keysym activates. */
  modifiersOf(keysym: number): number {
    return this.#library.XkbKeysymToModifiers(this.#display, keysym)
  }

  /** Maps a key to these keysyms: two levels in each of two groups. This connection still reads the old mapping. */
  mapKey(code: number, keysyms: readonly number[]): void {
    this.#library.XChangeKeyboardMapping(this.#display, code, keysyms.length, [...keysyms], 1)
    this.#library.XSync(this.#display, 0)
  }

  /** Presses keys in this order and releases them in reverse. @throws Refusal `typing-unavailable` without XTEST */
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
