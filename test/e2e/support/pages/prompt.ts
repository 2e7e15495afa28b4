import type { Page } from 'playwright-core'
import { until } from '../../../until.ts'
import type { Desktop } from '../app/desktop.ts'
import { findWindowPage } from '../app/window-page.ts'

/** The prompt's window, once it shows its request. It has no address at first, and no content when it has one. */
export async function promptWindow({ app }: Desktop): Promise<Page> {
  return until(async () => {
    const page = findWindowPage(app, 'prompt')
    return page !== undefined && (await isDrawn(page)) && page
  })
}

/** Every prompt shows the remaining time from its first drawing on. */
async function isDrawn(page: Page): Promise<boolean> {
  return page
    .getByRole('timer')
    .isVisible()
    .catch(() => false) // it was an answered one that is closing
}

/**
 * Answers the only request by a button, as a user does.
 * @param choice a duration to choose before
 * @returns the text of the prompt
 */
export async function answerPrompt(desktop: Desktop, button: string, choice?: string): Promise<string> {
  const page = await promptWindow(desktop)
  if (choice !== undefined)
    await pressUntil(
      () => page.getByText(choice, { exact: true }).click(),
      () => page.getByRole('button', { name: button, exact: true }).isVisible(),
    )
  const answer = page.getByRole('button', { name: button, exact: true })
  await answer.waitFor()
  const said = await page.locator('body').innerText()
  await pressUntil(
    () => answer.click({ timeout: 1_000 }),
    () => Promise.resolve(page.isClosed()),
  )
  return said
}

/** A prompt ignores input in its first half second, so a user would press again. */
async function pressUntil(press: () => Promise<void>, done: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await done());) {
    if (Date.now() > deadline) throw new Error('the prompt takes no answer')
    await press().catch(() => undefined) // it may close while it is pressed
  }
}
