import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startScreen } from '../../main/outlets/typist/x11/screen.ts'
import type { Site } from '../../pages/site.ts'
import { serveSite } from '../../pages/site.ts'
import { type Desktop, quitAndDiscard } from '../support/app/desktop.ts'
import { textIn } from '../support/pages/main-window.ts'
import { answerPrompt } from '../support/pages/prompt.ts'
import { filesWith } from './app-side.ts'
import { type Chromium, startChromium } from './chromium.ts'
import { chooseKey, connectBrowser, pair, startWithKey } from './person.ts'
import { sharedFolder } from '../../temporary-folder.ts'

/** The real app and a real Chromium; the test plays the user only. */
describe('a key on its way from the app into a page', () => {
  let screen: Awaited<ReturnType<typeof startScreen>>
  let site: Site
  let desktop: Desktop
  let browser: Chromium
  let value: string
  const home = sharedFolder('latchkey-home-')
  const soon = { timeout: 10_000, interval: 100 }
  const typed = (): Promise<string> => browser.page.locator('#field').inputValue()

  beforeAll(async () => {
    screen = await startScreen()
    site = await serveSite()
    ;({ desktop, value } = await startWithKey(home, 'billing-api'))
  }, 90_000)
  afterAll(async () => {
    await browser.close().catch(() => undefined) // the last test has closed it
    await quitAndDiscard(desktop)
    await site.close()
    screen.end()
  })

  it('begins with a browser that is connected in the app, and paired by a code', async () => {
    await connectBrowser(desktop)
    browser = await startChromium({ HOME: home, LATCHKEY_PROFILE_DIR: desktop.profile })
    const { code, said } = await pair(browser, desktop)
    expect(code).toMatch(/^\d{6}$/)
    expect(said.replace(/\D/g, '')).toContain(code)
  })

  it('is assigned to the site by the user, and filled in at once', async () => {
    await browser.page.goto(`${site.origin}/plain.html`)
    browser.press('popup')
    await expect.poll(() => browser.popup(), soon).toContain('No key belongs to this site yet.')
    browser.type('Return')
    expect(await chooseKey(desktop)).toContain(new URL(site.origin).host)
    await expect.poll(typed, soon).toBe(value)
    await browser.closePopup()
  })

  it('is approved the next time in the app’s own window, which says where it goes', async () => {
    await browser.page.reload()
    browser.press('fill')
    const said = await answerPrompt(desktop, 'Allow for 15 minutes', '15 minutes')
    for (const fact of ['billing-api', new URL(site.origin).host, '/chromium']) expect(said).toContain(fact)
    expect(said).not.toContain(value)
    await expect.poll(typed, soon).toBe(value)
  })

  it('is filled without a prompt while that approval lasts', async () => {
    await browser.page.reload()
    browser.press('fill')
    await expect.poll(typed, soon).toBe(value)
  })

  it('is not given to another site', async () => {
    await browser.page.goto(`${site.otherOrigin}/plain.html`)
    browser.press('fill')
    await expect.poll(() => browser.popup(), soon).toContain('No key belongs to this site yet.')
    await browser.closePopup()
    expect(await typed()).toBe('')
  })

  it('is recorded in the app: where it went, and for which program', async () => {
    await textIn(desktop.page, new URL(site.origin).host)
  })

  it('stays in the vault when the app is locked', async () => {
    await desktop.page.keyboard.press('Control+l').catch(() => undefined) // a lock ends the page's process
    await browser.page.goto(`${site.origin}/plain.html`)
    browser.press('popup')
    await expect.poll(() => browser.popup(), soon).toContain('Latchkey is locked')
    await browser.closePopup()
  })

  it('is found nowhere but in the field', async () => {
    await browser.close()
    expect(desktop.output()).not.toContain(value)
    expect([...filesWith(home, value), ...filesWith(desktop.profile, value)]).toEqual([])
  })
})
