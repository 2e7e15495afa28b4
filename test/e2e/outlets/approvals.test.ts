import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import type { Desktop } from '../support/app/desktop.ts'
import { createKey, definedEnvironment, lock, quitAndDiscard, startWithVault } from '../support/app/desktop.ts'
import { windowPage } from '../support/app/window-page.ts'
import { fromMenu } from '../support/pages/main-window.ts'

interface Ended {
  readonly code: number | null
  readonly out: string
}

/**
 * A program that requests a key with the `latchkey` command, and a user who approves it in the prompt and later revokes that in the list.
 */
describe('approvals', () => {
  let desktop: Desktop
  const command = resolve(import.meta.dirname, '..', '..', '..', 'out', 'command', 'latchkey')
  const button = (name: string | RegExp) => desktop.page.getByRole('button', { name })
  const dialog = () => desktop.page.getByRole('dialog')

  beforeAll(async () => {
    desktop = await startWithVault()
    await createKey(desktop.page, 'ci-deploy')
  })
  afterAll(() => quitAndDiscard(desktop))

  it('are given in the prompt', async () => {
    const { code, out } = await answered(get, '15 minutes', /^Allow for 15 minutes/)
    expect(code).toBe(0)
    expect(out.length).toBeGreaterThan(40)
  })

  it('apply from then on without a prompt', async () => {
    expect((await get()).code).toBe(0)
    expect(promptsShown()).toBe(0)
  })

  it('are listed with what each program may do', async () => {
    await openApprovals()
    const line = dialog().getByRole('listitem')
    expect(await line.count()).toBe(1)
    expect(await line.innerText()).toMatch(/May print ci-deploy of This computer/)
    expect(await line.innerText()).toContain(process.cwd())
    expect(await line.innerText()).toMatch(new RegExp(`process ${process.pid}, started`))
    await line.getByText(/^Until \d\d:\d\d/).waitFor()
    await expectAccessible(desktop.page)
  })

  it('are shown with the key as its uses', async () => {
    await desktop.page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    const uses = desktop.page.getByRole('region', { name: 'Last used here' })
    await uses.getByText('Printed for').first().waitFor()
    expect(await uses.getByRole('listitem').count()).toBe(2)
    await expectAccessible(desktop.page)
  })

  it('can be revoked, after which the prompt appears again', async () => {
    await openApprovals()
    await button(/^Revoke/).focus()
    await desktop.page.keyboard.press('Enter')
    await dialog().getByText('Nothing is approved in advance').waitFor()
    expect(await button('Close').evaluate((element) => element === document.activeElement)).toBe(true)
    await expectAccessible(desktop.page)
    const again = await answered(get, null, /^Allow/)
    expect(again.code).toBe(0)
  })

  it('for a quarter of an hour appear while the list is open, and end with the lock', async () => {
    await desktop.page.keyboard.press('Escape')
    await openApprovals()
    expect((await answered(run, '15 minutes', /^Allow for 15 minutes/)).code).toBe(0)
    await dialog()
      .getByText(/Until \d\d:\d\d/)
      .waitFor()
    const before = await desktop.page.evaluate(() => window.latchkey.calls['approvals.list'](null))
    expect(before.ok && before.value.approvals.map(({ until }) => until !== null)).toEqual([true])
    await lock(desktop)
    await desktop.page.evaluate(() => window.latchkey.calls['app.retry'](null))
    expect(await desktop.page.evaluate(() => window.latchkey.calls['approvals.list'](null))).toEqual({ ok: true, value: { approvals: [] } })
  })

  async function openApprovals(): Promise<void> {
    await fromMenu(desktop.page, 'Approvals…')
    await dialog().waitFor()
  }

  const get = (): Promise<Ended> => latchkey('get', '-n', 'ci-deploy')
  const run = (): Promise<Ended> => latchkey('run', '--env', 'KEY=ci-deploy', '--', 'true')

  function latchkey(...args: string[]): Promise<Ended> {
    const child = spawn(command, args, {
      env: { ...definedEnvironment(), LATCHKEY_PROFILE_DIR: desktop.profile },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    return new Promise((done) => child.once('close', (code) => done({ code, out })))
  }

  /** Sends a request, and answers the prompt once it accepts input. */
  async function answered(ask: () => Promise<Ended>, duration: string | null, answer: string | RegExp): Promise<Ended> {
    const ended = ask()
    const prompt = await promptPage()
    if (duration !== null) {
      await expect
        .poll(async () => {
          await prompt.getByRole('radio', { name: duration }).click()
          return prompt.getByRole('radio', { name: duration }).isChecked()
        })
        .toBe(true)
    }
    // In its first half second it ignores clicks, because it may have appeared under the cursor; and it may close during a click.
    await expect
      .poll(async () => {
        if (!prompt.isClosed())
          await prompt
            .getByRole('button', { name: answer })
            .click({ timeout: 1000 })
            .catch(() => undefined)
        return prompt.isClosed()
      })
      .toBe(true)
    return ended
  }

  async function promptPage(): Promise<Page> {
    const page = await windowPage(desktop.app, 'prompt')
    await page.getByRole('button', { name: 'Deny' }).waitFor()
    return page
  }

  function promptsShown(): number {
    return desktop.app.windows().filter((page) => page.url() === 'app://bundle/prompt.html').length
  }
})
