import { startWithVault, createKey, discard } from '../test/e2e/desktop.ts'
import { paletteOf } from '../test/e2e/palettes.ts'
import { focused, openTerminal, startScreen, tool, until } from '../test/main/outlets/typist/screen.ts'

/**
 * From the start of the program that presses the shortcut's keys to the palette's first frame on the screen, over a terminal. What that
 * program takes to start is in it.
 * @returns milliseconds of each round
 */
export async function timePalette(rounds: number): Promise<number[]> {
  const screen = await startScreen()
  const desktop = await startWithVault()
  await createKey(desktop.page, 'bench')
  const palette = await paletteOf(desktop)
  const terminal = await openTerminal(['-T', 'bench'])
  const times: number[] = []
  try {
    for (let round = -2; round < rounds; round += 1) {
      const drawn = palette.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const { events } = window.latchkey as unknown as { events: Record<string, (heard: () => void) => void> }
            // Hidden, it draws nothing: the first frame that it draws then is one that can be seen.
            events['palette.shown']?.(() => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())))
          }),
      )
      await palette.evaluate(() => document.title) // it listens now
      const pressed = performance.timeOrigin + performance.now()
      tool('xdotool', 'key', 'ctrl+alt+k')
      const time = (await drawn) - pressed
      if (round >= 0) times.push(time) // the first ones warm up
      tool('xdotool', 'key', 'Escape')
      await until(() => focused().window === terminal.window)
    }
    return times
  } finally {
    await terminal.end()
    await desktop.quit()
    discard(desktop.profile)
    screen.end()
  }
}
