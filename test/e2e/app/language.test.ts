import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKey, type Desktop, newProfile, startDesktop } from '../support/app/desktop.ts'
import { choose, cutOff, write } from '../support/pages/languages.ts'

let desktop: Desktop

function menus(): Promise<string[]> {
  return desktop.app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap((menu) => [menu.label, ...(menu.submenu?.items ?? []).map(({ label }) => label)]),
  )
}

describe('the language of the windows', () => {
  beforeAll(async () => {
    desktop = await startDesktop(newProfile(), { LANGUAGE: 'de_DE:de' })
  })
  afterAll(() => desktop.quit())

  it('is the system’s from the page’s first text on', async () => {
    expect(await desktop.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(['de', 'ltr'])
    expect(await menus()).toEqual(expect.arrayContaining(['&Datei', 'Sperren', 'Beenden']))
  })

  it('has its catalogue loaded in parallel with the script, and no other', async () => {
    const loaded = await desktop.page.evaluate(() =>
      [...document.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload]')].map(({ href }) => /\/(en|de)-[^/]+\.js$/.exec(href)?.[1]),
    )
    expect([...new Set(loaded.filter((language) => language !== undefined))]).toEqual(['de'])
  })

  it('changes at once when another is chosen, in the window and its menu', async () => {
    await choose(desktop.page, 'en')
    expect(await menus()).toEqual(expect.arrayContaining(['&File', 'Lock', 'Quit']))
    await choose(desktop.page, 'de')
    expect(await menus()).toEqual(expect.arrayContaining(['&Datei', 'Sperren']))
    await desktop.page.getByRole('button', { name: 'Tresor auf diesem Computer anlegen' }).waitFor()
  })

  it('changes in the palette too, which is hidden', async () => {
    const palette = (): Promise<unknown> =>
      desktop.app.evaluate(({ webContents }) =>
        webContents
          .getAllWebContents()
          .find((one) => one.getURL() === 'app://bundle/palette.html')
          ?.executeJavaScript('[document.documentElement.lang, document.title]'),
      )
    await expect.poll(palette).toEqual(['de', 'Latchkey: Schlüssel suchen'])
    await choose(desktop.page, 'en')
    await expect.poll(palette).toEqual(['en', 'Latchkey: find a key'])
  })
})

describe('every screen', () => {
  const name = `a-name-as-long-as-a-name-can-be-${'x'.repeat(32)}`
  const button = (text: string | RegExp) => desktop.page.getByRole('button', { name: text })
  const press = (key: string) => desktop.page.keyboard.press(key)
  const menuItem = async (menu: RegExp | string, item: string): Promise<void> => {
    await button(menu).click()
    await desktop.page.getByRole('menuitem', { name: item }).click()
    await desktop.page.getByRole('dialog').or(desktop.page.getByRole('alertdialog')).waitFor()
  }

  /** Opened in English; each is closed by Escape. */
  const screens: readonly (readonly [name: string, open: () => Promise<unknown>])[] = [
    [
      'the first key',
      () =>
        button('Create a vault on this computer')
          .click()
          .then(() => button('Create a key').waitFor()),
    ],
    ['a new key', () => press('Control+n').then(() => desktop.page.getByRole('dialog').waitFor())],
    ['the list and a key', () => createKey(desktop.page, name).then(() => createKey(desktop.page, 'ci'))],
    ['a key to be deleted', () => button('Delete…').click()],
    ['a site to be added', () => button('Add site…').click()],
    ['the account menu', () => button(/^Account:/).click()],
    ['the filters', () => button(/^Show: /).click()],
    ['more', () => button('More').click()],
    ['the trash', () => menuItem('More', 'Trash…')],
    ['the doctor', () => menuItem('More', 'Keychain doctor…').then(() => desktop.page.getByText('Examined:').first().waitFor())],
    ['settings', () => menuItem(/^Account:/, 'Settings…').then(() => desktop.page.getByRole('radio', { name: '30 s' }).waitFor())],
    ['browsers', () => menuItem(/^Account:/, 'Browsers…')],
    ['approvals', () => menuItem(/^Account:/, 'Approvals…')],
    ['a name and a colour', () => menuItem(/^Account:/, 'Name and colour…')],
    ['backing up and moving', () => menuItem(/^Account:/, 'Back up and move…')],
    ['a passphrase to be chosen', () => menuItem(/^Account:/, 'Move to a passphrase vault…')],
    ['signing out', () => menuItem(/^Account:/, 'Sign out…')],
  ]

  beforeAll(async () => {
    desktop = await startDesktop(newProfile(), { LANGUAGE: 'en' })
    await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(800, 600))
  })
  afterAll(() => desktop.quit())

  it.each(screens)('has room for each language, in both writing directions: %s', async (_screen, open) => {
    await open()
    for (const language of ['de', 'en'] as const) {
      await choose(desktop.page, language)
      for (const direction of ['rtl', 'ltr'] as const) {
        await write(desktop.page, direction)
        expect(await cutOff(desktop.page), `${language} ${direction}`).toEqual([])
      }
    }
    await press('Escape')
  })
})
