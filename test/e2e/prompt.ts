import type { Page } from 'playwright-core'
import type { Desktop } from './desktop.ts'

/** The window that asks, once it is there. */
export async function promptWindow({ app }: Desktop): Promise<Page> {
  const isIt = (page: Page): boolean => !page.isClosed() && page.url() === 'app://bundle/prompt.html'
  return app.windows().find(isIt) ?? app.waitForEvent('window', { predicate: isIt, timeout: 15_000 })
}

/**
 * Answers the one thing that is asked, by its button, as a person does.
 * @param choice a duration to be chosen before
 * @returns what the window said
 */
export async function answerPrompt(desktop: Desktop, button: string, choice?: string): Promise<string> {
  const page = await promptWindow(desktop)
  if (choice !== undefined) await pressUntil(() => page.getByText(choice, { exact: true }).click(), () => page.getByRole('button', { name: button, exact: true }).isVisible())
  const answer = page.getByRole('button', { name: button, exact: true })
  await answer.waitFor()
  const said = await page.locator('body').innerText()
  await pressUntil(() => answer.click({ timeout: 1_000 }), () => Promise.resolve(page.isClosed()))
  return said
}

/** A prompt takes no answer in its first half second: a person would press again. */
async function pressUntil(press: () => Promise<void>, done: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await done()); ) {
    if (Date.now() > deadline) throw new Error('the prompt takes no answer')
    await press().catch(() => undefined) // it may go while it is pressed
  }
}
