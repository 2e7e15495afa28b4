import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startScreen } from '../../main/outlets/typist/screen.ts'
import type { Site } from '../../pages/site.ts'
import { serveSite } from '../../pages/site.ts'
import { type AppSide, registerHost, startAppSide } from './app-side.ts'
import { type Chromium, extensionPage, startChromium } from './chromium.ts'

/** The whole way in a Chromium: a person's gesture, the extension, the host, the agent, the gate, and back into the field. */
let screen: Awaited<ReturnType<typeof startScreen>>
let app: AppSide
let site: Site
let browser: Chromium
let value: string
const soon = { timeout: 8_000, interval: 50 }

beforeAll(async () => {
  screen = await startScreen()
  app = await startAppSide()
  site = await serveSite()
  registerHost(join(app.env['HOME'] ?? '', 'chromium', 'NativeMessagingHosts'), 'chromium')
  browser = await startChromium(app.env)
})
afterAll(async () => {
  await browser.close()
  await site.close()
  app.stop()
  screen.end()
})

function open(path: string): Promise<unknown> {
  return browser.page.goto(`${site.origin}/${path}`)
}
function typed(selector = '#field'): Promise<string> {
  return browser.page.locator(selector).inputValue()
}

describe('a Chromium that is not paired', () => {
  it('says so, and is given nothing', async () => {
    ;({ value } = await app.key('billing-api', site.origin))
    await open('plain.html')
    browser.press('popup')
    await expect.poll(() => browser.popup(), soon).toContain('Pair this browser with Latchkey')
    browser.type('Escape')
    expect(app.house.approver.asked).toEqual([])
  })

  it('pairs by a code that both show, once both have confirmed it', async () => {
    let confirmInApp = (): void => undefined
    app.person.pairing = () => new Promise<void>((resolve) => (confirmInApp = resolve))
    const tab = await browser.context.newPage()
    await tab.goto(`${extensionPage}?pair`)
    const code = (await tab.locator('.code').getAttribute('aria-label'))?.replaceAll(' ', '')
    expect(code).toBe(app.person.codes[0])
    await tab.getByRole('button', { name: 'Same code' }).click()
    await tab.getByText('confirm it in Latchkey’s window').waitFor()
    expect(app.pairings()).toBe(0)
    confirmInApp()
    await tab.getByText('This browser is paired').waitFor()
    expect(app.pairings()).toBe(1)
    await tab.close()
  })
})

describe('a gesture in a paired Chromium', () => {
  beforeEach(() => {
    app.house.approver.asked.length = 0
    app.house.approver.answer = 'once'
  })
  afterEach(() => expect(app.faults).toEqual([]))

  it('fills by the shortcut, asked for as what the system says', async () => {
    await open('plain.html')
    browser.press('fill')
    await expect.poll(() => typed(), soon).toBe(value)
    expect(await browser.badge()).toBe('✓')
    expect(app.house.approver.asked).toMatchObject([
      { purpose: 'fill', requester: { kind: 'site', origin: site.origin, browser: expect.stringMatching(/chromium$/) as string } },
    ])
  })

  it('fills from the popup, on Enter', async () => {
    await open('plain.html')
    browser.press('popup')
    await expect.poll(() => browser.popup(), soon).toContain('billing-api')
    browser.type('Return')
    await expect.poll(() => typed(), soon).toBe(value)
  })
})
