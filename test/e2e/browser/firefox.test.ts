import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startScreen } from '../../main/outlets/typist/x11/screen.ts'
import type { Site } from '../../pages/site.ts'
import { serveSite } from '../../pages/site.ts'
import { type AppSide, filesWith, registerHost, startAppSide } from './app-side.ts'
import { type Firefox, startFirefox } from './firefox.ts'

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

describe('a Firefox that is not paired', () => {
  it('pairs by a code that both show', async () => {
    await open('plain.html')
    await inPopup('Return', () => app.person.codes.length === 1)
    const [code = ''] = app.person.codes
    await expect.poll(() => browser.title(), soon).toContain(`${code.slice(0, 3)} ${code.slice(3)} · Latchkey`)
    browser.type('Tab', 'Tab', 'Return') // past Cancel
    await expect.poll(() => app.pairings(), soon).toBe(1)
    browser.type('ctrl+w')
    await expect.poll(() => browser.title(), soon).toContain('Plain form')
  })
})

describe('a gesture in a paired Firefox', () => {
  beforeEach(() => {
    app.fixture.approver.asked.length = 0
    app.fixture.approver.answer = 'once'
  })
  afterEach(() => {
    expect(app.faults).toEqual([])
  })

  it('fills by the shortcut, with what the system says as the requester', async () => {
    await open('plain.html')
    browser.press('fill')
    await expect.poll(() => typed(), soon).toBe(value)
    expect(app.fixture.approver.asked).toMatchObject([
      { purpose: 'fill', requester: { kind: 'site', origin: site.origin, browser: expect.stringMatching(/firefox/) as string } },
    ])
  })

  it('fills from the popup', async () => {
    await open('plain.html')
    await inPopup('Return', async () => (await typed()) === value)
    browser.type('Escape')
  })

  it('fills from the context menu, into the field that was pointed at', async () => {
    await open('field-labels.html')
    const isFilled = async (): Promise<boolean> => (await typed('#keyname')) === value
    const choose = async (): Promise<boolean> => {
      await browser.openMenu('#keyname')
      browser.type('Up', 'Return')
      return vi.waitUntil(isFilled, { timeout: 3_000 }).then(
        () => true,
        () => (browser.type('Escape'), false),
      ) // the menu did not receive keys yet
    }
    await expect.poll(choose, { timeout: 15_000 }).toBe(true)
  })

  it('fills a field in a frame of the same site', async () => {
    await open('framed.html')
    browser.press('fill')
    await expect.poll(() => typedInFrame(), soon).toBe(value)
  })

  it('fills a field with generated content around it', async () => {
    await open('decorated.html')
    browser.press('fill')
    await expect.poll(() => typed(), soon).toBe(value)
  })

  it.each([
    'covered/by-element',
    'covered/by-untouchable',
    'covered-by-pseudo/of-parent',
    'covered-by-pseudo/of-sibling',
    'covered-by-pseudo/of-label',
    'covered-by-pseudo/important',
    'covered/in-closed-root',
    'invisible/transparent',
    'invisible/tiny',
    'invisible/off-screen',
  ])('shows no prompt for a field that is %s', async (name) => {
    await open(`attack/${name}.html`)
    browser.press('fill')
    await settled()
    expect(await typed()).toBe('')
  })

  it.each(['framed/transparent', 'framed/sandboxed', 'framed/of-other-site'])('shows no prompt for a field in %s', async (name) => {
    await open(`attack/${name}.html`)
    const frame = await browser.page.waitForFrame((one) => one.url().endsWith('/plain.html'))
    await frame.waitForSelector('#field')
    await frame.focus('#field')
    browser.press('fill')
    await settled()
    expect(await frame.$eval('#field', (field) => (field as HTMLInputElement).value)).toBe('')
  })

  it('fills nothing into another document than the one that was checked', async () => {
    app.fixture.approver.answer = async () => {
      await open('plain.html?another')
      return 'once'
    }
    await open('plain.html')
    browser.press('fill')
    await expect.poll(() => app.fixture.approver.asked.length, soon).toBe(1)
    app.fixture.approver.answer = 'once'
    await settled(1)
    expect(await typed()).toBe('')
  })

  it('leaves the value nowhere but in the fields: not in what the browser stores', async () => {
    await open('plain.html')
    await browser.close()
    expect(filesWith(app.env['HOME'] ?? '', value)).toEqual([])
  })
})

/** Presses a key in the popup, again if the popup was not ready the first time. */
async function inPopup(key: string, isDone: () => boolean | Promise<boolean>): Promise<void> {
  await browser.openPopup()
  const pressed = async (): Promise<boolean> => {
    if (await isDone()) return true
    await wait(700)
    browser.type('Tab', key)
    return vi.waitUntil(isDone, { timeout: 3_000 }).then(
      () => true,
      () => false,
    )
  }
  await expect.poll(pressed, { timeout: 15_000 }).toBe(true)
}

/** Waits until the gesture before is over: another one, on a correct page, is through, and it alone caused a prompt. */
async function settled(asked = 0): Promise<void> {
  const page = await browser.browser.newPage()
  await page.goto(`${site.origin}/plain.html`)
  await page.bringToFront()
  browser.press('fill')
  await expect.poll(() => page.$eval('#field', (field) => (field as HTMLInputElement).value), soon).toBe(value)
  expect(app.fixture.approver.asked.length).toBe(asked + 1)
  await page.close()
}

async function typedInFrame(): Promise<string> {
  const frame = await browser.page.waitForFrame((one) => one.url().endsWith('/plain.html'))
  await frame.waitForSelector('#field')
  return frame.$eval('#field', (field) => (field as HTMLInputElement).value)
}
