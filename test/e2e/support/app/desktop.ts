import type { ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ElectronApplication, Locator, Page } from 'playwright-core'
import { _electron } from 'playwright-core'
import type { Bridge } from '../../../../preload/contract.ts'
import { systemCode } from '../../../../shared/system-error.ts'
import { windowPage } from './window-page.ts'

declare global {
  interface Window {
    readonly latchkey: Bridge
  }
}

const checkout = resolve(import.meta.dirname, '..', '..', '..', '..')

/** The built app in a real Electron, sandbox on, with a profile of its own. */
export interface Desktop {
  /** Replaced after a lock: the app is then a new program in the same process. */
  app: ElectronApplication
  page: Page
  readonly process: ChildProcess
  readonly profile: string
  /** Everything that the app's processes wrote to their outputs. */
  readonly output: () => string
  /** Quits as a user does, and waits until the process has ended. */
  readonly quit: () => Promise<void>
}

export function newProfile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-profile-'))
  preparePalette(folder)
  chmodSync(folder, 0o755) // the app has to make it private, not this test
  return folder
}

/** Makes the profile that of a user who has opened the palette before: the app then creates the palette's window in advance. */
export function preparePalette(profile: string): void {
  writeFileSync(join(profile, 'palette-used'), '', { mode: 0o600 })
}

/**
 * @param switches for Electron itself
 * @param program that starts Electron with the same arguments
 * @param words for the app
 */
export async function startDesktop(
  profile: string,
  environment: Record<string, string> = {},
  switches: readonly string[] = [],
  program?: string,
  words: readonly string[] = [],
): Promise<Desktop> {
  const [electron, ...args] = appCommand(switches)
  const app = await _electron.launch({
    executablePath: program ?? electron,
    args: [...holdReady.args, ...args, ...words],
    chromiumSandbox: true,
    env: { ...definedEnvironment(), ...holdReady.env, LATCHKEY_PROFILE_DIR: profile, ...environment },
    timeout: 20_000,
  })
  const said: string[] = []
  const started = app.process()
  started.stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  started.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const desktop: Desktop = {
    app,
    page: await mainPage(app, said),
    process: started,
    profile,
    output: () => said.join(''),
    quit: () => quit(desktop),
  }
  desktops.set(desktop, said)
  return desktop
}

/** Quits the app regularly. @throws Error with its output if it does not end */
async function quit({ app, output }: Desktop): Promise<void> {
  const ended = await Promise.race([app.close().then(() => true), wait(20_000, false, { ref: false })])
  if (!ended) throw new Error(`The app does not end. It said:\n${output()}`)
}

/** The output of each, for those that come back after a lock. */
const desktops = new WeakMap<Desktop, string[]>()

/**
 * The main window's page, or the palette's if the app runs without a main window. The palette is created last, but Playwright may report it
 * first when it connects to an app that runs already.
 */
async function mainPage(app: ElectronApplication, said: string[]): Promise<Page> {
  await app.firstWindow({ timeout: 15_000 })
  const hasMain = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some(({ webContents }) => webContents.getURL() === 'app://bundle/index.html'),
  )
  const page = await windowPage(app, hasMain ? 'index' : 'palette')
  await keepFocus(page)
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  return page
}

/** Locks by the window's own call, and follows the app into its new process. */
export async function lock(desktop: Desktop): Promise<void> {
  await comeBack(desktop, () => desktop.page.evaluate(() => void window.latchkey.calls['app.lock'](null)))
}

/**
 * Does what locks the app, and connects to it again once it has come back: the same process id with a new program. The page shows the lock
 * screen.
 */
