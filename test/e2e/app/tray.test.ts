import { once } from 'node:events'
import { sessionBus } from '@jellybrick/dbus-next'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tool } from '../../main/outlets/typist/x11/screen.ts'
import { until } from '../../until.ts'
import { Panel } from '../../main/desktop/fake-panel.ts'
import { comeBack } from '../support/app/desktop.ts'
import { OwnDesk } from '../support/app/own-desk.ts'
import { windowPage } from '../support/app/window-page.ts'

const desk = OwnDesk.forTests()

let panel: Panel | null = null
beforeEach(() => {
  panel = null
})
afterEach(() => panel?.end())

const isVisible = async (): Promise<boolean> => (await desk.main('isVisible')) === true

describe('the tray', () => {
  beforeEach(async () => {
    panel = await Panel.start()
  })
  const icon = async (): Promise<Panel> => {
    await until(() => (panel?.icons.length ?? 0) > 0)
    if (panel === null) throw new Error('no panel')
    return panel
  }

  it('keeps the app running when its window is closed, and shows it again', async () => {
    await desk.startWithKeys()
    const tray = await icon()
    await desk.main('close')
    await until(async () => (await desk.main('isVisible')) === false)
    await tray.press()
    await until(isVisible)
    await until(() => desk.hasFocus)
    expect(await desk.desktop.page.getByRole('option', { name: 'deploy' }).count()).toBe(1)
    await desk.main('close')
    await until(async () => (await desk.main('isVisible')) === false)
    await tray.choose('Open Latchkey')
    await until(isVisible)
  })

  it('locks, says so, and then offers only to unlock and to quit; it never names a key', async () => {
    await desk.startWithKeys()
    const tray = await icon()
    expect(await tray.tip()).toBe('Latchkey')
    expect((await tray.menu()).map(({ label, enabled }) => [label, enabled])).toEqual([
      ['Open Latchkey', true],
      ['Find a key…', true],
      ['Lock', true],
      ['Quit Latchkey', true],
    ])
    const open = await tray.picture()
    await comeBack(desk.desktop, () => tray.choose('Lock'))
    await until(() => tray.icons.length === 2) // the previous process's item went with it
    expect(await tray.tip()).toBe('Latchkey, locked')
    expect((await tray.menu()).filter(({ enabled }) => enabled).map(({ label }) => label)).toEqual(['Unlock…', 'Quit Latchkey'])
    expect(await tray.picture()).not.toBe(open)
  })

  it('opens the palette', async () => {
    await desk.startWithKeys()
    const palette = await windowPage(desk.desktop.app, 'palette')
    await (await icon()).choose('Find a key…')
    await palette.getByRole('option', { name: 'deploy' }).waitFor()
    tool('xdotool', 'key', 'Escape')
  })

  it('quits the app with its window', async () => {
    await desk.startWithKeys()
    const ended = once(desk.desktop.process, 'exit')
    await (await icon()).choose('Quit Latchkey')
    expect(await ended).toEqual([0, null])
  })

  it('disappears if the user turns it off, and closing the window then quits', async () => {
    await desk.startWithKeys()
    await icon()
    await desk.choose({ keepInTray: false })
    const ended = once(desk.desktop.process, 'exit')
    await desk.main('close')
    expect(await ended).toEqual([0, null])
  })

  it('is still there after a lock', async () => {
    await desk.startWithKeys()
    const tray = await icon()
    await desk.main('close')
    await until(async () => (await desk.main('isVisible')) === false)
    await comeBack(desk.desktop, () => tray.choose('Lock'))
    await until(() => tray.icons.length === 2)
    expect(await desk.main('isVisible')).toBe(null)
    await tray.choose('Unlock…')
    await until(isVisible)
  })

  it('is where a start without a window leaves the app', async () => {
    await desk.start(['--hidden'])
    const tray = await icon()
    expect(await desk.main('isVisible')).toBe(null)
    await tray.press()
    await until(isVisible)
  })
})

describe('without a tray', () => {
  it('closing the window quits', async () => {
    await desk.startWithKeys()
    expect(await desk.desktop.page.evaluate(() => window.latchkey.calls['settings.get'](null))).toMatchObject({
      ok: true,
      value: { hasTray: false },
    })
    const ended = once(desk.desktop.process, 'exit')
    await desk.main('close')
    expect(await ended).toEqual([0, null])
  })

  it('a start without a window shows the app in the taskbar if the user turned the tray off', async () => {
    await desk.start()
    await desk.choose({ keepInTray: false })
    await desk.restart(['--hidden'])
    await until(async () => (await desk.main('isMinimized')) === true)
    expect(desk.hasFocus).toBe(false)
    await desk.startAgain()
    await until(() => desk.hasFocus)
  })

  // Regression: it ran for good without a window, an icon or an entry in the taskbar.
  it('a start without a window shows the app in the taskbar if the status notifier watcher never answers', async () => {
    const mute = sessionBus()
    mute.addMethodHandler(() => true) // accepted, and never answered
    await mute.requestName('org.kde.StatusNotifierWatcher')
    await desk.start(['--hidden'])
    await expect.poll(() => desk.main('isMinimized'), { timeout: 30_000 }).toBe(true)
    mute.disconnect()
  }, 60_000)

  it('a start without a window waits for a panel that starts late', async () => {
    await desk.start(['--hidden'])
    panel = await Panel.start()
    await until(() => (panel?.icons.length ?? 0) > 0)
    expect(await desk.main('isVisible')).toBe(null)
  })
})
