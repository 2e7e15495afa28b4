import { chmodSync } from 'node:fs'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desktop, quitAndDiscard, startWithVault } from '../support/app/desktop.ts'
import { fromMenu } from '../support/pages/main-window.ts'

/** The settings show what main has stored. */
describe('the settings dialog', () => {
  let desktop: Desktop
  const radio = (group: string, name: string): Locator =>
    desktop.page.getByRole('radiogroup', { name: group }).getByRole('radio', { name, exact: true })
  const refusal = (): Locator => desktop.page.getByText('Latchkey’s folder cannot be used')

  const hasFocus = (what: Locator): Promise<boolean> => what.evaluate((element) => element === document.activeElement)

  beforeAll(async () => {
    desktop = await startWithVault()
    await fromMenu(desktop.page, 'Settings…')
    await radio('Theme', 'Dark').waitFor()
  })
  afterAll(async () => {
    chmodSync(desktop.profile, 0o700)
    await quitAndDiscard(desktop)
  })

  // Regression: nothing was stored, and switches and choices stayed as they were pressed until the dialog was opened again.
  it('does not show a choice that main refused', async () => {
    const hidden = desktop.page.getByRole('switch', { name: 'Start without a window' })
    chmodSync(desktop.profile, 0o500)
    for (const [pressed, now] of [
      [hidden, hidden],
      [radio('Theme', 'Dark'), radio('Theme', 'Same as system')],
      [radio('Lock after', '5 min'), radio('Lock after', '10 min')],
    ] as const) {
      const before = await now.isChecked()
      await pressed.click()
      await refusal().waitFor()
      expect([await pressed.isChecked(), await now.isChecked()]).toEqual([false, before])
    }
    chmodSync(desktop.profile, 0o700)
    await hidden.click()
    await expect.poll(() => hidden.isChecked()).toBe(true)
    expect(await refusal().count()).toBe(0)
    await hidden.click()
    await expect.poll(() => hidden.isChecked()).toBe(false)
  })

  // Regression: the pressed control was disabled while it was saved, so it lost the focus.
  it('keeps the focus on the changed control', async () => {
    const hidden = desktop.page.getByRole('switch', { name: 'Start without a window' })
    await hidden.focus()
    await desktop.page.keyboard.press('Space')
    await expect.poll(() => hidden.isChecked()).toBe(true)
    expect(await hasFocus(hidden)).toBe(true)
    await radio('Lock after', '10 min').focus()
    await desktop.page.keyboard.press('ArrowRight')
    await expect.poll(() => radio('Lock after', '30 min').isChecked()).toBe(true)
    expect(await hasFocus(radio('Lock after', '30 min'))).toBe(true)
    await desktop.page.getByRole('button', { name: 'Change…' }).focus()
    await desktop.page.keyboard.press('Enter')
    await desktop.page.keyboard.press('Control+Shift+F9')
    const recorder = desktop.page.getByRole('button', { name: 'Shortcut: Ctrl Shift F9' })
    await recorder.waitFor()
    expect(await hasFocus(recorder)).toBe(true)
    await desktop.page.getByRole('button', { name: 'Turn off' }).focus()
    await desktop.page.keyboard.press('Enter')
    const none = desktop.page.getByRole('button', { name: 'No shortcut' })
    await none.waitFor()
    await expect.poll(() => hasFocus(none)).toBe(true)
  })
})
