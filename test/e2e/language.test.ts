import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Settings } from '../../preload/contract.ts'
import { type Desktop, newProfile, startDesktop } from './desktop.ts'

let desktop: Desktop

/** Chooses as the Settings screen does. */
function choose(language: Settings['language']): Promise<unknown> {
  return desktop.page.evaluate(async (language) => {
    const told = await window.latchkey.calls['settings.get'](null)
    if (!told.ok) throw new Error(told.code)
    return window.latchkey.calls['settings.set']({ ...told.value.settings, language })
  }, language)
}

function menus(): Promise<string[]> {
  return desktop.app.evaluate(({ Menu }) => (Menu.getApplicationMenu()?.items ?? []).flatMap((menu) => [menu.label, ...(menu.submenu?.items ?? []).map(({ label }) => label)]))
}

describe('the language of the windows', () => {
  beforeAll(async () => {
    desktop = await startDesktop(newProfile(), { LANGUAGE: 'de_DE:de' })
  })
  afterAll(() => desktop.quit())

  it('is the system’s, from the page’s first words on', async () => {
    expect(await desktop.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(['de', 'ltr'])
    expect(await menus()).toEqual(expect.arrayContaining(['&Datei', 'Sperren', 'Beenden']))
  })

  it('has its catalogue loaded beside the script, and not the other one', async () => {
    const loaded = await desktop.page.evaluate(() => [...document.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload]')].map(({ href }) => /\/(en|de)-[^/]+\.js$/.exec(href)?.[1]))
    expect([...new Set(loaded.filter((language) => language !== undefined))]).toEqual(['de'])
  })

  it('is another as soon as that is chosen, in the window and its menu', async () => {
    await choose('en')
    await desktop.page.waitForFunction(() => document.documentElement.lang === 'en')
    expect(await menus()).toEqual(expect.arrayContaining(['&File', 'Lock', 'Quit']))
    await choose('de')
    await desktop.page.waitForFunction(() => document.documentElement.lang === 'de')
    expect(await menus()).toEqual(expect.arrayContaining(['&Datei', 'Sperren']))
  })
})
