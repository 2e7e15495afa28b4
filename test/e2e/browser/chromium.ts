import { join } from 'node:path'
import type { BrowserContext, Page, Worker } from 'playwright-core'
import { chromium } from 'playwright-core'
import { chromiumId } from '../../../clients/shared/protocol/extension-ids.ts'
import { until } from '../../until.ts'
import { definedEnvironment } from '../support/app/desktop.ts'
import { checkout } from './app-side.ts'
import { openMenu, press, pressOn, shortcuts, spotOf, windowOf } from './gestures.ts'

const extension = join(checkout, 'out', 'extension', 'chromium')
export const extensionPage = `chrome-extension://${chromiumId}/popup.html`

/** Debian's Chromium with the built extension and its sandbox on, which the session's user namespace allows. */
export interface Chromium {
  readonly context: BrowserContext
  /** The active tab. */
  readonly page: Page
  readonly profile: string
  /** Presses the browser's own shortcut. */
  press(shortcut: keyof typeof shortcuts): void
  /** Opens the context menu of an element. */
  openMenu(selector: string): Promise<void>
  /** The text in the popup. Empty while none is open, or while it does not receive keys yet. */
  popup(): Promise<string>
  closePopup(): Promise<void>
  /** Presses keys in the popup. */
  type(...keys: string[]): void
  /** The text of the toolbar's button for the active tab. */
  badge(): Promise<string>
  close(): Promise<void>
}

export async function startChromium(env: Record<string, string>): Promise<Chromium> {
  const profile = join(env['HOME'] ?? '', '.config', 'chromium')
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    headless: false,
    chromiumSandbox: true,
    viewport: null,
    ignoreDefaultArgs: ['--disable-extensions'],
    env: { ...definedEnvironment(), ...env },
    args: [
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
      `--load-extension=${extension}`,
      `--disable-extensions-except=${extension}`,
    ],
  })
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(10_000)
  const observer = await openObserver(context, page)
  const window = await windowOf('chromium')
  return {
    ...{ context, page, profile },
    press: (shortcut) => press(window, shortcuts[shortcut]),
    openMenu: async (selector) => openMenu(window, await page.locator(selector).evaluate(spotOf)),
    popup: async () => (await popupIn(observer))?.heard ?? '',
    closePopup: () => closePopup(observer),
    type: (...keys) => pressOn(...keys),
    badge: () => badge(worker),
    close: () => context.close(),
  }
}

function badge(worker: Worker): Promise<string> {
  return worker.evaluate(async () => {
    const { tabs, action } = (globalThis as unknown as { chrome: Chrome }).chrome
    const [tab] = await tabs.query({ active: true, lastFocusedWindow: true })
    return tab?.id === undefined ? '' : action.getBadgeText({ tabId: tab.id })
  })
}

interface Chrome {
  readonly tabs: {
    query(which: object): Promise<{ id?: number }[]>
    getCurrent(): Promise<{ id?: number }>
    update(id: number, change: { active: true }): Promise<unknown>
    readonly onActivated: { addListener(listener: (activated: { tabId: number }) => void): void }
  }
  readonly action: { getBadgeText(of: { tabId: number }): Promise<string> }
  readonly extension: { getViews(which: { type: 'popup' }): readonly Window[] }
}

/**
 * A page of the extension in a background tab, which can look into the popup. The browser's protocol is kept away from the popup: some
 * Chromiums (150 is one) treat a popup that the protocol attached to before it was shown as inspected; they open developer tools for it, do
 * not focus it, and never close it.
 */
async function openObserver(context: BrowserContext, front: Page): Promise<Page> {
  const session = await context.newCDPSession(front)
  const opened = context.waitForEvent('page')
  await session.send('Target.createTarget', { url: `chrome-extension://${chromiumId}/manifest.json`, background: true })
  const observer = await opened
  await observer.waitForURL(/manifest\.json$/)
  await session.detach()
  await observer.evaluate(async () => {
    const { tabs } = (globalThis as unknown as { chrome: Chrome }).chrome
    const [own, [front]] = await Promise.all([tabs.getCurrent(), tabs.query({ active: true })])
    // When a tab is closed, one that was opened from the same tab, as this one was, becomes active.
    tabs.onActivated.addListener(({ tabId }) => {
      if (tabId === own.id && front?.id !== undefined) void tabs.update(front.id, { active: true })
    })
  })
  return observer
}

/** @returns the text of the open popup, null until it receives keys; undefined while none is open */
function popupIn(observer: Page): Promise<{ heard: string | null } | undefined> {
  return observer.evaluate(() => {
    const { extension } = (globalThis as unknown as { chrome: Chrome }).chrome
    const [popup] = extension.getViews({ type: 'popup' })
    return popup && { heard: popup.document.hasFocus() ? popup.document.body.innerText : null }
  })
}

/** It closes by itself after a fill, and on Escape, which would stop the loading of a page if it went there. */
async function closePopup(observer: Page): Promise<void> {
  await until(async () => {
    const popup = await popupIn(observer)
    if (popup !== undefined && popup.heard !== null) pressOn('Escape')
    return popup === undefined
  })
}
