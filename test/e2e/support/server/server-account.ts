import type { Page } from 'playwright-core'
import type { Desktop } from '../app/desktop.ts'
import type { Person } from './elsewhere.ts'
import { fromMenu } from '../pages/main-window.ts'
import { answerPrompt } from '../pages/prompt.ts'

/** Registers at a server as a user does, from the screen where accounts are added. */
export async function register(desktop: Desktop, url: string, { email, password }: Person): Promise<void> {
  const { page } = desktop
  await page.getByRole('button', { name: 'Connect to a server' }).click()
  await page.getByRole('radio', { name: 'Register' }).click()
  for (const [name, value] of [
    ['Server URL', url],
    ['App ID', 'team'],
    ['E-mail', email],
  ] as const) {
    await page.getByRole('textbox', { name }).fill(value)
  }
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: /^(Register|Create account)/ }).click()
  await confirmServer(desktop)
  await page.getByRole('heading', { name: 'Create your first key' }).waitFor()
}

/** Confirms a server that is new to the vault, in the prompt. @returns the prompt's text */
export function confirmServer(desktop: Desktop): Promise<string> {
  return answerPrompt(desktop, 'Connect')
}

/** Opens the screen where accounts are added, from the keys of another account. */
export function addAccount(page: Page): Promise<void> {
  return fromMenu(page, 'Add account…')
}
