import type { Page } from 'playwright-core'

/** Reveals the selected key's value, reads it from the window and hides it again. */
export async function revealed(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Reveal value' }).click()
  await page.getByRole('button', { name: 'Hide value' }).waitFor()
  const shown = await page.locator('[aria-label="Value"] code').first().innerText()
  await page.getByRole('button', { name: 'Hide value' }).click()
  return shown.replace(/\s/g, '')
}
