import { setTimeout as wait } from 'node:timers/promises'
import { Refusal, type RefusalCode } from '../../../vault/refusal.ts'
import type { Secret } from '../../../vault/secret.ts'
import { isInstalled, run, type StartProgram } from '../program.ts'
import { typableText, type Target, type Typist } from '../typist.ts'
import { withDisplay, X11Display } from './display.ts'
import { planSpareKeys, readLayout } from './layout.ts'
import { describeWindow, focusedWindow } from './windows.ts'

const strokeDelayMs = 4 // milliseconds between two strokes
const waitTimeoutMs = 3_000 // milliseconds for a person to let go of the keys, and for the focus to arrive
const programs = ['xdotool', 'xprop']

/**
 * Presses keys through the X server's XTEST extension, so that other processes get the value only as key strokes. The focus is checked
 * before each stroke over the same connection, so that almost no time passes between check and stroke. Typing waits until the person
 * releases all modifiers: if we released and pressed them again, they would be stuck if the person let go meanwhile.
 */
export class X11Typist implements Typist {
  readonly #start: StartProgram
  readonly #open: () => X11Display
  readonly #readBrowsers: () => Promise<ReadonlySet<string>>
  #browsers: Promise<ReadonlySet<string>> | null = null

  /** @param browsers reads the names of the desktop's browsers; called once, at the first `target()` */
  constructor(start: StartProgram, browsers: () => Promise<ReadonlySet<string>>, open = () => new X11Display()) {
    this.#start = start
    this.#open = open
    this.#readBrowsers = browsers
  }

  get unavailable(): RefusalCode | null {
    return programs.every(isInstalled) ? null : 'typing-unavailable'
  }

  async target(): Promise<Target | null> {
    const id = await focusedWindow(this.#start)
    const target = id === null ? null : await this.#describe(id)
    return target?.pid === process.pid ? null : target
  }

  async waitForKeysReleased(): Promise<void> {
    const released = await until(() => !withDisplay(this.#open, (display) => display.state().held))
    if (!released) throw new Refusal('keys-held')
  }

  async type(value: Secret, target: Target, lock: AbortSignal): Promise<void> {
    const text = typableText(value)
    withDisplay(this.#open, (display) => {
      for (const { code, keysyms } of planSpareKeys(readLayout(display), text)) display.mapKey(code, keysyms)
    })
    await this.waitForKeysReleased()
    const focus = await this.#focus(target)
    const display = this.#open()
    try {
      await typeStrokes(display, text, focus, lock)
    } finally {
      display.close()
    }
  }

  /**
   * Activates the target, or sets the focus directly, because not every window manager supports activation.
   * @returns the X window inside the target that has the keyboard
   */
  async #focus({ id, pid, program }: Target): Promise<number> {
    if (!(await this.#hasFocus(id))) {
      const activated = await run(this.#start, 'xdotool', ['windowactivate', id])
      if (activated.status !== 0) await run(this.#start, 'xdotool', ['windowfocus', id])
      if (!(await until(() => this.#hasFocus(id)))) throw new Refusal('target-changed')
    }
    const { focus } = withDisplay(this.#open, (display) => display.state())
    // Check again after reading the focus; later changes are noticed before each stroke. The process is checked too, because X reuses the
    // ids of closed windows.
    const [hasFocus, current] = await Promise.all([this.#hasFocus(id), this.#describe(id)])
    if (!hasFocus || current?.pid !== pid || current.program !== program) throw new Refusal('target-changed')
    return focus
  }

  async #describe(id: string): Promise<Target | null> {
    return describeWindow(this.#start, id, await (this.#browsers ??= this.#readBrowsers()))
  }

  async #hasFocus(id: string): Promise<boolean> {
    return (await focusedWindow(this.#start)) === id
  }
}

/** @param focus the X window inside the target that has the keyboard */
async function typeStrokes(display: X11Display, text: string, focus: number, lock: AbortSignal): Promise<void> {
  const { capsLock, lockedGroup } = display.state()
  const { strokes } = readLayout(display)
  if (capsLock) display.setCapsLock(false)
  try {
    for (const character of text) {
      const stroke = strokes.get(character)
      if (stroke === undefined) throw new Refusal('typing-untypable')
      // A screen lock can grab the keyboard without changing the focus.
      if (lock.aborted) throw new Refusal('locked')
      const now = display.state()
      if (now.focus !== focus) throw new Refusal('target-changed')
      if (now.group !== stroke.group) display.switchGroup(stroke.group)
      display.press(stroke.codes)
      await wait(strokeDelayMs)
    }
    // The last stroke may have gone to another window.
    if (display.state().focus !== focus) throw new Refusal('target-changed')
  } finally {
    if (capsLock) display.setCapsLock(true)
    display.switchGroup(lockedGroup)
  }
}

/** @returns whether the condition became true in time */
async function until(isTrue: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const deadline = Date.now() + waitTimeoutMs; Date.now() < deadline; await wait(15)) if (await isTrue()) return true
  return isTrue()
}
