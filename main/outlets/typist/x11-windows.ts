import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { isBrowser } from './browsers.ts'
import { run, type Start } from './program.ts'
import type { Target } from './typist.ts'

/** @returns the id of the window that has the focus, as xdotool prints it; null if none has */
export async function focusedWindow(start: Start): Promise<string | null> {
  const { status, stdout } = await run(start, 'xdotool', ['getwindowfocus'])
  const id = stdout.trim()
  // 0 is no window, 1 whichever the pointer is over.
  return status === 0 && /^\d+$/.test(id) && Number(id) > 1 ? id : null
}

/** @returns null if there is no such window any more, or it is no program's, as what a window manager keeps the focus in meanwhile */
export async function describeWindow(start: Start, id: string): Promise<Target | null> {
  const [name, properties] = await Promise.all([
    run(start, 'xdotool', ['getwindowname', id]),
    run(start, 'xprop', ['-id', id, 'WM_CLASS', '_NET_WM_PID', 'WM_CLIENT_MACHINE']),
  ])
  if (properties.status !== 0) return null
  const { classes, pid, machine } = parseProperties(properties.stdout)
  if (classes.length === 0 && pid === null) return null
  const local = machine === null || machine === hostname()
  const path = pid === null || !local ? null : programOf(pid)
  return {
    id,
    program: path ?? classes.at(-1) ?? null,
    title: name.status === 0 ? name.stdout.replace(/\n$/, '') : '',
    pid: path === null ? null : pid,
    browser: isBrowser(path ?? '', ...classes),
  }
}

/** @param printed as `WM_CLASS(STRING) = "xterm", "XTerm"`, a line a property */
export function parseProperties(printed: string): { classes: string[]; pid: number | null; machine: string | null } {
  const value = (property: string): string => new RegExp(`^${property}\\(\\w+\\) = (.*)$`, 'm').exec(printed)?.[1] ?? ''
  const strings = (text: string): string[] => [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, inside = '']) => inside)
  const pid = Number(value('_NET_WM_PID'))
  return {
    classes: strings(value('WM_CLASS')),
    pid: Number.isInteger(pid) && pid > 0 ? pid : null,
    machine: strings(value('WM_CLIENT_MACHINE'))[0] ?? null,
  }
}

/** @returns null for a number that is no process here: one of a sandbox counts its own */
function programOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '')
  } catch {
    return null
  }
}
