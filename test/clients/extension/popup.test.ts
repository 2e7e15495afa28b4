import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PageMessage, View } from '../../../clients/extension/popup-messages.ts'
import { en } from '../../../clients/extension/texts/en.ts'
import { expectAccessible } from '../../e2e/support/pages/axe.ts'
import { openBrowser } from './content-world.ts'

/** The popup's page in a Chromium. The test plays the background's end of its port and sends every view. */
const built = join(resolve(import.meta.dirname, '../../..'), 'out/extension/chromium')
const types = { html: 'text/html', js: 'text/javascript', css: 'text/css' } as const
const ref = 'AAAAAAAAAAAAAAAAAAAAAA'
const keys = [
  { ref, name: 'billing-api', account: 'This computer' },
  {
    ref: ref.replace('A', 'B'),
    name: 'a name that goes on and on, because somebody put everything into it',
    account: 'ada@example.com',
  },
]
const site = { state: 'keys', site: 'console.example.com', keys, field: 'API key', obstacle: null, refused: null } as const

let context: BrowserContext
let page: Page
beforeAll(async () => void (context = await openBrowser()))
afterAll(() => context.browser()?.close())
afterEach(() => page.close())

async function open(view: View, query = '', language = 'en-GB'): Promise<void> {
  page = await context.newPage()
  await page.setViewportSize(query === '' ? { width: 340, height: 420 } : { width: 900, height: 600 })
  await page.route('http://extension/**', (route) => {
    const name = new URL(route.request().url()).pathname.slice(1)
    const type = types[name.split('.').at(-1) as keyof typeof types]
    return route.fulfill({ contentType: type, body: readFileSync(join(built, name)) })
  })
  await page.addInitScript((tag) => {
    const asked: unknown[] = []
    const port = {
      onMessage: { addListener: (show: (view: unknown) => void) => void Object.assign(window, { show }) },
      postMessage: (message: unknown) => asked.push(message),
    }
    Object.assign(window, { asked, chrome: { runtime: { connect: () => port }, i18n: { getUILanguage: () => tag } } })
  }, language)
  await page.goto(`http://extension/popup.html${query}`)
  await page.evaluate((told) => (window as unknown as { show: (view: View) => void }).show(told), view)
}

function asked(): Promise<PageMessage[]> {
  return page.evaluate(() => (window as unknown as { asked: PageMessage[] }).asked)
}

const views: [name: string, view: View][] = [
  ['looking', { state: 'looking' }],
  ['not connected', { state: 'trouble', code: 'not-installed' }],
  ['not running', { state: 'trouble', code: 'not-running' }],
  ['another app', { state: 'trouble', code: 'unproven' }],
  ['locked', { state: 'trouble', code: 'locked' }],
  ['unpaired', { state: 'unpaired' }],
  ['pairing', { state: 'pairing', code: '408213', confirmed: false }],
  ['confirmed here', { state: 'pairing', code: '408213', confirmed: true }],
  ['paired', { state: 'paired' }],
  ['keys', site],
  ['no key', { ...site, keys: [] }],
  ['no field', { ...site, field: null, obstacle: 'no-field' }],
  ['refused', { ...site, refused: 'covered' }],
  ['choosing', { state: 'choosing', site: 'console.example.com' }],
  ['filling', { state: 'filling', name: 'billing-api', site: 'console.example.com' }],
  ['filled', { state: 'filled', name: 'billing-api', site: 'console.example.com' }],
]

describe('the popup', () => {
  it.each(views.flatMap((view) => ['en-GB', 'de-AT'].map((language) => [...view, language] as const)))(
    'is accessible: %s (in %3$s)',
    async (name, view, language) => {
      await open(view, '', language)
      await expectAccessible(page)
      const shots = process.env['LATCHKEY_SHOTS']
      for (const theme of shots === undefined ? [] : ['light', 'dark']) {
        await page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme)
        await page.screenshot({ path: join(shots ?? '', `popup ${name} ${language} ${theme}.png`) })
      }
    },
  )

  it('speaks the language of the browser’s menus, and English if it has no texts in that one', async () => {
    const spoken: unknown[] = []
    for (const language of ['de', 'de-CH', 'fr']) {
      await open({ ...site, keys: [] }, '', language)
      spoken.push([await page.getAttribute('html', 'lang'), await page.getByRole('listitem').first().innerText()])
      if (language !== 'fr') await page.close()
    }
    const german = ['de', 'Für diese Website ist noch kein Schlüssel bestimmt.']
    expect(spoken).toEqual([german, german, ['en', 'No key belongs to this site yet.']])
  })

  it('asks for the state of the tab when it opens', async () => {
    await open({ state: 'looking' })
    expect(await asked()).toEqual([{ ask: 'look' }])
  })

  it('fills the first key on Enter, and another one by the arrow keys', async () => {
    await open(site)
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect((await asked()).slice(1)).toEqual(keys.map((key) => ({ ask: 'fill', ref: key.ref })))
  })

  it('shows the keys if no field can be filled in, and fills none', async () => {
    await open({ ...site, field: null, obstacle: 'no-field' })
    await page.getByText('billing-api').click({ force: true })
    expect(await asked()).toEqual([{ ask: 'look' }])
    expect(await page.getByRole('alert').textContent()).toContain(en.troubles['no-field'].title)
  })

  it('offers to use a key on a site that has none', async () => {
    await open({ ...site, keys: [] })
    await page.getByRole('button', { name: 'Use a key on this site…' }).click()
    expect((await asked()).slice(1)).toEqual([{ ask: 'learn' }])
  })

  it('pairs in a tab, where the code is read digit by digit', async () => {
    await open({ state: 'pairing', code: '408213', confirmed: false }, '?pair')
    expect(await page.getByRole('img', { name: 'Code: 4 0 8 2 1 3' }).innerText()).toBe('408213')
    await page.getByRole('button', { name: 'Same code' }).click()
    expect(await asked()).toEqual([{ ask: 'pair' }, { ask: 'confirm' }])
    const shots = process.env['LATCHKEY_SHOTS']
    if (shots !== undefined) await page.screenshot({ path: join(shots, 'pair tab.png') })
  })
})
