import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Worker } from 'playwright-core'
import { type Chromium, startChromium } from '../test/e2e/browser/chromium.ts'
import { pressOn, shortcuts } from '../test/e2e/browser/gestures.ts'
import { chooseKey, connectBrowser, pair, startWithKey } from '../test/e2e/browser/person.ts'
import { discard } from '../test/e2e/support/app/desktop.ts'
import { answerPrompt } from '../test/e2e/support/pages/prompt.ts'
import { startScreen } from '../test/main/outlets/typist/x11/screen.ts'
import { serveSite } from '../test/pages/site.ts'
import { median } from './figures.ts'

/** Milliseconds of one fill, up to the field's own event. */
export interface FillTimes {
  /** Starts when the program that presses the shortcut's keys starts, so its few milliseconds are included. */
  readonly fromKeys: number
  /** Starts when the browser reports the shortcut to the extension: the part that is ours. */
  readonly fromCommand: number
}

/**
 * Measures the way through the extension, the native host, the app's release gate, and back. The approval is remembered and the session
 * open.
 */
export async function timeFilling(rounds: number): Promise<FillTimes[]> {
  const home = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  const screen = await startScreen()
  const site = await serveSite()
  const { desktop } = await startWithKey(home, 'bench')
  await connectBrowser(desktop)
  const browser = await startChromium({ HOME: home, LATCHKEY_PROFILE_DIR: desktop.profile })
  try {
    await pair(browser, desktop)
    await browser.page.goto(`${site.origin}/plain.html`)
    browser.press('popup')
    while (!(await browser.popup()).includes('No key belongs')) await browser.page.waitForTimeout(50)
    browser.type('Return')
    await chooseKey(desktop)
    await filled(browser)
    await browser.closePopup()
    await browser.page.reload()
    browser.press('fill')
    await answerPrompt(desktop, 'Allow for 15 minutes', '15 minutes')
    await filled(browser)
    await hearCommand(browser)
    const times: FillTimes[] = []
    for (let round = -2; round < rounds; round += 1) {
      const time = await timeOnce(browser)
      if (round >= 0) times.push(time) // the first rounds warm up
    }
    return times
  } finally {
    await browser.close()
    await desktop.quit()
    await site.close()
    discard(desktop.profile)
    rmSync(home, { recursive: true, maxRetries: 10 })
    screen.end()
  }
}

async function timeOnce(browser: Chromium): Promise<FillTimes> {
  await browser.page.reload()
  await browser.page.evaluate(() => {
    addEventListener('input', () => void Object.assign(window, { filled: Date.now() }), true)
  })
  await browser.page.locator('#field').focus()
  await browser.page.waitForTimeout(500) // waits until the page is at rest, as a user would
  const pressed = Date.now()
  pressOn(shortcuts.fill)
  await filled(browser)
  const at = await browser.page.evaluate(() => (window as unknown as { filled: number }).filled)
  const heard = await workerOf(browser).evaluate(() => (globalThis as unknown as { heard: number }).heard)
  return { fromKeys: at - pressed, fromCommand: at - heard }
}

function hearCommand(browser: Chromium): Promise<void> {
  return workerOf(browser).evaluate(() => {
    const { chrome } = globalThis as unknown as { chrome: { commands: { onCommand: { addListener(heard: () => void): void } } } }
    chrome.commands.onCommand.addListener(() => Object.assign(globalThis, { heard: Date.now() }))
  })
}

function workerOf({ context }: Chromium): Worker {
  const [worker] = context.serviceWorkers()
  if (worker === undefined) throw new Error('the extension has no worker')
  return worker
}

async function filled(browser: Chromium): Promise<void> {
  await browser.page.waitForFunction(() => document.querySelector<HTMLInputElement>('#field')?.value !== '')
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '25' } } })
  const times = await timeFilling(Number(values.rounds))
  const [fromKeys, fromCommand] = [times.map((time) => time.fromKeys), times.map((time) => time.fromCommand)].map(median)
  process.stdout.write(
    `${JSON.stringify({ what: 'gesture to filled', unit: 'ms', fromKeys, fromCommand, aim: 50, rounds: times.length })}\n`,
  )
  process.exit(0)
}
