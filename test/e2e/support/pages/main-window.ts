import type { Locator, Page } from 'playwright-core'

/** Waits for a text that the page may show more than once. */
export function textIn(page: Page, text: string | RegExp): Promise<void> {
  return page.getByText(text).first().waitFor()
}

/** Chooses an item of the account menu. */
export async function fromMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: /^Account:/ }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

export async function openDoctor(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: /^Keychain doctor/ }).click()
}

/** Presses Tab until the target has the focus, as a user would, and then the key. */
export async function tabToAndPress(target: Locator, key = 'Enter'): Promise<void> {
  const { keyboard } = target.page()
  await target.waitFor()
  for (let presses = 0; presses < 40; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return keyboard.press(key)
    await keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${String(target)}`)
}
