import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startScreen, tool } from '../../test/main/outlets/typist/x11/screen.ts'
import { until } from '../../test/until.ts'
import { median } from '../figures.ts'
import { orElse } from '../../shared/or-else.ts'

/**
 * From the start of KeePassXC's process, with settings of its own, to its first window on a screen of its own.
 * @returns milliseconds; null if it is not installed
 */
export async function timeKeepassxc(rounds: number): Promise<number | null> {
  if (spawnSync('keepassxc-cli', ['--version']).error !== undefined) return null
  const screen = await startScreen()
  const home = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  const times: number[] = []
  for (let round = -1; round < rounds; round += 1) {
    const begun = performance.now()
    const child = spawn('keepassxc', ['--config', join(home, 'bench.ini'), '--localconfig', join(home, 'local.ini')], { stdio: 'ignore' })
    await until(() => hasWindow(child.pid ?? 0))
    if (round >= 0) times.push(performance.now() - begun) // the first round fills the disk cache
    const ended = once(child, 'exit')
    child.kill()
    await ended
  }
  screen.end()
  rmSync(home, { recursive: true })
  return median(times)
}

function hasWindow(pid: number): boolean {
  return orElse(() => tool('xdotool', 'search', '--onlyvisible', '--pid', String(pid)) !== '', false) // xdotool's way to report none
}
