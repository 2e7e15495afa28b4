import { setTimeout as wait } from 'node:timers/promises'
import { Refusal, type RefusalCode } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'
import { isInstalled, run, type Start, type Waiting } from './program.ts'
import { piecesOf, typableText, type Target, type Typist } from './typist.ts'
import type { DisplayState } from './x11-display.ts'
import { coverCharacters } from './x11-layout.ts'
import { describeWindow, focusedWindow } from './x11-windows.ts'

const pieceLength = 4
const delay = 4 // milliseconds between two strokes
const patience = 3_000 // milliseconds for a person to let go of the keys, and for the focus to arrive
const programs = ['xdotool', 'xmodmap', 'xprop']

/**
 * Types by `xdotool type`, which presses keys as a keyboard does: the value goes in at its standard input, and no argument ever holds
 * a piece of it. The program for each piece is started before the focus is looked at, so that next to nothing lies between look and
 * stroke.
 */
export class X11Typist implements Typist {
  readonly #start: Start
  readonly #display: () => DisplayState
  readonly #readBrowsers: () => Promise<ReadonlySet<string>>
  #browsers: Promise<ReadonlySet<string>> | null = null

  /** @param browsers reads the names of those that the desktop lists; asked once, at the first look for a target */
  constructor(start: Start, display: () => DisplayState, browsers: () => Promise<ReadonlySet<string>>) {
    this.#start = start
    this.#display = display
    this.#readBrowsers = browsers
  }

  get barred(): RefusalCode | null {
    return programs.every(isInstalled) ? null : 'typing-unavailable'
  }

  async target(): Promise<Target | null> {
    const id = await focusedWindow(this.#start)
    const target = id === null ? null : await this.#describe(id)
    return target?.pid === process.pid ? null : target
  }

  async released(): Promise<void> {
    const held = await until(() => !this.#display().held)
    if (!held) throw new Refusal('keys-held')
  }

  async type(value: Secret, target: Target, lock: AbortSignal): Promise<void> {
    const text = typableText(value)
    await coverCharacters(this.#start, text)
    await this.released()
    const focus = await this.#focus(target)
    const capsLock = this.#display().capsLock
    if (capsLock) await this.#toggleCapsLock()
    try {
      await this.#typePieces(piecesOf(text, pieceLength), focus, lock)
    } finally {
      if (capsLock) await this.#toggleCapsLock()
    }
  }

  /**
   * Not every window manager knows activation; the focus itself every X server does.
   * @returns where in the target the keyboard goes
   */
  async #focus({ id, pid, program }: Target): Promise<number> {
    if (!(await this.#hasFocus(id))) {
      const activated = await run(this.#start, 'xdotool', ['windowactivate', id])
      if (activated.status !== 0) await run(this.#start, 'xdotool', ['windowfocus', id])
      if (!(await until(() => this.#hasFocus(id)))) throw new Refusal('target-changed')
    }
    const { focus } = this.#display()
    // Looked at again after that: what takes the focus from here on is seen before each piece. And X gives the number of a closed
    // window to the next one.
    const [still, now] = await Promise.all([this.#hasFocus(id), this.#describe(id)])
    if (!still || now?.pid !== pid || now.program !== program) throw new Refusal('target-changed')
    return focus
  }

  async #describe(id: string): Promise<Target | null> {
    return describeWindow(this.#start, id, await (this.#browsers ??= this.#readBrowsers()))
  }

  async #hasFocus(id: string): Promise<boolean> {
    return (await focusedWindow(this.#start)) === id
  }

  async #typePieces(pieces: readonly string[], focus: number, lock: AbortSignal): Promise<void> {
    let ready: Waiting | null = null
    try {
      for (const [index, piece] of pieces.entries()) {
        ready ??= this.#startTyping()
        // A screen's lock may take the keys without taking the focus.
        if (lock.aborted) throw new Refusal('locked')
        if (this.#display().focus !== focus) throw new Refusal('target-changed')
        const typing = ready.finish(piece)
        ready = index + 1 < pieces.length ? this.#startTyping() : null
        const { status } = await typing
        if (status !== 0) throw new Refusal('typing-unavailable')
      }
    } finally {
      ready?.end()
    }
    // The last piece may have gone astray as well.
    if (this.#display().focus !== focus) throw new Refusal('target-changed')
  }

  #startTyping(): Waiting {
    return this.#start('xdotool', ['type', '--delay', String(delay), '--file', '-'])
  }

  async #toggleCapsLock(): Promise<void> {
    const { status } = await run(this.#start, 'xdotool', ['key', 'Caps_Lock'])
    if (status !== 0) throw new Refusal('typing-unavailable')
  }
}

/** @returns whether it came to be so in time */
async function until(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; await wait(15)) if (await isSo()) return true
  return isSo()
}
