import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { focused, startScreen } from '../../../main/outlets/typist/x11/screen.ts'
import { appCommand, createKey, createVault, definedEnvironment, type Desktop, discard, newProfile, startDesktop } from './desktop.ts'
import { OwnKeyring } from '../keyring/own-keyring.ts'
import { keyIn } from '../pages/key-in.ts'

/** The app on a bus and a screen of the test's own, with or without a panel. */
export class OwnDesk {
  #desktop: Desktop | null = null

  /** For all tests of a file. */
  static forTests(): OwnDesk {
    const desk = new OwnDesk()
    let session: OwnKeyring
    let screen: { end: () => void }
    beforeAll(async () => {
      session = await OwnKeyring.bus()
      await session.start()
      screen = await startScreen()
    })
    afterAll(async () => {
      screen.end()
      await session.end()
    })
    afterEach(async () => {
      const { desktop } = desk
      if (desktop.process.exitCode === null) await desktop.quit()
      discard(desktop.profile)
    })
    return desk
  }

  get desktop(): Desktop {
    if (this.#desktop === null) throw new Error('not started')
    return this.#desktop
  }

  async start(words: readonly string[] = []): Promise<void> {
    this.#desktop = await startDesktop(newProfile(), {}, [], undefined, words)
  }

  /** Ends the app, and starts it again on the same profile. */
  async restart(words: readonly string[]): Promise<void> {
    const { profile } = this.desktop
    await this.desktop.quit()
    this.#desktop = await startDesktop(profile, {}, [], undefined, words)
  }

  /** With the keys `alpha` and `deploy`; returns the second. */
  async startWithKeys(): Promise<{ accountId: string; id: string; value: string }> {
    await this.start()
    const { page } = this.desktop
    await createVault(page)
    await createKey(page, 'alpha')
    await createKey(page, 'deploy')
    return keyIn(this.desktop, 'deploy')
  }

  /** Starts the app once more, as a file manager, a browser or a shell does. @returns its exit status */
  async startAgain(...words: string[]): Promise<number> {
    const [program, ...args] = appCommand([])
    const env = { ...definedEnvironment(), LATCHKEY_PROFILE_DIR: this.desktop.profile }
    const child = spawn(program, [...args, ...words], { env, stdio: 'ignore' })
    const [status] = (await once(child, 'exit')) as [number]
    return status
  }

  /** Changes settings as the window does. */
  async choose(chosen: Record<string, unknown>): Promise<void> {
    const answer = await this.desktop.page.evaluate(async (some) => {
      await window.latchkey.calls['app.state'](null) // answered once the vault is open: a closed one refuses changes of settings
      const told = await window.latchkey.calls['settings.get'](null)
      if (!told.ok) throw new Error(told.code)
      return window.latchkey.calls['settings.set']({ ...told.value.settings, ...some })
    }, chosen)
    expect(answer).toMatchObject({ ok: true, value: { settings: chosen } })
  }

  /** Does something with the main window, or queries it; null if the app has no main window. */
  main(what: 'close' | 'minimize' | 'isVisible' | 'isMinimized'): Promise<unknown> {
    return this.desktop.app.evaluate(({ BrowserWindow }, name) => {
      const main = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL() === 'app://bundle/index.html')
      return main === undefined ? null : (main[name]() ?? true)
    }, what)
  }

  get hasFocus(): boolean {
    return focused().pid === this.desktop.process.pid
  }
}
