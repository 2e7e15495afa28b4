import { describe, expect, it } from 'vitest'
import { tool } from '../../main/outlets/typist/x11/screen.ts'
import { until } from '../../until.ts'
import { comeBack, createKey } from '../support/app/desktop.ts'
import { OwnDesk } from '../support/app/own-desk.ts'
import { windowPage } from '../support/app/window-page.ts'
import { serve } from '../support/server/served-backend.ts'
import { addAccount, register } from '../support/server/server-account.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const desk = OwnDesk.forTests()

describe('a second start', () => {
  it('brings the window of the first to the front, and ends', async () => {
    await desk.startWithKeys()
    await desk.main('minimize')
    await until(async () => (await desk.main('isMinimized')) === true)
    expect(await desk.startAgain()).toBe(0)
    await until(async () => (await desk.main('isMinimized')) === false)
    await until(() => desk.hasFocus)
  })

  it('without a window shows nothing', async () => {
    await desk.startWithKeys()
    await desk.main('minimize')
    await until(async () => (await desk.main('isMinimized')) === true)
    expect(await desk.startAgain('--hidden')).toBe(0)
    await desk.desktop.page.evaluate(() => window.latchkey.calls['keys.list'](null))
    expect(await desk.main('isMinimized')).toBe(true)
  })
})

describe('a link', () => {
  it('shows its key, and nothing of its value', async () => {
    const { accountId, id } = await desk.startWithKeys()
    await desk.desktop.page.getByRole('option', { name: 'alpha' }).click()
    await desk.desktop.page.getByRole('textbox', { name: /^Search/ }).fill('alp')
    expect(await desk.startAgain(`latchkey://key/${accountId}/${id}`)).toBe(0)
    await desk.desktop.page.getByRole('heading', { name: 'deploy' }).waitFor()
    await until(() => desk.hasFocus)
    expect(await desk.desktop.page.getByRole('option', { selected: true }).textContent()).toContain('deploy')
    expect(await desk.desktop.page.getByRole('button', { name: /^Reveal/ }).count()).toBe(1)
  })

  it('does not replace what the user is doing, unless the user agrees', async () => {
    const { accountId, id } = await desk.startWithKeys()
    const { page } = desk.desktop
    await page.getByRole('option', { name: 'alpha' }).click()
    await page.getByRole('button', { name: /^Account/ }).click()
    await page.getByRole('menuitem', { name: /Add account/ }).click()
    const asked = page.getByRole('alertdialog', { name: 'Leave this to show a key?' })
    await desk.startAgain(`latchkey://key/${accountId}/${id}`)
    await asked.getByText('deploy').waitFor()
    await asked.getByRole('button', { name: 'Stay here' }).click()
    expect(await page.getByRole('option', { name: 'deploy' }).count()).toBe(0)
    await desk.startAgain(`latchkey://key/${accountId}/${id}`)
    await asked.getByRole('button', { name: 'Show the key' }).click()
    await page.getByRole('heading', { name: 'deploy' }).waitFor()
  })

  // Regression: behind the question, a value was revealed and copied, and a second dialog opened.
  it('to another account shows a question, and the screen behind ignores keys meanwhile', async () => {
    const { accountId, id } = await desk.startWithKeys()
    const { page } = desk.desktop
    const data = temporaryFolder('latchkey-served-')
    const server = await serve(data)
    try {
      await addAccount(page)
      await register(desk.desktop, server.url, { email: 'dev@example.com', password: 'correct horse' })
      await createKey(page, 'other')
      await desk.startAgain(`latchkey://key/${accountId}/${id}`)
      await page.getByRole('alertdialog', { name: 'Show a key of another account?' }).waitFor()
      for (const keys of ['Control+Shift+V', 'Control+Shift+C', 'Control+n']) await page.keyboard.press(keys)
      await page.evaluate(() => window.latchkey.calls['keys.list'](null)) // answered after all earlier calls
      expect(await page.locator('[role="dialog"]').count()).toBe(0)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Reveal value' }).waitFor()
      expect(await page.locator('body').innerText()).not.toMatch(/Clipboard is cleared|Value is hidden in/)
    } finally {
      await server.stop()
    }
  })

  it('locks without a question', async () => {
    await desk.startWithKeys()
    await comeBack(desk.desktop, () => desk.startAgain('latchkey://lock'))
    await desk.desktop.page.getByText('Latchkey is locked').waitFor()
  })

  it('to a key waits for a locked vault, and opens after the unlock', async () => {
    const { accountId, id } = await desk.startWithKeys()
    await comeBack(desk.desktop, () => desk.startAgain('latchkey://lock'))
    await desk.startAgain(`latchkey://key/${accountId}/${id}`)
    expect(await desk.desktop.page.evaluate(() => window.latchkey.calls['links.consume'](null))).toEqual({ ok: true, value: null })
    await desk.desktop.page.getByRole('button', { name: 'Unlock' }).click()
    await desk.desktop.page.getByRole('heading', { name: 'deploy' }).waitFor()
  })

  it('shows the palette', async () => {
    await desk.startWithKeys()
    const palette = await windowPage(desk.desktop.app, 'palette')
    await desk.startAgain('latchkey://quick')
    await palette.getByRole('option', { name: 'deploy' }).waitFor()
    tool('xdotool', 'key', 'Escape')
  })

  it.each([
    ['a verb that there is not', 'latchkey://delete'],
    ['a way out of its grammar', 'latchkey://key/../../etc'],
    ['more than 2 KiB', `latchkey://open?${'a'.repeat(3000)}`],
  ])('of %s is refused with a sentence', async (_what, link) => {
    await desk.startWithKeys()
    await desk.startAgain(link)
    await desk.desktop.page.getByText('Latchkey cannot follow that link').first().waitFor()
  })

  it('to a key that does not exist says so', async () => {
    const { accountId } = await desk.startWithKeys()
    await desk.startAgain(`latchkey://key/${accountId}/${'0'.repeat(24)}`)
    await desk.desktop.page.getByText('There is no such key').first().waitFor()
  })
})
