import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { _electron } from 'playwright-core'
import { build } from 'vite'
import type { BridgeOf } from '../../../../preload/bridge.ts'
import type { paletteCalls, paletteEvents } from '../../../../preload/palette-contract.ts'
import type { promptCalls, promptEvents } from '../../../../preload/prompt-contract.ts'
import { definedEnvironment, electronPath, holdReady } from '../app/desktop.ts'
import { windowPage } from '../app/window-page.ts'

declare global {
  interface Window {
    readonly latchkeyPrompt: BridgeOf<typeof promptCalls, typeof promptEvents>
    readonly latchkeyPalette: BridgeOf<typeof paletteCalls, typeof paletteEvents>
  }
}

const checkout = resolve(import.meta.dirname, '..', '..', '..', '..')

/** Prompt and palette in a real Electron, sandbox on, with a test in the place of the vault. */
export interface SmallWindowsApp {
  readonly app: ElectronApplication
  /** The window's page, once it exists. */
  readonly page: (name: 'prompt' | 'palette') => Promise<Page>
  readonly output: () => string
  readonly quit: () => Promise<void>
}

export async function startSmallWindows(): Promise<SmallWindowsApp> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-windows-'))
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ...{ ssr: join(checkout, 'test', 'e2e', 'small-windows', 'main.ts'), outDir: join(folder, 'app'), target: 'node18' },
      rollupOptions: { external: ['electron'], output: { format: 'cjs', entryFileNames: 'main.cjs' } },
    },
    ssr: { noExternal: true },
  })
  writeFileSync(join(folder, 'app', 'package.json'), JSON.stringify({ name: 'windows', version: '1.0.0', main: 'main.cjs' }))
  mkdirSync(join(folder, 'profile'))
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: [...holdReady.args, join(folder, 'app')],
    chromiumSandbox: true,
    env: {
      ...definedEnvironment(),
      ...holdReady.env,
      LATCHKEY_PROFILE_DIR: join(folder, 'profile'),
      LATCHKEY_PAGES: join(checkout, 'out', 'renderer'),
      LATCHKEY_PRELOADS: join(checkout, 'out', 'preload'),
    },
    timeout: 30_000,
  })
  const said: string[] = []
  app.on('window', (page) => {
    page.on('console', (message) => said.push(message.text()))
    page.on('pageerror', (error) => said.push(error.message))
  })
  return {
    app,
    page: (name) => windowPage(app, name),
    output: () => said.join('\n'),
    quit: async () => {
      await app.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}
