import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { BrowserContext, CDPSession, Page, Worker } from 'playwright-core'
import { chromium } from 'playwright-core'
import { chromiumId } from '../../../clients/protocol/extension-ids.ts'
import { definedEnvironment } from '../desktop.ts'
import { checkout } from './app-side.ts'
import { openMenu, press, pressOn, shortcuts, spotOf, windowOf } from './gestures.ts'

const extension = join(checkout, 'out', 'extension', 'chromium')
export const extensionPage = `chrome-extension://${chromiumId}/popup.html`

/** Debian's Chromium with the built extension, its sandbox on: the session's user namespace lets it. */
export interface Chromium {
  readonly context: BrowserContext
  /** The tab in front. */
  readonly page: Page
  readonly profile: string
  /** Presses the browser's own shortcut. */
  press(shortcut: keyof typeof shortcuts): void
  /** Opens the context menu of an element. */
  openMenu(selector: string): Promise<void>
  /** What is written in the popup; nothing while none is open. */
  popup(): Promise<string>
  closePopup(): Promise<void>
  /** Presses keys into the popup. */
  type(...keys: string[]): void
  /** What the toolbar's button says of the tab in front. */
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
  const [window, session] = [await windowOf('chromium'), await context.newCDPSession(page)]
  return {
    ...{ context, page, profile },
    press: (shortcut) => press(window, shortcuts[shortcut]),
    openMenu: async (selector) => openMenu(window, await page.locator(selector).evaluate(spotOf)),
    popup: () => popupText(session),
    closePopup: () => closePopup(session),
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
  readonly tabs: { query(which: object): Promise<{ id?: number }[]> }
  readonly action: { getBadgeText(of: { tabId: number }): Promise<string> }
}

/** It closes by itself after a filling, and on Escape. */
async function closePopup(session: CDPSession): Promise<void> {
  while (await popupTarget(session)) {
    pressOn('Escape')
    await wait(50)
  }
}

async function popupTarget(session: CDPSession): Promise<string | undefined> {
  const { targetInfos } = await session.send('Target.getTargets')
  return targetInfos.find(({ type, url }) => type === 'page' && url === extensionPage)?.targetId
}

/** Playwright does not list the toolbar's popup among the pages; the browser's protocol does. */
async function popupText(session: CDPSession): Promise<string> {
  const targetId = await popupTarget(session)
  if (targetId === undefined) return ''
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false })
  const answered = new Promise<string>((resolve) => {
    session.on('Target.receivedMessageFromTarget', (event) => {
      if (event.sessionId !== sessionId) return
      const { result } = JSON.parse(event.message) as { result?: { result?: { value?: string } } }
      resolve(result?.result?.value ?? '')
    })
    session.once('Target.detachedFromTarget', () => resolve(''))
  })
  const evaluate = { id: 1, method: 'Runtime.evaluate', params: { expression: 'document.body.innerText' } }
  await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify(evaluate) })
  try {
    return await answered
  } finally {
    await session.send('Target.detachFromTarget', { sessionId }).catch(() => undefined)
  }
}
