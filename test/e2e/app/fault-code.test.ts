import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import type { Desktop } from '../support/app/desktop.ts'
import { newProfile, quitAndDiscard, startDesktop } from '../support/app/desktop.ts'

describe('an unexpected error', () => {
  let desktop: Desktop

  beforeAll(async () => {
    desktop = await startDesktop(newProfile())
  })
  afterAll(() => quitAndDiscard(desktop))

  // The screen of a closed vault shows its text outside the box with the code.
  it('shows its code, which can be selected and copied, if it keeps the vault closed', async () => {
    await desktop.app.evaluate(({ ipcMain }) => {
      ipcMain.removeHandler('call:app.state')
      ipcMain.handle('call:app.state', () => ({ ok: false, code: 'internal', fault: 'a1b2c3' }))
    })
    await desktop.page.reload()
    await desktop.page.getByRole('heading', { name: 'Something went wrong inside Latchkey' }).waitFor()
    const code = desktop.page.getByText('To report it, quote the code a1b2c3.')
    expect(await code.evaluate((element) => getComputedStyle(element).userSelect)).toBe('text')
    await expectAccessible(desktop.page)
  })
})
