import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { removeSite, sitesOf } from '../../../main/vault/release/sites.ts'
import { startScreen } from '../../main/outlets/typist/x11/screen.ts'
import type { Site } from '../../pages/site.ts'
import { serveSite } from '../../pages/site.ts'
import { type AppSide, filesWith, registerHost, startAppSide } from './app-side.ts'
import { type Chromium, extensionPage, startChromium } from './chromium.ts'

/** The whole way in a Chromium: a user's gesture, the extension, the host, the agent, the gate, and back into the field. */
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
  registerHost(join(app.env['HOME'] ?? '', '.config', 'chromium', 'NativeMessagingHosts'), 'chromium')
  browser = await startChromium(app.env)
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
  return browser.page.locator(selector).inputValue()
}

describe('a Chromium that is not paired', () => {
  it('says so, and gets nothing', async () => {
    ;({ value } = await app.key('billing-api', site.origin))
    await open('plain.html')
    browser.press('popup')
    await expect.poll(() => browser.popup(), soon).toContain('Pair this browser with Latchkey')
    browser.type('Escape')
    expect(app.fixture.approver.asked).toEqual([])
  })

  it('pairs by a code that both show, once both have confirmed it', async () => {
    let confirmInApp = (): void => undefined
    app.person.pairing = () => new Promise<void>((resolve) => (confirmInApp = resolve))
    const tab = await browser.context.newPage()
    await tab.goto(`${extensionPage}?pair`)
    const code = (await tab.locator('.code').getAttribute('aria-label'))?.replace(/\D/g, '')
    await expect.poll(() => app.person.codes[0], soon).toBe(code)
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
    app.fixture.approver.asked.length = 0
    app.fixture.approver.answer = 'once'
  })
  afterEach(async () => {
    await browser.closePopup()
    expect(app.faults).toEqual([])
  })

  it('fills by the shortcut, with what the system says as the requester', async () => {
    await open('plain.html')
    browser.press('fill')
    await expect.poll(() => typed(), soon).toBe(value)
    await expect.poll(() => browser.badge(), soon).toBe('✓')
    expect(app.fixture.approver.asked).toMatchObject([
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

  it('fills from the context menu, into the field that was pointed at', async () => {
    await open('field-labels.html')
    await browser.openMenu('#keyname')
    browser.type('f') // the only entry that begins with it
    await expect.poll(() => typed('#keyname'), soon).toBe(value)
  })

  it('fills a field in a frame of the same site', async () => {
    await open('framed.html')
    browser.press('fill')
    await expect.poll(() => browser.page.frameLocator('#frame').locator('#field').inputValue(), soon).toBe(value)
  })

  it('fills at the caret of a query console', async () => {
    await open('api-consoles/graphiql.html')
    await browser.page.locator('.CodeMirror').click()
    browser.press('fill')
    await expect.poll(() => browser.page.locator('pre').textContent(), soon).toBe(value)
  })

  it('shows the prompt, and fills nothing if it is denied', async () => {
    app.fixture.approver.answer = 'approval-denied'
    await open('plain.html')
    browser.press('fill')
    await expect.poll(() => browser.badge(), soon).toBe('!')
    expect(await typed()).toBe('')
  })

  it('offers nothing at a site without keys, until one is chosen there', async () => {
    const other = await app.key('staging', null)
    await browser.page.goto(`${site.otherOrigin}/plain.html`)
    browser.press('popup')
    await expect.poll(() => browser.popup(), soon).toContain('No key belongs to this site yet.')
    expect(await browser.popup()).not.toContain('billing-api')
    app.person.choosing = async () => ({ accountId: other.accountId, keyId: other.id, subdomains: false })
    browser.type('Return')
    await expect.poll(() => typed(), soon).toBe(other.value)
    expect(app.person.asked.at(-1)?.origin).toBe(site.otherOrigin)
  })

  it('lets the user choose if a site has two keys, and fills none by itself', async () => {
    const second = await app.key('second', site.origin)
    await open('plain.html')
    browser.press('fill')
    await expect.poll(() => browser.popup(), soon).toContain('second')
    expect(await typed()).toBe('')
    browser.type('Down', 'Return')
    await expect.poll(() => typed(), soon).toBe(second.value)
    removeKeySites(second)
  })
})

describe('an attacking page', () => {
  beforeEach(() => {
    app.fixture.approver.asked.length = 0
    app.fixture.approver.answer = 'once'
  })
  afterEach(async () => {
    await browser.closePopup()
    expect(app.faults).toEqual([])
  })

  /** Presses the shortcut, and waits for the extension's refusal: in its popup if it was refused at once, otherwise on its button. */
  async function refused(popup = false): Promise<void> {
    browser.press('fill')
    if (popup) await expect.poll(() => browser.popup(), soon).toMatch(/The field|covers the field|Not on this page/)
    else await expect.poll(() => browser.badge(), soon).toBe('!')
  }

  const seenAtOnce = [
    'covered/by-element',
    'covered/by-untouchable',
    'covered-by-pseudo/of-parent',
    'covered/in-closed-root',
    'invisible/filtered-by-url',
    'invisible/transparent',
    'invisible/masked',
    'invisible/tiny',
    'invisible/scaled',
    'invisible/clipped',
  ]
  it.each([...seenAtOnce, 'invisible/off-screen', 'moves-on-focus', 'covered/on-focus'])(
    'is refused before any prompt: %s',
    async (name) => {
      await open(`attack/${name}.html`)
      await refused(seenAtOnce.includes(name))
      expect(await typed()).toBe('')
      expect(app.fixture.approver.asked).toEqual([])
    },
  )

  it.each([
    'framed/transparent',
    'framed/clipped',
    'framed/covered',
    'framed/scaled',
    'framed/sandboxed',
    'framed/of-other-site',
    'framed/without-address',
  ])('is refused before any prompt: %s, with the focus in the field', async (name) => {
    await open(`attack/${name}.html`)
    const field = browser.page.frameLocator('#frame').locator('#field')
    await field.focus()
    await refused(true)
    expect(await field.inputValue()).toBe('')
    expect(app.fixture.approver.asked).toEqual([])
  })

  it('is refused if it becomes another document during the prompt', async () => {
    app.fixture.approver.answer = async () => {
      await open('plain.html?another')
      return 'once'
    }
    await open('plain.html')
    await refused()
    expect(await typed()).toBe('')
  })

  it('is refused if it changes its address during the prompt', async () => {
    app.fixture.approver.answer = async () => {
      await browser.page.evaluate(() => history.pushState(null, '', '/other'))
      return 'once'
    }
    await open('plain.html')
    await refused()
    expect(await typed()).toBe('')
  })

  it('is refused if it covers or removes the field during the prompt', async () => {
    for (const move of ['covered', 'removed'] as const) {
      app.fixture.approver.answer = async () => {
        await browser.page.evaluate((how) => {
          const field = document.querySelector('#field')
          if (how === 'removed') return field?.remove()
          const veil = document.createElement('div')
          veil.style.cssText = 'position: absolute; inset: 0; background: white'
          document.body.append(veil)
        }, move)
        return 'once'
      }
      await open('plain.html')
      await refused()
      expect(await browser.page.content()).not.toContain(value)
      expect(
        await browser.page
          .locator('#field')
          .count()
          .then((count) => (count > 0 ? typed() : '')),
      ).toBe('')
    }
  })

  it('is refused if another document is put into its frame during the prompt', async () => {
    const frame = browser.page.frameLocator('#frame')
    app.fixture.approver.answer = async () => {
      await browser.page.evaluate(() => ((document.querySelector('#frame') as HTMLIFrameElement).src = 'field-labels.html'))
      await frame.locator('#keyname').waitFor()
      return 'once'
    }
    await open('framed.html')
    await frame.locator('#field').waitFor()
    await refused()
    expect(await frame.locator('input').evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value).join(''))).toBe('')
  })

  it('gets nothing by synthetic events', async () => {
    await open('attack/synthetic-events.html')
    await browser.page.locator('[data-done]').waitFor()
    await open('attack/synthetic-events.html') // everything that the first page could have started has had its time
    expect(await browser.badge()).toBe('')
    expect([await typed(), await browser.popup(), app.fixture.approver.asked]).toEqual(['', '', []])
  })

  it('cannot show the popup in a frame of its own to have it clicked', async () => {
    await open(`attack/framed/popup.html#${encodeURIComponent(extensionPage)}`)
    const framed = browser.page.frames()[1]
    await expect.poll(() => framed?.url(), soon).not.toBe('about:blank')
    expect(framed?.url()).not.toContain('popup.html')
  })
})

describe('the app’s end of the session', () => {
  it('is reported as locked', async () => {
    await app.lock()
    await open('plain.html')
    browser.press('popup')
    await expect.poll(() => browser.popup(), soon).toContain('Latchkey is locked')
    browser.type('Escape')
  })

  it('leaves the value nowhere but in the fields: not in what the browser stores', async () => {
    await open('plain.html')
    await browser.close()
    expect(filesWith(app.env['HOME'] ?? '', value)).toEqual([])
  })
})

function removeKeySites({ accountId, id }: { accountId: string; id: string }): void {
  for (const one of sitesOf(app.fixture.opened, accountId, id)) removeSite(app.fixture.opened, accountId, one.id)
}
