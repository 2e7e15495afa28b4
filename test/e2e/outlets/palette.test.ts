import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { focused, openTerminal, type Reader, startScreen, tool } from '../../main/outlets/typist/x11/screen.ts'
import { until } from '../../until.ts'
import { createKey, type Desktop, quitAndDiscard, startDesktop, startWithVault } from '../support/app/desktop.ts'
import { filesBelow } from '../../files.ts'
import { windowPage } from '../support/app/window-page.ts'
import { keyIn } from '../support/pages/key-in.ts'

/** The whole way with real parts: the app, its shortcut, a window manager, and a terminal that gets the value. */
describe('the palette over a terminal', () => {
  let screen: { end: () => void }
  let desktop: Desktop
  let palette: Page
  let terminal: Reader
  let value: string

  beforeAll(async () => {
    screen = await startScreen()
    desktop = await startWithVault()
    await createKey(desktop.page, 'build')
    await createKey(desktop.page, 'deploy')
    ;({ value } = await keyIn(desktop, 'deploy'))
    palette = await windowPage(desktop.app, 'palette')
  })
  afterAll(async () => {
    await quitAndDiscard(desktop)
    screen.end()
  })
  beforeEach(async () => {
    terminal = await openTerminal(['-T', 'staging'])
  })
  afterEach(() => terminal.end())

  async function summon(): Promise<void> {
    tool('xdotool', 'key', 'ctrl+alt+k')
    await until(() => focused().pid === desktop.app.process().pid)
    await palette.getByRole('combobox', { name: 'Find a key' }).waitFor()
  }
  const press = (...keys: string[]): string => tool('xdotool', 'key', ...keys)

  it('types the value of the selected key into the terminal, and the value is nowhere else', async () => {
    await summon()
    expect(await palette.getByText('Types into').locator('..').innerText()).toMatch(/xterm[^]*staging/)
    press('d', 'e', 'p', 'l')
    await until(async () => (await palette.getByRole('option').allInnerTexts()).join().includes('deploy'))
    press('Return')
    await until(() => terminal.got().length >= value.length)
    press('at') // anything typed afterwards, such as Enter, would have arrived before this
    await until(() => terminal.got().endsWith('@'))
    expect(terminal.got()).toBe(`${value}@`)

    expect(await desktop.app.evaluate(({ clipboard }) => clipboard.readText())).not.toBe(value)
    for (const page of desktop.app.windows()) expect(await page.content()).not.toContain(value)
    expect(desktop.output()).not.toContain(value)
    const files = filesBelow(desktop.profile).filter((file) => readFileSync(file, 'latin1').includes(value))
    expect(files).toEqual([])
  })

  it('does not pass on a held Enter: it waits until the key is released', async () => {
    await summon()
    tool('xdotool', 'keydown', 'Return')
    // Longer than a held key takes to repeat.
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(terminal.got()).toBe('')
    tool('xdotool', 'keyup', 'Return')
    await until(() => terminal.got().length >= value.length)
    press('at')
    await until(() => terminal.got().endsWith('@'))
    expect(terminal.got()).toBe(`${value}@`)
  })

  it('records in the key’s details where it went', async () => {
    await desktop.page.getByRole('option', { name: 'deploy' }).click()
    await desktop.page.getByText('xterm').first().waitFor()
  })

  it('copies with Ctrl+Enter, and types nothing into the terminal', async () => {
    await summon()
    press('d', 'e', 'p', 'l')
    await until(async () => (await palette.getByRole('option').count()) === 1)
    press('ctrl+Return')
    await until(async () => (await desktop.app.evaluate(({ clipboard }) => clipboard.readText())) === value)
    await until(() => focused().window === terminal.window)
    press('at')
    await until(() => terminal.got() !== '')
    expect(terminal.got()).toBe('@')
  })

  it('closes with Escape, and returns the focus', async () => {
    await summon()
    press('Escape')
    await until(() => focused().window === terminal.window)
    press('at')
    await until(() => terminal.got() !== '')
    expect(terminal.got()).toBe('@')
  })

  it('types nothing into a browser, and says why in advance', async () => {
    const browser = await openTerminal(['-class', 'Firefox-esr'])
    await summon()
    await palette.getByText('That window is a browser').waitFor()
    press('Return')
    await palette.getByRole('alert').waitFor()
    press('Escape')
    await until(() => focused().window === browser.window)
    press('at')
    await until(() => browser.got() !== '')
    expect([browser.got(), terminal.got()]).toEqual(['@', ''])
    await browser.end()
  })
})

describe('the palette’s window', () => {
  it('is created when the palette is first opened, and from then on in advance, also by the next process', async () => {
    const screen = await startScreen()
    const desktop = await startWithVault()
    const { profile } = desktop
    await desktop.quit()
    rmSync(join(profile, 'palette-used'))

    const first = await startDesktop(profile)
    await expect.poll(() => shortcutWorks(first), { timeout: 10_000 }).toBe(true) // it is set after the palette would be created
    expect(await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
    tool('xdotool', 'key', 'ctrl+alt+k')
    await (await windowPage(first.app, 'palette')).getByRole('combobox', { name: 'Find a key' }).waitFor()
    await until(() => focused().pid === first.app.process().pid)
    await first.quit()

    const next = await startDesktop(profile)
    await windowPage(next.app, 'palette')
    await quitAndDiscard(next)
    screen.end()
  })
})

async function shortcutWorks({ page }: Desktop): Promise<boolean> {
  const told = await page.evaluate(() => window.latchkey.calls['settings.get'](null))
  return told.ok && told.value.shortcutWorks
}
