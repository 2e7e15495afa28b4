import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Worker } from 'playwright-core'
import { type Chromium, startChromium } from '../test/e2e/browser/chromium.ts'
import { chooseKey, connectBrowser, pair, startWithKey } from '../test/e2e/browser/person.ts'
import { discard } from '../test/e2e/desktop.ts'
import { answerPrompt } from '../test/e2e/prompt.ts'
import { startScreen } from '../test/main/outlets/typist/screen.ts'
import { serveSite } from '../test/pages/site.ts'
import { median } from './figures.ts'

/** Milliseconds of one filling, to the field's own event of it. */
export interface Filling {
  /** From the shortcut's keys, as the screen gives them to the browser's page. */
  readonly fromKeys: number
  /** From when the browser told the extension of its shortcut: what is ours of it. */
  readonly fromCommand: number
}

/** Through extension, host, the real app's gate, and back. The answer is remembered, and the session is open. */
export async function timeFilling(rounds: number): Promise<Filling[]> {
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
    await answerPrompt(desktop, 'Always allow', 'Always')
    await filled(browser)
    await hearCommand(browser)
    const times: Filling[] = []
    for (let round = -2; round < rounds; round += 1) {
      const time = await timeOnce(browser)
      if (round >= 0) times.push(time) // the first ones warm up
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

async function timeOnce(browser: Chromium): Promise<Filling> {
  await browser.page.reload()
  await browser.page.evaluate(() => {
    const times = ((window as unknown as { times: object }).times = { pressed: 0, filled: 0 })
    // The browser keeps the shortcut's last key to itself; the one before, pressed in the same moment, comes here too.
    addEventListener('keydown', ({ key, timeStamp }) => void (key !== 'K' && Object.assign(times, { pressed: timeStamp })), true)
    addEventListener('input', ({ timeStamp }) => void Object.assign(times, { filled: timeStamp }), true)
  })
  await browser.page.locator('#field').focus()
  await browser.page.waitForTimeout(500) // a person presses when the page has come to rest
  browser.press('fill')
  await filled(browser)
  const { pressed, at, origin } = await browser.page.evaluate(() => {
    const { pressed, filled: at } = (window as unknown as { times: { pressed: number; filled: number } }).times
    return { pressed, at, origin: performance.timeOrigin }
  })
  const heard = await workerOf(browser).evaluate(() => (globalThis as unknown as { heard: number }).heard)
  return { fromKeys: at - pressed, fromCommand: origin + at - heard }
}

function hearCommand(browser: Chromium): Promise<void> {
  return workerOf(browser).evaluate(() => {
    const { chrome } = globalThis as unknown as { chrome: { commands: { onCommand: { addListener(heard: () => void): void } } } }
    chrome.commands.onCommand.addListener(() => Object.assign(globalThis, { heard: performance.timeOrigin + performance.now() }))
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
  process.stdout.write(`${JSON.stringify({ what: 'gesture to filled', unit: 'ms', fromKeys, fromCommand, aim: 50, rounds: times.length })}\n`)
  process.exit(0)
}
