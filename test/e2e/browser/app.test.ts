import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startScreen } from '../../main/outlets/typist/screen.ts'
import type { Site } from '../../pages/site.ts'
import { serveSite } from '../../pages/site.ts'
import { createKey, type Desktop, discard, newProfile, startDesktop } from '../desktop.ts'
import { answerPrompt, promptWindow } from '../prompt.ts'
import { revealed } from '../revealed.ts'
import { filesWith } from './app-side.ts'
import { type Chromium, extensionPage, startChromium } from './chromium.ts'

/** A person with the app and a Chromium: nothing is played by the test but the person. */
describe('a key on its way from the app into a page', () => {
  let screen: Awaited<ReturnType<typeof startScreen>>
  let site: Site
  let desktop: Desktop
  let browser: Chromium
  let value: string
  const home = mkdtempSync(join(tmpdir(), 'latchkey-home-'))
  const soon = { timeout: 10_000, interval: 100 }
  const button = (name: string | RegExp) => desktop.page.getByRole('button', { name })
  const typed = (): Promise<string> => browser.page.locator('#field').inputValue()

  beforeAll(async () => {
    screen = await startScreen()
    site = await serveSite()
    mkdirSync(join(home, '.config', 'chromium'), { recursive: true })
    desktop = await startDesktop(newProfile(), { HOME: home, XDG_CONFIG_HOME: join(home, '.config') })
    await button('Create a vault on this computer').click()
    await desktop.page.getByRole('heading', { name: 'Create your first key' }).waitFor()
    await createKey(desktop.page, 'billing-api')
    await desktop.page.getByRole('option', { name: 'billing-api' }).click()
    value = await revealed(desktop.page)
  }, 90_000)
  afterAll(async () => {
    await browser.close().catch(() => undefined) // the last test has closed it
    await desktop.quit()
    await site.close()
    discard(desktop.profile)
    rmSync(home, { recursive: true, maxRetries: 10 })
    screen.end()
  })

  it('begins with a browser that is connected in the app, and paired by a code', async () => {
    await button(/^Account:/).click()
    await desktop.page.getByRole('menuitem', { name: 'Browsers…' }).click()
    await button('Connect Chromium').click()
    await button('Disconnect Chromium').waitFor()
    await desktop.page.keyboard.press('Escape')
    browser = await startChromium({ HOME: home, LATCHKEY_PROFILE_DIR: desktop.profile })
    const tab = await browser.context.newPage()
    await tab.goto(`${extensionPage}?pair`)
    const code = (await tab.locator('.code').getAttribute('aria-label'))?.replaceAll(' ', '') ?? ''
    await tab.getByRole('button', { name: 'Same code' }).click()
    expect((await answerPrompt(desktop, 'The same code')).replace(/\D/g, '')).toContain(code)
    await tab.getByText('This browser is paired').waitFor()
    await tab.close()
  })

  it('goes where the person says that it belongs, and is filled in there at once', async () => {
    await browser.page.goto(`${site.origin}/plain.html`)
    browser.press('popup')
    await expect.poll(() => browser.popup(), soon).toContain('No key belongs to this site yet.')
    browser.type('Return')
    const prompt = await promptWindow(desktop)
    await expect.poll(async () => (await prompt.getByRole('radio').check({ timeout: 1_000 }).catch(() => undefined), prompt.getByRole('radio').isChecked()), soon).toBe(true)
    expect(await answerPrompt(desktop, 'Use on this site')).toContain(new URL(site.origin).host)
    await expect.poll(typed, soon).toBe(value)
    await browser.closePopup()
  })

  it('is asked for the next time, in the app’s own window, which says where it goes', async () => {
    await browser.page.reload()
    browser.press('fill')
    const said = await answerPrompt(desktop, 'Allow for 15 minutes', '15 minutes')
    for (const fact of ['billing-api', new URL(site.origin).host, '/chromium']) expect(said).toContain(fact)
    expect(said).not.toContain(value)
    await expect.poll(typed, soon).toBe(value)
  })

  it('is filled without a question while that answer lasts', async () => {
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

  it('is remembered in the app: where it went, and for whom', async () => {
    await desktop.page.getByText(`${new URL(site.origin).host}`).first().waitFor()
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
