import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startScreen, tool } from '../../main/outlets/typist/x11/screen.ts'
import { until } from '../../until.ts'
import { createKey, discard, startDesktop, startWithVault } from '../support/app/desktop.ts'

let screen: { end: () => void }

beforeAll(async () => {
  screen = await startScreen()
})
afterAll(() => screen.end())

it('is cleared at the next start after a crash, if a clipboard manager has stored the copied value', async () => {
  const crashed = await startWithVault()
  await createKey(crashed.page, 'deploy')
  await crashed.page.getByRole('button', { name: 'Copy value' }).click()
  await crashed.page
    .getByText(/clipboard/i)
    .first()
    .waitFor()
  const value = onClipboard()
  expect(value.length).toBeGreaterThan(40)

  const ended = once(crashed.app.process(), 'exit')
  crashed.app.process().kill('SIGKILL')
  await ended
  await keep(value) // as a clipboard manager does
  expect(onClipboard()).toBe(value)

  const next = await startDesktop(crashed.profile)
  await until(() => onClipboard() === '')
  await next.quit()
  discard(crashed.profile)
})

it('keeps what was copied since the crash', async () => {
  const crashed = await startWithVault()
  await createKey(crashed.page, 'deploy')
  await crashed.page.getByRole('button', { name: 'Copy value' }).click()
  await crashed.page
    .getByText(/clipboard/i)
    .first()
    .waitFor()
  const ended = once(crashed.app.process(), 'exit')
  crashed.app.process().kill('SIGKILL')
  await ended
  await keep('a shopping list')

  const next = await startDesktop(crashed.profile)
  await next.page.getByRole('option', { name: 'deploy' }).waitFor()
  await next.quit() // the check is done by then: quitting is queued after it
  expect(onClipboard()).toBe('a shopping list')
  discard(crashed.profile)
})

/** Empty also if nobody owns the clipboard. */
function onClipboard(): string {
  try {
    return tool('xclip', '-selection', 'clipboard', '-o')
  } catch {
    return ''
  }
}

/** Puts a text on the clipboard by a program that keeps running to own it. */
async function keep(text: string): Promise<void> {
  const holder = spawn('xclip', ['-selection', 'clipboard', '-i'], { stdio: ['pipe', 'ignore', 'ignore'] })
  holder.stdin.end(text)
  await once(holder, 'exit')
}
