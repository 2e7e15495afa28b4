import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import puppeteer from 'puppeteer-core'
import { firefoxId } from '../../../clients/protocol/extension-ids.ts'
import { definedEnvironment } from '../desktop.ts'
import { checkout } from './app-side.ts'
import { openMenu, press, pressOn, shortcuts, spotOf, windowOf } from './gestures.ts'

/** The address that Firefox gives an extension is another one in each profile; here it is known beforehand. */
const uuid = '5f1d6a52-3f0e-4a6b-9d1c-7e2b8c4d9a10'
export const extensionPage = `moz-extension://${uuid}/popup.html`

/** Debian's Firefox ESR with the built extension. Its driver sees no popup: what is done there is seen by what comes of it. */
export interface Firefox {
  readonly browser: Browser
  readonly page: Page
  readonly profile: string
  press(shortcut: keyof typeof shortcuts): void
  openMenu(selector: string): Promise<void>
  type(...keys: string[]): void
  close(): Promise<void>
}

export async function startFirefox(env: Record<string, string>): Promise<Firefox> {
  const profile = join(env['HOME'] ?? '', 'firefox')
  mkdirSync(profile)
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    headless: false,
    userDataDir: profile,
    env: { ...definedEnvironment(), ...env },
    extraPrefsFirefox: { 'extensions.webextensions.uuids': JSON.stringify({ [firefoxId]: uuid }) },
  })
  await browser.installExtension(join(checkout, 'out', 'extension', 'firefox'))
  const page = (await browser.pages())[0] ?? (await browser.newPage())
  const window = await windowOf('firefox')
  return {
    ...{ browser, page, profile },
    press: (shortcut) => press(window, shortcuts[shortcut]),
    openMenu: async (selector) => openMenu(window, await page.$eval(selector, spotOf)),
    type: (...keys) => pressOn(...keys),
    close: () => browser.close(),
  }
}
