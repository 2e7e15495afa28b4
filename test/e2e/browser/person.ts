import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { createKey, type Desktop, startWithVault } from '../support/app/desktop.ts'
import { fromMenu } from '../support/pages/main-window.ts'
import { answerPrompt, promptWindow } from '../support/pages/prompt.ts'
import { revealed } from '../support/pages/revealed.ts'
import { type Chromium, extensionPage } from './chromium.ts'

/** What a user does with the app and a browser, step by step. */

/** Starts the app in a home folder that has a Chromium, and creates a key. @returns its value too */
export async function startWithKey(home: string, name: string): Promise<{ desktop: Desktop; value: string }> {
  mkdirSync(join(home, '.config', 'chromium'), { recursive: true })
  const desktop = await startWithVault({ HOME: home, XDG_CONFIG_HOME: join(home, '.config') })
  await createKey(desktop.page, name)
  return { desktop, value: await revealed(desktop.page, name) }
}

/** Connects the browser to the app. */
export async function connectBrowser({ page }: Desktop): Promise<void> {
  await fromMenu(page, 'Browsers…')
  await page.getByRole('button', { name: 'Connect Chromium' }).click()
  await page.getByRole('button', { name: 'Disconnect Chromium' }).waitFor()
  await page.keyboard.press('Escape')
}

/** @returns the code that the browser showed, and the text of the app's prompt */
export async function pair({ context }: Chromium, desktop: Desktop): Promise<{ code: string; said: string }> {
  const tab = await context.newPage()
  await tab.goto(`${extensionPage}?pair`)
  const code = (await tab.locator('.code').getAttribute('aria-label'))?.replace(/\D/g, '') ?? ''
  await tab.getByRole('button', { name: 'Same code' }).click()
  const said = await answerPrompt(desktop, 'The same code')
  await tab.getByText('This browser is paired').waitFor()
  await tab.close()
  return { code, said }
}

/** Chooses the only key for the requesting site in the app's prompt. @returns the prompt's text */
export async function chooseKey(desktop: Desktop): Promise<string> {
  const window = await promptWindow(desktop)
  await checked(window)
  return answerPrompt(desktop, 'Use on this site')
}

/** It ignores input in its first half second. */
async function checked(window: Page): Promise<void> {
  const key = window.getByRole('radio')
  for (const deadline = Date.now() + 10_000; !(await key.isChecked());) {
    if (Date.now() > deadline) throw new Error('no key could be chosen')
    await key.check({ timeout: 1_000 }).catch(() => undefined)
  }
}
