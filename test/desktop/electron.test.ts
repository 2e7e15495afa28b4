import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { _electron, type ElectronApplication } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { definedEnvironment, holdReady } from '../e2e/support/app/desktop.ts'
import { sharedFolder } from '../temporary-folder.ts'

/** A small app of its own, so that the test is about the runtime alone. */
describe('the Electron that set-up provides', () => {
  const folder = sharedFolder('e-')
  let app: ElectronApplication

  beforeAll(async () => {
    mkdirSync(join(folder, 'app'))
    writeFileSync(
      join(folder, 'app', 'package.json'),
      JSON.stringify({ name: 'scratch', productName: 'Scratch', version: '7.8.9', main: 'main.cjs' }),
    )
    writeFileSync(
      join(folder, 'app', 'main.cjs'),
      `const { app, BrowserWindow } = require('electron')
       app.setPath('userData', ${JSON.stringify(join(folder, 'data'))})
       app.whenReady().then(() => {
         new BrowserWindow({ webPreferences: { sandbox: true } }).loadURL('data:text/html,<h1>Scratch</h1>')
       })`,
    )
    app = await _electron.launch({
      executablePath: electronPath(),
      args: [...holdReady.args, join(folder, 'app'), 'an argument'],
      // Playwright turns Electron's sandbox off on Linux by default.
      chromiumSandbox: true,
      env: { ...definedEnvironment(), ...holdReady.env },
    })
  })

  afterAll(() => (app as ElectronApplication | undefined)?.close())

  it('opens a window on the screen of the session', async () => {
    const window = await app.firstWindow()
    expect(await window.textContent('h1')).toBe('Scratch')
    expect((await window.screenshot()).length).toBeGreaterThan(1_000)
  })

  it("runs the app under its own name, version and path, with the app's own arguments", async () => {
    const told = await app.evaluate(({ app }) => ({
      name: app.getName(),
      version: app.getVersion(),
      place: app.getAppPath(),
    }))
    expect(told).toEqual({ name: 'Scratch', version: '7.8.9', place: join(folder, 'app') })
    expect(await app.evaluate(() => process.argv.at(-1))).toBe('an argument')
  })

  it('keeps its windows in a sandbox: system calls are filtered, and it does not run as root', async () => {
    await app.firstWindow()
    const pid = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId())
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    expect(status).toMatch(/^Seccomp:\t2$/m)
    expect(status).toMatch(/^NoNewPrivs:\t1$/m)
  })

  it('loads the native build of Realm in its main process', async () => {
    const path = createRequire(import.meta.url).resolve('realm/build/Release/realm.node')
    // By path and not by name: the package's main file opens files in the working directory when it is loaded.
    expect(await app.evaluate(() => process.versions.electron)).toMatch(/^\d+\./)
    const loaded = await app.evaluate((_, file) => typeof process.mainModule?.require(file), path)
    expect(loaded).toBe('object')
  })
})

function electronPath(): string {
  return createRequire(import.meta.url)('electron') as string
}
