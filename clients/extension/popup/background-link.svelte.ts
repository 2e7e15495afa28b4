import type { PageMessage, View } from '../popup-messages.ts'
import { webExtension } from '../web-extension.ts'

/** The page's end of the connection to the background. The background has the state; the page only shows it. */
export class BackgroundLink {
  view = $state.raw<View>({ state: 'looking' })
  readonly #port = webExtension.runtime.connect({ name: 'popup' })

  constructor(first: PageMessage) {
    this.#port.onMessage.addListener((message) => (this.view = message as View))
    this.ask(first)
  }

  ask(message: PageMessage): void {
    this.#port.postMessage(message)
  }

  /** In a tab the code stays visible while the app's window has the focus. */
  pairInTab(): void {
    void webExtension.tabs.create({ url: webExtension.runtime.getURL('popup.html?pair') }).then(() => window.close())
  }
}
