import type { MenuItemConstructorOptions } from 'electron'
import { afterEach, describe, expect, it } from 'vitest'
import { menuTemplate } from '../../../main/desktop/menu-template.ts'
import { setLanguage } from '../../../main/i18n/texts.ts'

/** Every item that is seen, menus within menus. */
function itemsOf(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  const seen = items.filter(({ type }) => type !== 'separator')
  return seen.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])])
}

const menu = (platform: NodeJS.Platform): MenuItemConstructorOptions[] =>
  itemsOf(menuTemplate({ lock: () => undefined, devTools: false }, platform))

afterEach(() => setLanguage('en'))

// What went wrong: on macOS the first menu was Electron's own, whose items are English in every language.
describe('the menu', () => {
  it.each(['darwin', 'linux', 'win32'] as const)('has labels of its own on %s, menus that Electron would fill included', (platform) => {
    for (const item of menu(platform)) {
      expect(item.label, JSON.stringify(item)).toMatch(/\S/)
      if (['appMenu', 'window'].includes(item.role ?? '')) expect(item.submenu).toBeInstanceOf(Array)
    }
  })

  it('speaks German in every item that has words', () => {
    const labels = (): (string | undefined)[] => menu('darwin').map(({ label }) => label)
    const english = labels()
    setLanguage('de')
    expect(labels().filter((label, at) => label === english[at])).toEqual(['Latchkey'])
  })
})
