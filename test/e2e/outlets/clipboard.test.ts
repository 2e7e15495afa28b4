import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startScreen, tool } from '../../main/outlets/typist/x11/screen.ts'
import { until } from '../../until.ts'
import { createKey, discard, startDesktop, startWithVault } from '../support/app/desktop.ts'
import { textIn } from '../support/pages/main-window.ts'
import { orElse } from '../../../shared/or-else.ts'

let screen: { end: () => void }

beforeAll(async () => {
  screen = await startScreen()
})
afterAll(() => screen.end())

it('is cleared at the next start after a crash, if a clipboard manager has stored the copied value', async () => {
  const { profile, value } = await crashed()
  expect(value.length).toBeGreaterThan(40)
  await keep(value) // as a clipboard manager does
  expect(onClipboard()).toBe(value)

  const next = await startDesktop(profile)
  await until(() => onClipboard() === '')
  await next.quit()
  discard(profile)
})

it('keeps what was copied since the crash', async () => {
  const { profile } = await crashed()
  await keep('a shopping list')

  const next = await startDesktop(profile)
  await next.page.getByRole('option', { name: 'deploy' }).waitFor()
  await next.quit() // the check is done by then: quitting is queued after it
  expect(onClipboard()).toBe('a shopping list')
  discard(profile)
})

/** An app that was killed after a value was copied: its profile, and the value. */
async function crashed(): Promise<{ profile: string; value: string }> {
  const { app, page, profile } = await startWithVault()
  await createKey(page, 'deploy')
  await page.getByRole('button', { name: 'Copy value' }).click()
  await textIn(page, /clipboard/i)
  const value = onClipboard()
  const ended = once(app.process(), 'exit')
  app.process().kill('SIGKILL')
  await ended
  return { profile, value }
}

/** Empty also if nobody owns the clipboard. */
function onClipboard(): string {
  return orElse(() => tool('xclip', '-selection', 'clipboard', '-o'), '')
}

/** Puts a text on the clipboard by a program that keeps running to own it. */
async function keep(text: string): Promise<void> {
  const holder = spawn('xclip', ['-selection', 'clipboard', '-i'], { stdio: ['pipe', 'ignore', 'ignore'] })
  holder.stdin.end(text)
  await once(holder, 'exit')
}
