import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { _electron } from 'playwright-core'
import type { Bridge } from '../../preload/contract.ts'

declare global {
  interface Window {
    readonly latchkey: Bridge
  }
}

const checkout = resolve(import.meta.dirname, '..', '..')

/** The built app in a real Electron, sandbox on, with a profile of its own. */
export interface Desktop {
  readonly app: ElectronApplication
  readonly page: Page
  readonly profile: string
  /** Everything that the app's processes wrote to their outputs. */
  readonly output: () => string
  /** Quits as a person does, and waits until the process is gone. */
  readonly quit: () => Promise<void>
}

export function newProfile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-profile-'))
  chmodSync(folder, 0o755) // the app is to make it private, not this
  return folder
}

/** @param switches for Electron itself */
export async function startDesktop(
  profile: string,
  environment: Record<string, string> = {},
  switches: readonly string[] = [],
): Promise<Desktop> {
  const [executablePath, ...args] = appCommand(switches)
  const app = await _electron.launch({
    executablePath,
    args,
    chromiumSandbox: true,
    env: { ...definedEnvironment(), LATCHKEY_PROFILE_DIR: profile, ...environment },
    timeout: 30_000,
  })
  const said: string[] = []
  app.process().stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  app.process().stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const page = await app.firstWindow()
  page.setDefaultTimeout(15_000) // below a test's: the step that hangs says so
  await keepFocus(page)
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  return { app, page, profile, output: () => said.join(''), quit: () => app.close() }
}

/** Starts the app as a person finds it the first time, and makes the vault on this computer. */
export async function startWithVault(): Promise<Desktop> {
  const desktop = await startDesktop(newProfile())
  await desktop.page.getByRole('button', { name: 'Create a vault on this computer' }).click()
  await desktop.page.getByRole('heading', { name: 'Create your first key' }).waitFor()
  return desktop
}

/** Creates a key through the window and closes the dialog that says so. */
export async function createKey(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+n')
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('button', { name: 'Create key' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('option', { name }).waitFor()
}

/** After a lock, Playwright's page is the one whose process was ended; the new one is reached through main. Null while it is not there. */
export function inNewPage(desktop: Desktop, script: string): Promise<unknown> {
  return desktop.app.evaluate(({ webContents }, code) => {
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), 1000))
    const main = webContents.getAllWebContents().find((one) => one.getURL() === 'app://bundle/index.html')
    return Promise.race([late, main?.executeJavaScript(code)]) as Promise<unknown>
  }, script)
}

export function discard(profile: string): void {
  rmSync(profile, { recursive: true, force: true })
}

export function electronPath(): string {
  return createRequire(import.meta.url)('electron') as unknown as string
}

/**
 * On a screen without a window manager the focus comes and goes as it likes, and with it any value in sight. The page keeps it,
 * whatever the screen says.
 */
function keepFocus(page: Page): Promise<void> {
  return page.evaluate(() => {
    addEventListener('blur', (event) => event.stopImmediatePropagation(), true)
    dispatchEvent(new Event('focus')) // it may have lost it already
  })
}

/** The words that start the built app. */
export function appCommand(switches: readonly string[]): [string, ...string[]] {
  return [electronPath(), ...switches, checkout]
}

export function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
