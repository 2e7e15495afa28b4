import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import type { Desktop } from '../support/app/desktop.ts'
import { quitAndDiscard, startWithVault } from '../support/app/desktop.ts'
import { fromMenu } from '../support/pages/main-window.ts'
import { sharedFolder } from '../../temporary-folder.ts'

/** A user with Chromium, a Firefox, and a sandboxed Brave, who connects and disconnects them. */
describe('the browsers of this computer', () => {
  let desktop: Desktop
  const home = sharedFolder('latchkey-home-')
  /** What the desktop was asked to open. */
  const opened = join(home, 'opened')
  const manifest = join(home, '.config', 'chromium', 'NativeMessagingHosts', 'dev.latchkey.host.json')
  const button = (name: string | RegExp) => desktop.page.getByRole('button', { name })
  const dialog = () => desktop.page.getByRole('dialog')

  beforeAll(async () => {
    for (const folder of ['.config/chromium', '.mozilla/firefox', 'snap/brave']) mkdirSync(join(home, folder), { recursive: true })
    // A fake file manager: the desktop's own would still run after the app has ended.
    mkdirSync(join(home, 'bin'))
    writeFileSync(join(home, 'bin', 'xdg-open'), `#!/bin/sh\necho "$PWD $1" > '${opened}'\n`, { mode: 0o755 })
    const path = `${join(home, 'bin')}:${process.env['PATH']}`
    desktop = await startWithVault({ HOME: home, XDG_CONFIG_HOME: join(home, '.config'), PATH: path })
  })
  afterAll(() => quitAndDiscard(desktop))

  it('are listed: absent ones by name only, and a sandboxed one with the reason why it cannot be connected', async () => {
    await openBrowsers()
    await dialog().getByText('Not found: Google Chrome, Microsoft Edge, Vivaldi.').waitFor()
    expect(await dialog().locator('li strong').allInnerTexts()).toEqual(['Chromium', 'Brave', 'Firefox'])
    await dialog().getByText('This Brave is a Snap').waitFor()
    expect(await button('Connect Brave').count()).toBe(0)
    await dialog().getByText('None yet.').waitFor()
    await expectAccessible(desktop.page)
  })

  it('are connected by a manifest that names only our host and our extension', async () => {
    await button('Connect Chromium').click()
    await button('Disconnect Chromium').waitFor()
    const written = JSON.parse(readFileSync(manifest, 'utf8')) as { path: string; allowed_origins: string[] }
    expect(existsSync(written.path)).toBe(true)
    expect(written.allowed_origins).toEqual([expect.stringMatching(/^chrome-extension:\/\/[a-p]{32}\/$/)])
    expect(await button('Connect Firefox').count()).toBe(1)
    await expectAccessible(desktop.page)
  })

  it("show the extension's folder", async () => {
    await button('Show extension for Chromium').click()
    await dialog()
      .locator('code', { hasText: /extension.chromium$/ })
      .waitFor()
    await expect.poll(() => existsSync(opened) && readFileSync(opened, 'utf8')).toMatch(/extension.chromium\n$/)
  })

  it('are still connected when the dialog is opened again', async () => {
    await desktop.page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    await openBrowsers()
    await button('Disconnect Chromium').waitFor()
  })

  it('are disconnected by removing the manifest, and the focus stays where it was', async () => {
    await button('Disconnect Chromium').focus()
    await desktop.page.keyboard.press('Enter')
    await button(/^Connect Chromium/).waitFor()
    expect(existsSync(manifest)).toBe(false)
    expect(await button(/^Connect Chromium/).evaluate((element) => element === document.activeElement)).toBe(true)
  })

  it('say why one cannot be connected: another file is in its place', async () => {
    mkdirSync(manifest, { recursive: true })
    await button('Connect Chromium').click()
    await dialog().getByRole('alert').waitFor()
    expect(await dialog().getByRole('alert').innerText()).not.toContain(home)
    await expectAccessible(desktop.page)
  })

  async function openBrowsers(): Promise<void> {
    await fromMenu(desktop.page, 'Browsers…')
    await dialog().waitFor()
    await button(/^(Connect|Disconnect) Chromium/).waitFor()
  }
})
