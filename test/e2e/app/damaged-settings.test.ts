import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import type { Desktop } from '../support/app/desktop.ts'
import { quitAndDiscard, startDesktop, startWithVault } from '../support/app/desktop.ts'
import { windowPage } from '../support/app/window-page.ts'

/** A profile whose settings file was truncated. */
describe('settings that cannot be read', () => {
  let desktop: Desktop
  let settings: string
  const file = (): string => join(desktop.profile, 'profile.json')

  beforeAll(async () => {
    desktop = await startWithVault()
    await desktop.quit()
    settings = readFileSync(file(), 'utf8')
    writeFileSync(file(), settings.slice(0, -10))
    desktop = await startDesktop(desktop.profile)
  })
  afterAll(() => quitAndDiscard(desktop))

  it('keep the vault closed, with an explanation, and are not overwritten', async () => {
    await desktop.page.getByRole('button', { name: 'Try again' }).waitFor()
    await expectAccessible(desktop.page)
    expect(readFileSync(file(), 'utf8')).toBe(settings.slice(0, -10))
  })

  it('cause no unexpected error elsewhere', async () => {
    // The palette is the last of the windows to be created.
    await windowPage(desktop.app, 'palette')
    const told = await desktop.page.evaluate(() => window.latchkey.calls['settings.get'](null))
    expect(told).toEqual({ ok: false, code: 'profile-corrupt' })
    expect(desktop.output()).not.toContain('a fault')
  })

  // Regression: repaired settings were used from the next start only, so the vault opened with default language, theme and shortcut.
  it('open the vault and take effect once they are repaired', async () => {
    const seen = () =>
      desktop.app.evaluate(({ globalShortcut, nativeTheme }) => [globalShortcut.isRegistered('Ctrl+Alt+J'), nativeTheme.themeSource])
    expect(await seen()).toEqual([false, 'system'])
    const { preferences, ...own } = JSON.parse(settings) as { preferences: object }
    writeFileSync(
      file(),
      JSON.stringify({ ...own, theme: 'dark', preferences: { ...preferences, language: 'de', quickShortcut: 'Ctrl+Alt+J' } }),
    )
    await desktop.page.getByRole('button', { name: 'Try again' }).click()
    await desktop.page.getByRole('heading', { name: 'Legen Sie Ihren ersten Schlüssel an' }).waitFor()
    expect(await seen()).toEqual([true, 'dark'])
    expect(await desktop.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
  })
})
