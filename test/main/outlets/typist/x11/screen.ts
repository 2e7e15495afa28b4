import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import koffi from 'koffi'
import { startDisplay } from '../../../../../scripts/session/display.mjs'
import { startService, until as untilReady } from '../../../../../scripts/session/service.mjs'
import { until } from '../../../../until.ts'
import { electronPath } from '../../../../e2e/support/app/desktop.ts'

/** Every character that a keyboard types into a key's field. */
export const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('')

/** A screen with a window manager for this process alone: on a shared one the tests beside would take the focus away. */
export async function startScreen(): Promise<{ end: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-screen-'))
  await startDisplay(folder, process.env)
  const manager = startService('openbox', ['--sm-disable'], { env: process.env })
  await untilReady(manager, () => (/window id/.test(tool('xprop', '-root', '_NET_SUPPORTING_WM_CHECK')) ? true : null))
  return {
    end: () => {
      manager.child.kill()
      rmSync(folder, { recursive: true })
    },
  }
}

/** A program of the screen, asked. */
export function tool(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

/** Makes another group of the layout the current one, as a layout switch does. */
export function lockGroup(group: number): void {
  onDisplay((xlib, display) => xlib.func('int XkbLockGroup(void *, unsigned int, unsigned int)')(display, 0x100, group) as number)
}

export function currentGroup(): number {
  const state = new Uint8Array(32)
  onDisplay((xlib, display) => xlib.func('int XkbGetState(void *, unsigned int, uint8_t *)')(display, 0x100, state) as number)
  return state[0] ?? 0
}

function onDisplay(work: (xlib: ReturnType<typeof koffi.load>, display: unknown) => number): void {
  const xlib = koffi.load('libX11.so.6')
  const display = xlib.func('void *XOpenDisplay(const char *)')(null) as unknown
  work(xlib, display)
  xlib.func('int XCloseDisplay(void *)')(display)
}

export interface Reader {
  readonly pid: number
  /** As the window manager names it. */
  readonly window: string
  /** What was typed into it until now. */
  readonly got: () => string
  readonly end: () => Promise<void>
}

/** A terminal whose program writes every byte that it gets into a file, as it comes. */
export async function openTerminal(options: readonly string[] = []): Promise<Reader> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-terminal-'))
  const file = join(folder, 'got')
  const keep = 'stty raw -echo; exec cat > "$0"'
  const child = spawn('xterm', [...options, '-e', 'sh', '-c', keep, file], { stdio: 'ignore' })
  await until(() => existsSync(file))
  return reader(child, () => readFileSync(file, 'latin1'), folder)
}

/** A window with one field, of the toolkit that most desktop programs of today are made with. */
export async function openField(): Promise<Reader> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-field-'))
  const child = spawn(electronPath(), [join(import.meta.dirname, 'field.cjs'), `--user-data-dir=${folder}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let told = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text))
  const lines = (): string[] => told.split('\n').filter((line) => line.startsWith('"'))
  await until(() => lines().length > 0)
  return reader(child, () => JSON.parse(lines().at(-1) ?? '""') as string, folder)
}

async function reader(child: ChildProcess, got: () => string, folder: string): Promise<Reader> {
  const pid = child.pid ?? 0
  const hasFocus = (): boolean => focused().pid === pid
  await until(hasFocus)
  const { window } = focused()
  return {
    pid,
    window,
    got,
    end: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
      rmSync(folder, { recursive: true, maxRetries: 10 }) // helpers of its own may write for a moment longer
    },
  }
}

/** The window that has the focus and its process; zero while there is none. */
export function focused(): { window: string; pid: number } {
  try {
    const window = tool('xdotool', 'getwindowfocus').trim()
    return { window, pid: Number(tool('xdotool', 'getwindowpid', window)) }
  } catch {
    return { window: '', pid: 0 }
  }
}
