import * as v from 'valibot'
import type { App } from './app.ts'
import { showOnBadge } from './badge.ts'
import { Filling } from './filling.ts'
import type { PageMessage, View } from '../popup-messages.ts'
import { pageMessage } from '../popup-messages.ts'
import { codeOf } from '../trouble.ts'
import type { Port, Sender } from '../web-extension.ts'
import { webExtension } from '../web-extension.ts'

type Pairing = Awaited<ReturnType<App['pair']>>

/**
 * Serves the popup, and the same page in a tab, where a pairing stays visible. A popup closes when it loses the focus, as it does when the
 * app shows a prompt. What was begun continues here.
 */
export class PopupServer {
  readonly #app: App
  readonly #fillings = new Map<number, Filling>()
  readonly #ports = new Set<Port>()
  /** `beginning`: no code is known yet. */
  #pairing: { readonly under: Pairing; confirmed: boolean } | 'beginning' | null = null

  constructor(app: App) {
    this.#app = app
  }

  listen(): void {
    webExtension.runtime.onConnect.addListener((port) => {
      if (!isOwnPage(port.sender)) return port.disconnect()
      this.#ports.add(port)
      port.onDisconnect.addListener(() => void this.#ports.delete(port))
      port.onMessage.addListener((message) => {
        const parsed = v.safeParse(pageMessage, message)
        if (parsed.success) void this.#hear(port, parsed.output)
      })
    })
  }

  async #hear(port: Port, message: PageMessage): Promise<void> {
    if (message.ask === 'pair') return this.#pair()
    if (message.ask === 'confirm') return this.#confirm()
    if (message.ask === 'cancel') return this.#cancel()
    const [tab] = await webExtension.tabs.query({ active: true, lastFocusedWindow: true })
    const tabId = tab?.id
    if (tabId === undefined) return
    const tell = (view: View): void => {
      if (this.#ports.has(port)) port.postMessage(view)
    }
    // A fill that was begun goes on when the popup is closed. The result of a mere search would be useless then.
    const show = (view: View): void => {
      tell(view)
      if (message.ask !== 'look') void showOnBadge(tabId, view)
    }
    try {
      if (message.ask === 'look') return await this.#look(tabId, tell)
      const filling = this.#fillings.get(tabId)
      if (message.ask === 'fill') await filling?.fill(message.ref, show)
      else await filling?.learn(show)
    } catch (thrown) {
      show(troubleOf(thrown))
    }
  }

  async #look(tabId: number, tell: (view: View) => void): Promise<void> {
    if (this.#pairing === 'beginning') return tell({ state: 'looking' })
    if (this.#pairing !== null) return tell(this.#pairingView(this.#pairing))
    tell({ state: 'looking' })
    void showOnBadge(tabId, { state: 'looking' }) // the user has seen the result of the last gesture by now
    const filling = await Filling.of(this.#app, tabId)
    this.#fillings.set(tabId, filling)
    tell(filling.view())
  }

  async #pair(): Promise<void> {
    if (this.#pairing === 'beginning') return this.#toAll({ state: 'looking' })
    if (this.#pairing !== null) return this.#toAll(this.#pairingView(this.#pairing))
    try {
      // Set before the first await: a second tab that asks meanwhile shows this pairing, instead of starting another one that would end it.
      this.#pairing = 'beginning'
      const under = await this.#app.pair()
      this.#pairing = { under, confirmed: false }
      this.#toAll(this.#pairingView(this.#pairing))
      await under.done
      this.#pairing = null
      this.#toAll({ state: 'paired' })
    } catch (thrown) {
      this.#pairing = null
      this.#toAll(troubleOf(thrown))
    }
  }

  #cancel(): void {
    if (this.#pairing !== null && this.#pairing !== 'beginning') this.#pairing.under.cancel()
  }

  #confirm(): void {
    if (this.#pairing === null || this.#pairing === 'beginning') return
    this.#pairing.under.confirm()
    this.#pairing.confirmed = true
    this.#toAll(this.#pairingView(this.#pairing))
  }

  #pairingView({ under, confirmed }: { under: Pairing; confirmed: boolean }): View {
    return { state: 'pairing', code: under.code, confirmed }
  }

  #toAll(view: View): void {
    for (const port of this.#ports) port.postMessage(view)
  }
}

/** Only the extension's own pages have its address. Other senders can open a port too. */
function isOwnPage(sender: Sender | undefined): boolean {
  const address = (sender?.url ?? '').split(/[?#]/)[0]
  return sender?.id === webExtension.runtime.id && address === webExtension.runtime.getURL('popup.html')
}

function troubleOf(thrown: unknown): View {
  const code = codeOf(thrown)
  return code === 'pairing-needed' ? { state: 'unpaired' } : { state: 'trouble', code }
}
