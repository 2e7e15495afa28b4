import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import type { Desktop } from '../support/app/desktop.ts'
import { createKey, quitAndDiscard, startDesktop, startWithVault } from '../support/app/desktop.ts'
import { tabToAndPress } from '../support/pages/main-window.ts'

/** Where a key may be filled in, where it went, and the settings for that, by keyboard alone. */
describe('a key’s sites and uses, by keyboard', () => {
  let desktop: Desktop
  const button = (name: string | RegExp) => desktop.page.getByRole('button', { name })
  const region = (name: string) => desktop.page.getByRole('region', { name })
  const press = (key: string) => desktop.page.keyboard.press(key)
  const type = (text: string) => desktop.page.keyboard.type(text)

  beforeAll(async () => {
    desktop = await startWithVault()
    await createKey(desktop.page, 'ci-deploy')
  })
  afterAll(() => quitAndDiscard(desktop))

  it('shows that the key has no sites and no uses yet', async () => {
    await region('Sites').getByText('No site is offered this key').waitFor()
    await region('Last used here').getByText('Not yet').waitFor()
    await expectAccessible(desktop.page)
  })

  it('refuses an invalid site address with a sentence, and shows how a valid one is normalised', async () => {
    await tabToAndPress(button('Add site…'))
    await desktop.page.getByRole('dialog').waitFor()
    await expectAccessible(desktop.page)
    await type('http://console.example.com')
    await press('Enter')
    await desktop.page.getByText('That is not a site’s address').waitFor()
    await expectAccessible(desktop.page)
    await type('console.example.com/keys')
    await desktop.page.getByText('At https://console.example.com: this host and port only.').waitFor()
    expect(await desktop.page.getByRole('dialog').innerText()).not.toContain('That is not')
  })

  it('adds a site, with its sub-domains if ticked', async () => {
    await tabToAndPress(desktop.page.getByRole('checkbox'), 'Space')
    await expectAccessible(desktop.page)
    await tabToAndPress(button(/^Add site$/))
    await desktop.page.getByRole('dialog').waitFor({ state: 'detached' })
    await region('Sites').getByText('and every site below console.example.com').waitFor()
    expect(await button('Add site…').evaluate((element) => element === document.activeElement)).toBe(true)
    await press('Enter')
    await desktop.page.getByRole('dialog').waitFor()
    await type('localhost:3000')
    await press('Enter')
    await region('Sites').getByText('http://localhost:3000').waitFor()
    await expectAccessible(desktop.page)
  })

  it('removes a site, and undoes that', async () => {
    await tabToAndPress(button('Remove console.example.com'))
    await desktop.page.getByText('console.example.com removed').first().waitFor()
    await region('Sites').getByText('console.example.com').waitFor({ state: 'detached' })
    await expectAccessible(desktop.page)
    await press('Control+z')
    await region('Sites').getByText('and every site below console.example.com').waitFor()
  })

  it('shows each use at once, the newest first', async () => {
    await press('Control+Shift+C')
    await region('Last used here').getByText('Copied from Latchkey').waitFor()
    await press('Control+Shift+V')
    await region('Last used here').getByText('Shown in Latchkey').waitFor()
    expect(await region('Last used here').locator('li').allInnerTexts()).toEqual([
      expect.stringMatching(/^Shown in Latchkey/),
      expect.stringMatching(/^Copied from Latchkey/),
    ])
  })

  it('has no approvals yet, and says what would be listed', async () => {
    await openFromMenu('Approvals…')
    await desktop.page.getByText('Nothing is approved in advance').waitFor()
    await expectAccessible(desktop.page)
    await press('Escape')
    await desktop.page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('clears a copied value after the chosen time', async () => {
    await openFromMenu('Settings…')
    await desktop.page.getByRole('radio', { name: '30 s' }).waitFor()
    await expectAccessible(desktop.page)
    await tabToAndPress(desktop.page.getByRole('radio', { name: '30 s' }), 'ArrowRight')
    const group = desktop.page.getByRole('radiogroup', { name: 'Clear a copied value after' })
    await expect.poll(() => group.getByRole('radio', { name: '1 min' }).isChecked()).toBe(true)
    await press('Escape')
    await desktop.page.getByRole('dialog').waitFor({ state: 'detached' })
    const before = Date.now()
    const copied = await desktop.page.evaluate(async () => {
      const list = await window.latchkey.calls['keys.list'](null)
      const id = list.ok ? (list.value.keys[0]?.id ?? '') : ''
      return window.latchkey.calls['keys.copy']({ accountId: list.ok ? (list.value.accountId ?? '') : '', id })
    })
    const lent = copied.ok ? copied.value.clearsAt - before : 0
    expect(lent).toBeGreaterThanOrEqual(60_000)
    expect(lent).toBeLessThan(75_000)
  })

  it('records another shortcut, keeps it on Escape, and says whether it works', async () => {
    await openFromMenu('Settings…')
    await tabToAndPress(button('Change…'))
    await desktop.page.getByText('Escape keeps it as it is').waitFor()
    await expectAccessible(desktop.page)
    await press('k')
    await desktop.page.getByText('Hold Ctrl, Alt or Super').waitFor()
    await press('Escape')
    await button('Change…').waitFor()
    expect(await shortcut()).toBe('Ctrl+Alt+K')
    await tabToAndPress(button('Change…'))
    await press('Control+Shift+F9')
    await expect.poll(shortcut).toBe('Ctrl+Shift+F9')
    await desktop.page.getByText('latchkey quick').first().waitFor()
    await expectAccessible(desktop.page)
    await tabToAndPress(button('Turn off'))
    await desktop.page.getByText('No shortcut is set').waitFor()
    await press('Escape')
    await desktop.page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('still has all of it after a restart', async () => {
    await desktop.quit()
    desktop = await startDesktop(desktop.profile)
    await region('Sites').getByText('http://localhost:3000').waitFor()
    await region('Last used here').getByText('Copied from Latchkey').first().waitFor()
    const told = await desktop.page.evaluate(() => window.latchkey.calls['settings.get'](null))
    expect(told.ok && told.value.settings).toMatchObject({ clipboardSeconds: 60, quickShortcut: null })
  })

  it('offers a deleted key nowhere', async () => {
    await button('Delete…').click()
    await type('ci-deploy')
    await button('Delete key').click()
    await desktop.page.getByRole('heading', { name: 'Create your first key' }).waitFor()
    await createKey(desktop.page, 'ci-deploy')
    await region('Sites').getByText('No site is offered this key').waitFor()
    await region('Last used here').getByText('Not yet').waitFor()
  })

  async function openFromMenu(item: string): Promise<void> {
    await button(/^Account:/).press('Enter')
    await desktop.page.getByRole('menuitem', { name: item }).press('Enter')
    await desktop.page.getByRole('dialog').waitFor()
  }

  async function shortcut(): Promise<string | null> {
    const told = await desktop.page.evaluate(() => window.latchkey.calls['settings.get'](null))
    return told.ok ? told.value.settings.quickShortcut : told.code
  }
})
