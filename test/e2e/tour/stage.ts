import type { Locator, Page } from 'playwright-core'
import { type Desktop, discard, newProfile, startDesktop } from '../support/app/desktop.ts'

/** The picture's name, the step, and where the result is visible: by default in the main window. */
export type Step = readonly [name: string, step: () => Promise<unknown>, picture?: 'screen']

/** The window that the tour uses: a new profile, opened as often as needed. */
export class Stage {
  readonly profile = newProfile()
  #desktop: Desktop | null = null

  async open(): Promise<void> {
    this.#desktop = await startDesktop(this.profile)
  }

  get desktop(): Desktop {
    if (this.#desktop === null) throw new Error('The stage is not open yet.')
    return this.#desktop
  }

  get page(): Page {
    return this.desktop.page
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name })
  }

  async restart(): Promise<void> {
    await this.desktop.quit()
    await this.open()
  }

  async close(): Promise<void> {
    await this.desktop.quit()
    discard(this.profile)
  }

  async listed(): Promise<{ accountId: string; id: string; name: string }[]> {
    const answer = await this.page.evaluate(() => window.latchkey.calls['keys.list'](null))
    if (!answer.ok) throw new Error(answer.code)
    return answer.value.keys.map(({ id, name }) => ({ accountId: answer.value.accountId ?? '', id, name }))
  }
}
