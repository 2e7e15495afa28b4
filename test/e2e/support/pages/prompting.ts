import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { ApprovalRequest } from '../../../../main/vault/ports/approver.ts'
import { type SmallWindowsApp, startSmallWindows } from './small-windows.ts'

export const shell = { kind: 'program', program: '/usr/bin/zsh', folder: '/home/ada/shop', terminal: 'pts/3', session: '1:1' } as const
export const site = {
  kind: 'site',
  origin: 'https://console.example.com:8443',
  browser: '/usr/lib/chromium/chromium',
  pairing: 'p',
} as const

export function named(name: string, digit = 'a'): ApprovalRequest['keys'][number] {
  return { accountId: '0123456789abcdef', keyId: digit.repeat(24), name, account: 'This computer' }
}

/** From a new program each time, because a denied program is not prompted for again so soon. */
let programs = 0
export function request(change: Partial<ApprovalRequest> = {}): ApprovalRequest {
  programs += 1
  return {
    keys: [named('stripe-live')],
    purpose: 'get',
    requester: { ...shell, program: `/usr/bin/zsh${programs}` },
    detail: null,
    ...change,
  }
}

/** The user in front of the prompt, and the requesting program. */
export class Prompting {
  readonly windows: SmallWindowsApp

  static async start(): Promise<Prompting> {
    return new Prompting(await startSmallWindows())
  }

  private constructor(windows: SmallWindowsApp) {
    this.windows = windows
  }

  /** Sends a request, and returns the page once it shows that. */
  async ask(asked = request()): Promise<Page> {
    await this.windows.app.evaluate((_electron, one) => globalThis.stage.ask(one), asked)
    return this.shown()
  }

  async shown(): Promise<Page> {
    for (const deadline = Date.now() + 20_000; ;) {
      const page = await this.windows.page('prompt')
      try {
        await page.getByRole('timer').waitFor({ timeout: 5_000 })
        return page
      } catch (error) {
        if (Date.now() > deadline) throw error
        if (page.isClosed() || String(error).includes('Target crashed')) {
          await wait(20) // it was the previous one, which may not be closed yet
          continue
        }
        // Playwright says so if it attached while the page was loading, and missed the end of that. It sees a second loading from the start.
        if (!String(error).includes('waiting for navigation to finish')) throw error
        await this.#reload()
      }
    }
  }

  #reload(): Promise<void> {
    return this.windows.app.evaluate(({ BrowserWindow }) => {
      for (const { webContents } of BrowserWindow.getAllWindows()) if (webContents.getURL().endsWith('prompt.html')) webContents.reload()
    })
  }

  async askAndWait(asked = request()): Promise<Page> {
    const page = await this.ask(asked)
    await this.armed(page)
    return page
  }

  /** Waits until the prompt accepts input. */
  armed(page: Page): Promise<void> {
    return page.locator('main[aria-busy="false"]').waitFor()
  }

  /** On a screen without a window manager the focus comes and goes at random, and each time keys are ignored for half a second. */
  async pressUntilEnded(page: Page, key: string): Promise<void> {
    await expect
      .poll(async () => {
        await page.keyboard.press(key).catch(() => undefined) // it may be closed by now
        return (await this.ended()).length
      })
      .toBeGreaterThan(0)
  }

  /** Clicks a button. The window may close before the click is reported. */
  async click(page: Page, name: string): Promise<void> {
    await page
      .getByRole('button', { name, exact: true })
      .click()
      .catch((error: unknown) => {
        if (!page.isClosed()) throw error
      })
  }

  ended(): Promise<unknown[]> {
    return this.windows.app.evaluate(() => globalThis.stage.ended)
  }

  /** How the requests ended since the last call. */
  async expectEnded(how: unknown[]): Promise<void> {
    await expect.poll(() => this.ended()).toEqual(how)
    await this.windows.app.evaluate(() => void globalThis.stage.ended.splice(0))
  }

  /** As the vault does on a lock, which closes the window. */
  async lock(): Promise<void> {
    await this.windows.app.evaluate(() => globalThis.stage.lock())
    await expect.poll(() => this.count()).toBe(0)
  }

  async clear(): Promise<void> {
    await this.lock()
    await this.windows.app.evaluate(() => void globalThis.stage.ended.splice(0))
  }

  count(): Promise<number> {
    return this.windows.app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((one) => one.webContents.getURL().endsWith('prompt.html')).length,
    )
  }

  close(): Promise<void> {
    return this.windows.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((one) => one.webContents.getURL().endsWith('prompt.html'))
        ?.close(),
    )
  }
}
