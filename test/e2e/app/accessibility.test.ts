import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import type { Desktop } from '../support/app/desktop.ts'
import { newProfile, quitAndDiscard, startDesktop } from '../support/app/desktop.ts'
import { tabToAndPress } from '../support/pages/main-window.ts'

/** Visits every screen by keyboard alone, and runs axe on each in both themes. */
describe('every screen is accessible by keyboard alone', () => {
  let desktop: Desktop
  const button = (name: string | RegExp) => desktop.page.getByRole('button', { name })

  beforeAll(async () => {
    desktop = await startDesktop(newProfile())
  })
  afterAll(() => quitAndDiscard(desktop))

  it('first run', async () => {
    await button('Create a vault on this computer').waitFor()
    await expectNothingFound()
  })

  it('adding a server, and each sign-in method', async () => {
    await tabToAndPress(button('Connect to a server'))
    await desktop.page.getByRole('textbox', { name: 'Server URL' }).waitFor()
    await expectNothingFound()
    for (const method of ['API key', 'Token', 'Anonymous']) {
      await desktop.page.getByRole('radio', { name: method }).focus()
      await desktop.page.keyboard.press('Space')
      await expectNothingFound()
    }
    await tabToAndPress(button('Back'))
  })

  it('the empty list', async () => {
    await tabToAndPress(button('Create a vault on this computer'))
    await desktop.page.getByRole('heading', { name: 'Create your first key' }).waitFor()
    await expectNothingFound()
  })

  it('a new key, its refusal and its success', async () => {
    await desktop.page.keyboard.press('Control+n')
    await desktop.page.getByRole('dialog').waitFor()
    await desktop.page.keyboard.type('not a name')
    await expectNothingFound()
    await desktop.page.keyboard.press('Control+a')
    await desktop.page.keyboard.type('by-keyboard')
    await desktop.page.keyboard.press('Enter')
    await desktop.page.getByText('Stored in your keychain').first().waitFor()
    await expectNothingFound()
    await desktop.page.keyboard.press('Escape')
    await desktop.page.getByRole('option', { name: /by-keyboard/ }).waitFor()
  })

  it('the list and a key, hidden and revealed', async () => {
    await desktop.page.getByRole('option', { name: /by-keyboard/ }).press('Enter')
    await expectNothingFound()
    await tabToAndPress(button('Reveal value'))
    await button('Hide value').waitFor()
    await expectNothingFound()
  })

  it('disabling, with its undo', async () => {
    await tabToAndPress(button('Disable'))
    await button('Undo').waitFor()
    await expectNothingFound()
    await desktop.page.keyboard.press('Control+z')
    await button('Disable').waitFor()
  })

  it('a search without results', async () => {
    await desktop.page.keyboard.press('Control+f')
    await desktop.page.keyboard.type('nothing-like-it')
    await expectNothingFound()
    await desktop.page.keyboard.press('Escape')
  })

  it('the account menu', async () => {
    await button(/^Account:/).press('Enter')
    await desktop.page.getByRole('menu').waitFor()
    await expectNothingFound()
    await desktop.page.keyboard.press('Escape')
  })

  it('signing out, and cancelling it', async () => {
    await button(/^Account:/).press('Enter')
    await desktop.page.getByRole('menuitem', { name: 'Sign out…' }).press('Enter')
    await desktop.page.getByRole('alertdialog').waitFor()
    await expectNothingFound()
    await desktop.page.keyboard.press('Escape')
    await desktop.page.getByRole('alertdialog').waitFor({ state: 'detached' })
  })

  it('a dialog of the whole window, and no shortcuts behind it', async () => {
    if ((await button('Hide value').count()) > 0) await desktop.page.keyboard.press('Control+Shift+V')
    await button('Reveal value').waitFor()
    await button(/^Account:/).press('Enter')
    await desktop.page.getByRole('menuitem', { name: 'Keychain doctor' }).press('Enter')
    await desktop.page.getByRole('dialog').waitFor()
    await desktop.page.keyboard.press('Control+Shift+V')
    await desktop.page.keyboard.press('Control+Shift+C')
    await desktop.page.keyboard.press('Control+n')
    await desktop.page.keyboard.press('Escape')
    await desktop.page.getByRole('dialog').waitFor({ state: 'detached' })
    const said = await desktop.page.locator('body').innerText()
    expect(said).not.toMatch(/Clipboard is cleared|Value is hidden in/)
    expect(await button('Reveal value').count()).toBe(1)
  })

  it('deleting, with the name typed', async () => {
    await tabToAndPress(button('Delete…'))
    await desktop.page.getByRole('alertdialog').waitFor()
    await expectNothingFound()
    await desktop.page.keyboard.type('by-keyboard')
    await tabToAndPress(button('Delete key'))
    await desktop.page.getByRole('heading', { name: 'Create your first key' }).waitFor()
  })

  it('a vault that cannot be opened', async () => {
    const closed = await startDesktop(newProfile(), { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' })
    await closed.page.getByRole('button', { name: 'Try again' }).waitFor()
    await expectNothingFound(closed)
    await quitAndDiscard(closed)
  })

  function expectNothingFound({ page }: Desktop = desktop): Promise<void> {
    return expectAccessible(page)
  }
})
