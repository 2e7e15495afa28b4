import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import puppeteer from 'puppeteer-core'
import { definedEnvironment } from '../support/app/desktop.ts'
import { checkout } from './app-side.ts'
import { openMenu, opens, press, pressOn, shortcuts, spotOf, titleOf, windowOf } from './gestures.ts'

/** Debian's Firefox ESR with the built extension. Its driver cannot see an extension's pages; the screen shows them. */
export interface Firefox {
  readonly browser: Browser
  readonly page: Page
  readonly profile: string
  /** The window's title, which is that of the active tab. */
  title(): string
  press(shortcut: keyof typeof shortcuts): void
  openPopup(): Promise<void>
  openMenu(selector: string): Promise<void>
  /** Presses keys on the focused element. In a popup that has just opened, Tab focuses one. */
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
  })
  await browser.installExtension(join(checkout, 'out', 'extension', 'firefox'))
  const page = (await browser.pages())[0] ?? (await browser.newPage())
  const window = await windowOf('firefox')
  return {
    ...{ browser, page, profile },
    title: () => titleOf(window),
    press: (shortcut) => press(window, shortcuts[shortcut]),
    openPopup: () => opens(window, () => pressOn(shortcuts.popup)),
    openMenu: async (selector) => openMenu(window, await page.$eval(selector, spotOf)),
    type: (...keys) => pressOn(...keys),
    close: () => browser.close(),
  }
}
