import { beforeEach, expect, it, vi } from 'vitest'
import type { App } from '../../../../clients/extension/background/app.ts'
import type { PageMessage, View } from '../../../../clients/extension/popup-messages.ts'

type Begun = Awaited<ReturnType<App['pair']>>

/** The app's side of a pairing: the test decides when the code arrives and when it is confirmed. */
class SlowApp {
  pairings = 0
  code: () => void = () => {}
  paired: () => void = () => {}
  readonly cancelled = vi.fn()

  async pair(): Promise<Begun> {
    this.pairings += 1
    await new Promise<void>((resolve) => (this.code = resolve))
    const done = new Promise<void>((resolve) => (this.paired = resolve))
    return { code: '482913', confirm: () => {}, cancel: this.cancelled, done } as unknown as Begun
  }
}

let app: SlowApp
let connected: (port: object) => void

beforeEach(async () => {
  app = new SlowApp()
  const url = 'chrome-extension://id/popup.html'
  const onConnect = { addListener: (heard: typeof connected) => void (connected = heard) }
  vi.stubGlobal('chrome', { runtime: { id: 'id', getURL: () => url, onConnect }, i18n: { getUILanguage: () => 'en' } })
  vi.resetModules()
  const { PopupServer } = await import('../../../../clients/extension/background/popup-server.ts')
  new PopupServer(app as unknown as App).listen()
})

function openTab(): { ask: (message: PageMessage) => void; views: View[] } {
  const views: View[] = []
  let ask: (message: PageMessage) => void = () => {}
  connected({
    sender: { id: 'id', url: 'chrome-extension://id/popup.html?pair' },
    onMessage: { addListener: (heard: typeof ask) => void (ask = heard) },
    onDisconnect: { addListener: () => {} },
    postMessage: (view: View) => views.push(view),
  })
  ask({ ask: 'pair' })
  return { ask, views }
}

// Regression: a second tab that was opened before the first had its code began a pairing of its own, and each ended the other.
it('two pairing tabs show the same pairing, and both see how it ends', async () => {
  const [first, second] = [openTab(), openTab()]
  app.code()
  await vi.waitFor(() => expect(first.views.at(-1)).toEqual({ state: 'pairing', code: '482913', confirmed: false }))
  expect(second.views.at(-1)).toEqual(first.views.at(-1))
  app.paired()
  await vi.waitFor(() => expect(second.views.at(-1)).toEqual({ state: 'paired' }))
  expect(first.views.at(-1)).toEqual({ state: 'paired' })
  expect([app.pairings, app.cancelled.mock.calls]).toEqual([1, []])
})

it('a tab that is opened during the comparison shows the same code', async () => {
  const first = openTab()
  app.code()
  await vi.waitFor(() => expect(first.views).toHaveLength(1))
  expect(openTab().views).toEqual([{ state: 'pairing', code: '482913', confirmed: false }])
  expect(app.pairings).toBe(1)
})
