import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LoginService } from '../../main/lock/login-service.ts'
import { startScreen } from '../../main/outlets/typist/x11/screen.ts'
import { comeBack, createKey, type Desktop, quitAndDiscard, startWithVault } from '../support/app/desktop.ts'

/** The app on a computer whose login service reports events. */
describe.runIf(process.platform === 'linux')('the app locks automatically', () => {
  let service: LoginService
  let screen: { end: () => void }
  let desktop: Desktop

  beforeAll(async () => {
    screen = await startScreen() // with a window manager, which gives windows their frames
    service = await LoginService.start()
    desktop = await startWithVault({ DBUS_SYSTEM_BUS_ADDRESS: service.address, XDG_SESSION_ID: '7' })
    await createKey(desktop.page, 'deploy')
  }, 60_000)
  afterAll(async () => {
    await quitAndDiscard(desktop)
    service.end()
    screen.end()
  })

  it('when the screen is locked', async () => {
    await locksBy(() => service.lockSession())
  })

  it('when another user takes over the screen', async () => {
    await locksBy(() => service.change('Active', false))
  })

  it('before the computer sleeps', async () => {
    await expect.poll(() => service.waiting).toBeGreaterThan(0)
    // Once: Chromium closes its connections when the computer sleeps, including the test's.
    await comeBack(desktop, () => Promise.resolve(service.sleep(true)))
    await unlock()
  })

  it('when it wakes up after the chosen time, by the wall clock', async () => {
    await desktop.app.evaluate(() => {
      const now = Date.now
      Date.now = () => now() + 11 * 60_000
    })
    const { app } = desktop
    await locksBy(() => void app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume')).catch(() => undefined)) // it ends with the app
  })

  it('and its window keeps its position and size', async () => {
    const place = { x: 40, y: 30, width: 900, height: 640 }
    const window = async () => desktop.app.browserWindow(desktop.page)
    const bounds = async () => (await window()).evaluate((shown) => shown.getBounds())
    await (await window()).evaluate((shown, to) => shown.setBounds(to), place)
    // The position within the window manager's frame is reported a moment later.
    await expect.poll(bounds).toMatchObject({ width: 900, y: expect.toSatisfy((y: number) => y !== place.y) as number })
    const before = await bounds()
    await locksBy(() => service.lockSession())
    await expect.poll(bounds).toEqual(before)
  })

  /** Repeated until it takes effect: a window that has just appeared may not listen yet. */
  async function locksBy(happens: () => unknown): Promise<void> {
    const again = setInterval(happens, 250)
    await comeBack(desktop, () => undefined).finally(() => clearInterval(again))
    await unlock()
  }

  async function unlock(): Promise<void> {
    await desktop.page.getByRole('button', { name: 'Unlock' }).waitFor()
    await desktop.page.keyboard.press('Enter')
    await desktop.page.getByRole('option', { name: 'deploy' }).waitFor()
  }
})
