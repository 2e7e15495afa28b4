import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import puppeteer from 'puppeteer-core'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { chromiumId, chromiumKey, firefoxId, hostName } from '../../../clients/shared/protocol/extension-ids.ts'
import { Registrations } from '../../../main/browsers/registrations.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

/** That the browsers of this computer, started as a person starts them, find what was registered, and start it for our extension. */
let home: string
let close: () => unknown
beforeEach(() => {
  home = temporaryFolder('latchkey-home-')
  close = () => undefined
})
afterEach(() => close())

const waiting = { timeout: 25_000, interval: 100 }

it('Chromium starts the host that was registered, for our extension', async () => {
  mkdirSync(join(home, '.config', 'chromium'), { recursive: true })
  await registered('chromium')
  const extension = anExtension({ key: chromiumKey, background: { service_worker: 'background.js' } })
  // With a window: without one it has another folder, and nobody uses it so.
  const switches = ['--disable-background-networking', '--disable-sync', '--no-first-run', '--password-store=basic']
  const browser = spawn('/usr/bin/chromium', [...switches, `--load-extension=${extension}`, 'about:blank'], { env: env(), stdio: 'ignore' })
  close = () => ended(browser)
  await vi.waitUntil(() => existsSync(join(home, 'asked')), waiting)
  expect(asked()[0]).toBe(`chrome-extension://${chromiumId}/`)
})

it('Firefox starts the host that was registered, for our extension', async () => {
  mkdirSync(join(home, '.config', 'mozilla', 'firefox-esr'), { recursive: true })
  await registered('firefox')
  const extension = anExtension({ browser_specific_settings: { gecko: { id: firefoxId } }, background: { scripts: ['background.js'] } })
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true, env: env() })
  close = () => browser.close()
  await browser.installExtension(extension)
  await vi.waitUntil(() => existsSync(join(home, 'asked')), waiting)
  expect(asked()).toEqual([join(home, '.mozilla', 'native-messaging-hosts', `${hostName}.json`), firefoxId])
})

/** Registers a host that writes down how it was started. */
async function registered(id: 'chromium' | 'firefox'): Promise<void> {
  const host = join(home, 'host')
  writeFileSync(host, `#!/bin/sh\nprintf '%s\\n' "$@" > '${home}/asked.new' && mv '${home}/asked.new' '${home}/asked'\n`)
  chmodSync(host, 0o700)
  await new Registrations({ home, env: {}, platform: 'linux', host, folder: join(home, 'profile') }).register(id)
}

/** One with our extension's id, which asks for the host as soon as it is there. */
function anExtension(more: object): string {
  const folder = join(home, 'extension')
  mkdirSync(folder)
  const manifest = { manifest_version: 3, name: 'Asks for the host', version: '1', permissions: ['nativeMessaging'], ...more }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, 'background.js'), `(globalThis.browser ?? chrome).runtime.connectNative('${hostName}')`)
  return folder
}

function asked(): string[] {
  return readFileSync(join(home, 'asked'), 'utf8').trimEnd().split('\n')
}

function env(): Record<string, string> {
  const { PATH = '', DISPLAY = '', XAUTHORITY = join(homedir(), '.Xauthority'), DBUS_SESSION_BUS_ADDRESS = '' } = process.env
  return { HOME: home, PATH, DISPLAY, XAUTHORITY, DBUS_SESSION_BUS_ADDRESS }
}

async function ended(browser: ChildProcess): Promise<void> {
  if (browser.exitCode !== null || browser.signalCode !== null) return
  const gone = new Promise((resolve) => browser.once('exit', resolve))
  browser.kill()
  await gone
}
