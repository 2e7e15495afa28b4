import type { Page } from 'playwright-core'
import type { Settings } from '../../../../preload/contract.ts'

/** Chooses a language in the settings, and waits until the page has changed. */
export async function choose(page: Page, language: Exclude<Settings['language'], 'system'>): Promise<void> {
  await page.evaluate(async (language) => {
    await window.latchkey.calls['app.state'](null) // answered once the vault is open: until then no setting can be changed
    const told = await window.latchkey.calls['settings.get'](null)
    if (!told.ok) throw new Error(told.code)
    const chosen = await window.latchkey.calls['settings.set']({ ...told.value.settings, language })
    if (!chosen.ok) throw new Error(chosen.code)
  }, language)
  await page.waitForFunction((language) => document.documentElement.lang === language, language)
}

/** Sets the page's writing direction, as a language of that direction would. */
export function write(page: Page, direction: 'ltr' | 'rtl'): Promise<void> {
  return page.evaluate((direction) => {
    document.documentElement.dir = direction
  }, direction)
}

/** What is only partly visible: beyond the window's edges, or wider than the button, label or heading that contains it. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const told = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent?.trim().slice(0, 40) ?? ''}`
    const seen = [...document.querySelectorAll<HTMLElement>('#window *')].filter(
      (element) =>
        element.checkVisibility() && element.closest('.unseen, [hidden], svg') === null && getComputedStyle(element).display !== 'inline',
    )
    const beyond = seen.filter((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      return width > 0 && (left < -1 || right > innerWidth + 1)
    })
    const squeezed = seen.filter(
      (element) =>
        element.matches('button, label, h1, h2, h3, legend, [role=menuitem], [role=menuitemradio]') &&
        element.scrollWidth > element.clientWidth + 1,
    )
    const sideways = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []
    return [...beyond.map((element) => `beyond: ${told(element)}`), ...squeezed.map((element) => `squeezed: ${told(element)}`), ...sideways]
  })
}
