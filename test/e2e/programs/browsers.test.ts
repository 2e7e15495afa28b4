import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import type { Desktop } from '../support/app/desktop.ts'
import { discard, newProfile, startDesktop } from '../support/app/desktop.ts'

/** A person with Chromium, a Firefox, and a Brave in a sandbox, who lets them find Latchkey and no longer. */
describe('the browsers of this computer', () => {
  let desktop: Desktop
  const home = mkdtempSync(join(tmpdir(), 'latchkey-home-'))
  /** What the desktop was asked to open. */
  const opened = join(home, 'opened')
  const manifest = join(home, '.config', 'chromium', 'NativeMessagingHosts', 'dev.latchkey.host.json')
  const button = (name: string | RegExp) => desktop.page.getByRole('button', { name })
  const dialog = () => desktop.page.getByRole('dialog')

  beforeAll(async () => {
    for (const folder of ['.config/chromium', '.mozilla/firefox', 'snap/brave']) mkdirSync(join(home, folder), { recursive: true })
    // A file manager of ours: the desktop's own would stay when the app has gone.
    mkdirSync(join(home, 'bin'))
    writeFileSync(join(home, 'bin', 'xdg-open'), `#!/bin/sh\necho "$PWD $1" > '${opened}'\n`, { mode: 0o755 })
    const path = `${join(home, 'bin')}:${process.env['PATH']}`
    desktop = await startDesktop(newProfile(), { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), PATH: path })
    await button('Create a vault on this computer').click()
    await desktop.page.getByRole('heading', { name: 'Create your first key' }).waitFor()
  })
  afterAll(async () => {
    await desktop.quit()
    discard(desktop.profile)
    rmSync(home, { recursive: true, maxRetries: 10 }) // a browser's helper may still be writing there
  })

  it('are listed, those that are not here by name only, and one in a sandbox with the reason why it cannot be connected', async () => {
    await openBrowsers()
    await dialog().getByText('Not found: Google Chrome, Microsoft Edge, Vivaldi.').waitFor()
    expect(await dialog().locator('li strong').allInnerTexts()).toEqual(['Chromium', 'Brave', 'Firefox'])
    await dialog().getByText('This Brave is a Snap').waitFor()
    expect(await button('Connect Brave').count()).toBe(0)
    await dialog().getByText('None yet.').waitFor()
    await expectAccessible(desktop.page)
  })

  it('are connected by a file that names our host and our extension alone', async () => {
    await button('Connect Chromium').click()
    await button('Disconnect Chromium').waitFor()
    const written = JSON.parse(readFileSync(manifest, 'utf8')) as { path: string; allowed_origins: string[] }
    expect(existsSync(written.path)).toBe(true)
    expect(written.allowed_origins).toEqual([expect.stringMatching(/^chrome-extension:\/\/[a-p]{32}\/$/)])
    expect(await button('Connect Firefox').count()).toBe(1)
    await expectAccessible(desktop.page)
  })

  it('show where the extension lies', async () => {
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

  it('are disconnected by taking the file away, with the focus where it was', async () => {
    await button('Disconnect Chromium').focus()
    await desktop.page.keyboard.press('Enter')
    await button(/^Connect Chromium/).waitFor()
    expect(existsSync(manifest)).toBe(false)
    expect(await button(/^Connect Chromium/).evaluate((element) => element === document.activeElement)).toBe(true)
  })

  it('say why, where one cannot be connected: something else is in its place', async () => {
    mkdirSync(manifest, { recursive: true })
    await button('Connect Chromium').click()
    await dialog().getByRole('alert').waitFor()
    expect(await dialog().getByRole('alert').innerText()).not.toContain(home)
    await expectAccessible(desktop.page)
  })

  async function openBrowsers(): Promise<void> {
    await button(/^Account:/).click()
    await desktop.page.getByRole('menuitem', { name: 'Browsers…' }).click()
    await dialog().waitFor()
    await button(/^(Connect|Disconnect) Chromium/).waitFor()
  }
})
