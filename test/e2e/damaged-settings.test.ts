import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from './axe.ts'
import type { Desktop } from './desktop.ts'
import { discard, startDesktop, startWithVault } from './desktop.ts'

/** A profile whose settings somebody has cut short. */
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
  afterAll(async () => {
    await desktop.quit()
    discard(desktop.profile)
  })

  it('keep the vault closed, with a sentence, and are left as they are', async () => {
    await desktop.page.getByRole('button', { name: 'Try again' }).waitFor()
    await expectAccessible(desktop.page)
    expect(readFileSync(file(), 'utf8')).toBe(settings.slice(0, -10))
  })

  it('are asked for by nothing else that would end in a fault', async () => {
    // The palette is made last of what waits for the window.
    await expect.poll(() => desktop.app.windows().some((page) => page.url() === 'app://bundle/palette.html')).toBe(true)
    const told = await desktop.page.evaluate(() => window.latchkey.calls['settings.get'](null))
    expect(told).toEqual({ ok: false, code: 'profile-corrupt' })
    expect(desktop.output()).not.toContain('a fault')
  })

  it('open it once they are mended', async () => {
    writeFileSync(file(), settings)
    await desktop.page.getByRole('button', { name: 'Try again' }).click()
    await desktop.page.getByRole('heading', { name: 'Create your first key' }).waitFor()
  })
})
