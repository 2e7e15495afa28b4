import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Desktop } from '../app/desktop.ts'

/** The window that asks, once it shows what it asks. It has no address yet when it is made, and nothing in it when it has one. */
export async function promptWindow({ app }: Desktop): Promise<Page> {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; await wait(50)) {
    const page = app.windows().find((window) => !window.isClosed() && window.url() === 'app://bundle/prompt.html')
    if (page !== undefined && (await isDrawn(page))) return page
  }
  throw new Error('nothing is asked')
}

/** The time that is left stands in every prompt, from its first drawing on. */
async function isDrawn(page: Page): Promise<boolean> {
  return page
    .getByRole('timer')
    .isVisible()
    .catch(() => false) // it was one that is answered, on its way out
}

/**
 * Answers the one thing that is asked, by its button, as a person does.
 * @param choice a duration to be chosen before
 * @returns what the window said
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

/** A prompt takes no answer in its first half second: a person would press again. */
async function pressUntil(press: () => Promise<void>, done: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await done());) {
    if (Date.now() > deadline) throw new Error('the prompt takes no answer')
    await press().catch(() => undefined) // it may go while it is pressed
  }
}