export async function comeBack(desktop: Desktop, locks: () => Promise<unknown> | undefined): Promise<void> {
  const said = desktops.get(desktop) ?? []
  let told = '' // from the process's output only: messages of pages have no such lines
  const hear = (chunk: Buffer): void => void (told += chunk.toString())
  desktop.process.stderr?.on('data', hear)
  const listening = (what: string): string | undefined => new RegExp(`^${what} listening on (ws:\\S+)$`, 'm').exec(told)?.[1]
  await Promise.resolve(locks()).catch(() => undefined) // the lock ends the answering process
  await heard(desktop.process, () => listening('DevTools') !== undefined).finally(() => desktop.process.stderr?.off('data', hear))
  desktop.app = await attach({
    RUNNING_NODE: listening('Debugger') ?? '',
    RUNNING_CHROMIUM: listening('DevTools') ?? '',
    RUNNING_PID: String(desktop.process.pid),
  })
  desktop.page = await mainPage(desktop.app, said)
}

/** Makes the app wait until Playwright has attached; see the file. */
export const holdReady = { args: ['-r', join(import.meta.dirname, 'hold-ready.cjs')], env: { LATCHKEY_HOLD_READY: '1' } } as const

/**
 * Connects to an app that runs already. It cannot be held while its page loads, so Playwright may miss the navigation that it waits for:
 * then it connects once more, which does not affect the app.
 */
async function attach(running: Record<string, string>): Promise<ElectronApplication> {
  for (let triesLeft = 3; ; triesLeft -= 1) {
    try {
      const executablePath = join(import.meta.dirname, 'running-app.sh')
      return await _electron.launch({ executablePath, env: { ...definedEnvironment(), ...running }, timeout: 8_000 })
    } catch (error) {
      if (triesLeft <= 1 || !(error instanceof Error) || error.name !== 'TimeoutError') throw error
    }
  }
}

function heard(process: ChildProcess, enough: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => done(() => reject(new Error('the app did not come back'))), 20_000)
    const look = (): void => void (enough() && done(resolve))
    const done = (then: () => void): void => {
      clearTimeout(late)
      process.stderr?.off('data', look)
      then()
    }
    process.stderr?.on('data', look)
    look()
  })
}

/** Starts the app for the first time, and creates the local vault. */
export async function startWithVault(...settings: [environment?: Record<string, string>, switches?: readonly string[]]): Promise<Desktop> {
  const desktop = await startDesktop(newProfile(), ...settings)
  await createVault(desktop.page)
  return desktop
}

/** Creates the local vault, from the first screen or that where accounts are added. */
export async function createVault(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Create a vault on this computer' }).click()
  await page.getByRole('heading', { name: 'Create your first key' }).waitFor()
}

/** Creates a key through the window and closes the dialog. */
export async function createKey(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+n')
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('button', { name: 'Create key' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await rowOf(page, name).waitFor()
}

/**
 * A key in the list. Its row begins with its name and continues with the last four characters of a value, which can be another key's name.
 */
export function rowOf(page: Page, name: string): Locator {
  return page.getByRole('option', { name: new RegExp(`^${name}(?![\\w-])`) })
}

/** Quits the app, and removes its profile. */
export async function quitAndDiscard(desktop: Desktop): Promise<void> {
  await desktop.quit()
  discard(desktop.profile)
}

/**
 * Deletes a profile. A process of a killed app may still write there for a moment: what it adds is deleted with the next try, while
 * `maxRetries` would only try again to remove the folder.
 */
export function discard(profile: string): void {
  for (let left = 100; ; left -= 1) {
    try {
      return rmSync(profile, { recursive: true, force: true })
    } catch (error) {
      if (left === 0 || systemCode(error) !== 'ENOTEMPTY') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
  }
}

export function electronPath(): string {
  return createRequire(import.meta.url)('electron') as unknown as string
}

/**
 * On a screen without a window manager the focus comes and goes at random, which would hide revealed values. The page pretends to have it.
 */
function keepFocus(page: Page): Promise<void> {
  return page.evaluate(() => {
    addEventListener('blur', (event) => event.stopImmediatePropagation(), true)
    dispatchEvent(new Event('focus')) // it may have lost it already
  })
}

/** The command line that starts the built app. */
export function appCommand(switches: readonly string[]): [string, ...string[]] {
  return [electronPath(), ...switches, checkout]
}

export function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
