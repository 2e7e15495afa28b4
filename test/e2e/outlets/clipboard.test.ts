import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startScreen, tool, until } from '../../main/outlets/typist/screen.ts'
import { createKey, discard, startDesktop, startWithVault } from '../support/app/desktop.ts'

let screen: { end: () => void }

beforeAll(async () => {
  screen = await startScreen()
})
afterAll(() => screen.end())

it('is cleared by the next start after a crash, when a clipboard manager has kept what was copied', async () => {
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
  await next.quit() // it has looked by then: quitting waits its turn
  expect(onClipboard()).toBe('a shopping list')
  discard(crashed.profile)
})

/** Empty also where nobody holds a clipboard. */
function onClipboard(): string {
  try {
    return tool('xclip', '-selection', 'clipboard', '-o')
  } catch {
    return ''
  }
}

/** Puts a text on the clipboard by a program that stays to hold it. */
async function keep(text: string): Promise<void> {
  const holder = spawn('xclip', ['-selection', 'clipboard', '-i'], { stdio: ['pipe', 'ignore', 'ignore'] })
  holder.stdin.end(text)
  await once(holder, 'exit')
}
