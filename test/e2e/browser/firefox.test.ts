import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startScreen } from '../../main/outlets/typist/screen.ts'
import type { Site } from '../../pages/site.ts'
import { serveSite } from '../../pages/site.ts'
import { type AppSide, filesWith, registerHost, startAppSide } from './app-side.ts'
import { extensionPage, type Firefox, startFirefox } from './firefox.ts'

/** The same way in a Firefox, from the same source. */
let screen: Awaited<ReturnType<typeof startScreen>>
let app: AppSide
let site: Site
let browser: Firefox
let value: string
const soon = { timeout: 8_000, interval: 50 }

beforeAll(async () => {
  screen = await startScreen()
  app = await startAppSide()
  site = await serveSite()
  registerHost(join(app.env['HOME'] ?? '', '.mozilla', 'native-messaging-hosts'), 'firefox')
  browser = await startFirefox(app.env)
  ;({ value } = await app.key('billing-api', site.origin))
})
afterAll(async () => {
  await browser.close().catch(() => undefined) // the last test has closed it
  await site.close()
  app.stop()
  screen.end()
})

function open(path: string): Promise<unknown> {
  return browser.page.goto(`${site.origin}/${path}`)
}
function typed(selector = '#field'): Promise<string> {
  return browser.page.$eval(selector, (field) => (field as HTMLInputElement).value)
}

describe('a Firefox', () => {
  it('pairs by a code that both show', async () => {
    const tab = await browser.browser.newPage()
    await tab.goto(`${extensionPage}?pair`)
    const code = await tab.waitForSelector('.code').then((shown) => shown?.evaluate((element) => element.getAttribute('aria-label')))
    await expect.poll(() => app.person.codes[0], soon).toBe(code?.replaceAll(' ', ''))
    await tab.locator('button ::-p-text(Same code)').click()
    await tab.waitForSelector('::-p-text(This browser is paired)')
    expect(app.pairings()).toBe(1)
    await tab.close()
  })
})

describe('a gesture in a paired Firefox', () => {
  beforeEach(() => {
    app.house.approver.asked.length = 0
    app.house.approver.answer = 'once'
  })
  afterEach(() => {
    expect(app.faults).toEqual([])
  })

  it('fills by the shortcut, asked for as what the system says', async () => {
    await open('plain.html')
    browser.press('fill')
    await expect.poll(() => typed(), soon).toBe(value)
    expect(app.house.approver.asked).toMatchObject([
      { purpose: 'fill', requester: { kind: 'site', origin: site.origin, browser: expect.stringMatching(/firefox/) as string } },
    ])
  })
})
