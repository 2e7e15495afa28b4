import type { Page } from 'playwright-core'
import { rowOf } from '../app/desktop.ts'

/** Reveals the value of the named or selected key, reads it from the window and hides it again. */
export async function revealed(page: Page, name?: string): Promise<string> {
  if (name !== undefined) await rowOf(page, name).click()
  await page.getByRole('button', { name: 'Reveal value' }).click()
  await page.getByRole('button', { name: 'Hide value' }).waitFor()
  const shown = await page.locator('[aria-label="Value"] code').first().innerText()
  await page.getByRole('button', { name: 'Hide value' }).click()
  return shown.replace(/\s/g, '')
}
