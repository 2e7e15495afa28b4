import { afterAll, beforeAll, expect, it } from 'vitest'
import { FakePortal } from '../../main/outlets/typist/portal/fake-portal.ts'
import { focused, openTerminal, type Reader, startScreen, tool } from '../../main/outlets/typist/x11/screen.ts'
import { until } from '../../until.ts'
import { createKey, type Desktop, quitAndDiscard, startWithVault } from '../support/app/desktop.ts'
import { windowPage } from '../support/app/window-page.ts'
import { keyIn } from '../support/pages/key-in.ts'

/** The app in an imitated Wayland session, whose desktop has a portal that presses keys. */
let screen: { end: () => void }
let portal: FakePortal
let endPortal: () => void
let desktop: Desktop
let terminal: Reader

beforeAll(async () => {
  screen = await startScreen()
  ;({ portal, end: endPortal } = await FakePortal.onSessionBus())
  desktop = await startWithVault({ XDG_SESSION_TYPE: 'wayland' }, ['--ozone-platform=x11'])
  await createKey(desktop.page, 'deploy')
  terminal = await openTerminal()
})
afterAll(async () => {
  await terminal.end()
  await quitAndDiscard(desktop)
  endPortal()
  screen.end()
})

it('says that it cannot identify the window, and types through the portal', async () => {
  const { value } = await keyIn(desktop, 'deploy')
  const palette = await windowPage(desktop.app, 'palette')
  tool('xdotool', 'key', 'ctrl+alt+k')
  await until(() => focused().pid === desktop.app.process().pid)
  await palette.getByText('Types into the window behind this one').waitFor()
  tool('xdotool', 'key', 'Return')
  await until(() => portal.typed.length >= value.length)
  await until(() => portal.open === 0)
  expect([portal.typed, terminal.got()]).toEqual([value, ''])
})

it("says why not if the user denies it in the desktop's dialog, and types nothing", async () => {
  portal.answer = 1
  portal.strokes.length = 0
  const palette = await windowPage(desktop.app, 'palette')
  await until(() => focused().window === terminal.window)
  tool('xdotool', 'key', 'ctrl+alt+k')
  await until(() => focused().pid === desktop.app.process().pid)
  await palette.getByRole('option', { name: 'deploy' }).waitFor()
  tool('xdotool', 'key', 'Return')
  await palette.getByText('You said no').waitFor()
  expect(portal.typed).toBe('')
  tool('xdotool', 'key', 'Escape')
})
