import { parseArgs } from 'node:util'
import { createKey, type Desktop, discard, startWithVault } from '../test/e2e/support/app/desktop.ts'
import { windowPage } from '../test/e2e/support/app/window-page.ts'
import { focused, openTerminal, startScreen, tool } from '../test/main/outlets/typist/x11/screen.ts'
import { until } from '../test/until.ts'
import { median } from './figures.ts'

/**
 * From the start of the program that presses the shortcut's keys on a real screen, over a terminal, to the palette's window having the
 * keyboard focus, as main sees it. The few milliseconds in which `xdotool` starts are included.
 * @returns milliseconds of each round
 */
export async function timePalette(rounds: number): Promise<number[]> {
  const screen = await startScreen()
  const desktop = await startWithVault()
  await createKey(desktop.page, 'bench')
  await windowPage(desktop.app, 'palette')
  await hearFocus(desktop)
  const terminal = await openTerminal(['-T', 'bench'])
  const isOurs = (): boolean => focused().pid === desktop.app.process().pid
  try {
    const times: number[] = []
    for (let round = -2; round < rounds; round += 1) {
      const pressed = Date.now()
      tool('xdotool', 'key', 'ctrl+alt+k')
      await until(isOurs)
      if (round >= 0) times.push((await lastFocus(desktop)) - pressed) // the first rounds warm up
      tool('xdotool', 'key', 'Escape')
      await until(() => !isOurs())
    }
    return times
  } finally {
    terminal.end()
    await desktop.quit()
    discard(desktop.profile)
    screen.end()
  }
}

function hearFocus({ app }: Desktop): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => {
    const palette = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().endsWith('/palette.html'))
    palette?.on('focus', () => Object.assign(globalThis, { paletteFocused: Date.now() }))
  })
}

function lastFocus({ app }: Desktop): Promise<number> {
  return app.evaluate(() => (globalThis as unknown as { paletteFocused: number }).paletteFocused)
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '25' } } })
  const times = await timePalette(Number(values.rounds))
  process.stdout.write(`${JSON.stringify({ what: 'shortcut to palette', unit: 'ms', median: median(times), aim: 100, times })}\n`)
  process.exit(0)
}
