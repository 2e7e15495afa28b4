import { type IpcMainInvokeEvent, type WebContents, webContents } from 'electron'
import { until } from '../../until.ts'
import type { Listener } from './surroundings.ts'
import { withDeadline } from '../../../shared/deadline.ts'

export type PageName = 'index' | 'prompt' | 'palette'

/** The timeout for an answer, in milliseconds: longer than a prompt stays open. */
const patience = 90_000

/** The app's windows, and the handlers that listen to them. */
export class Senders {
  readonly #listeners: ReadonlyMap<string, Listener>
  readonly #crash: (what: string, more: unknown) => void
  readonly #windows = new Map<PageName, WebContents>()

  constructor(listeners: ReadonlyMap<string, Listener>, crash: (what: string, more: unknown) => void) {
    this.#listeners = listeners
    this.#crash = crash
  }

  /** Sent as the preload of that window's page sends it. */
  invoke(page: PageName, name: string, input: unknown): Promise<unknown> {
    const sender = this.contents(page)
    return this.call(name, { sender, senderFrame: sender?.mainFrame ?? null }, input)
  }

  /** @returns null if there was no answer, or the handler threw: neither may happen */
  async call(name: string, event: object, input: unknown): Promise<unknown> {
    const listener = this.#listeners.get(`call:${name}`)
    if (listener === undefined) throw new Error(`nothing listens to ${name}`)
    try {
      const told = await withDeadline(Promise.resolve(listener(event as IpcMainInvokeEvent, input)), patience, () => null)
      if (told === null) this.#crash(`${name} was not answered`, input)
      return told
    } catch (error) {
      this.#crash(`${name} threw`, error)
      return null
    }
  }

  /** @returns the window that shows that page; null if there is none now */
  contents(page: PageName): WebContents | null {
    const known = this.#windows.get(page)
    if (known?.isDestroyed() === false) return known
    const found = webContents.getAllWebContents().find((one) => !one.isDestroyed() && one.getURL() === `app://bundle/${page}.html`)
    if (found !== undefined) this.#windows.set(page, found)
    return found ?? null
  }

  others(page: PageName): WebContents[] {
    return (['index', 'prompt', 'palette'] as const).filter((other) => other !== page).flatMap((other) => this.contents(other) ?? [])
  }

  /** Windows may have closed or opened meanwhile. */
  lookAgain(): void {
    this.#windows.clear()
  }

  async untilShown(): Promise<void> {
    await until(
      () => this.contents('index') !== null && this.contents('palette') !== null,
      () => 'the windows',
      60_000,
    )
  }
}
