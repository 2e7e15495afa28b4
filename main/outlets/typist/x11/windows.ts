import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { isBrowser } from '../browsers.ts'
import { run, type StartProgram } from '../program.ts'
import type { Target } from '../typist.ts'
import { orElse } from '../../../../shared/or-else.ts'

/** @returns the id of the focused window, as xdotool prints it; null if no window has the focus */
export async function focusedWindow(start: StartProgram): Promise<string | null> {
  const { status, stdout } = await run(start, 'xdotool', ['getwindowfocus'])
  const id = stdout.trim()
  // 0 means no window, 1 the window under the pointer.
  return status === 0 && /^\d+$/.test(id) && Number(id) > 1 ? id : null
}

/**
 * @param browsers names of the desktop's browsers
 * @returns null if the window no longer exists, or belongs to no program, such as a helper window of the window manager
 */
export async function describeWindow(start: StartProgram, id: string, browsers: ReadonlySet<string>): Promise<Target | null> {
  const { status, stdout } = await run(start, 'xprop', ['-id', id, ...properties])
  if (status !== 0) return null
  const { classes, pid, machine, title } = parseProperties(stdout)
  if (classes.length === 0 && pid === null) return null
  const local = machine === null || machine === hostname()
  const path = pid === null || !local ? null : programOf(pid)
  return {
    id,
    program: path ?? classes.at(-1) ?? null,
    title,
    pid: path === null ? null : pid,
    browser: isBrowser([path ?? '', ...classes], browsers),
  }
}

const properties = ['WM_CLASS', '_NET_WM_PID', 'WM_CLIENT_MACHINE', '_NET_WM_NAME', 'WM_NAME']

interface Properties {
  readonly classes: string[]
  readonly pid: number | null
  readonly machine: string | null
  readonly title: string
}

/** @param printed as `WM_CLASS(STRING) = "xterm", "XTerm"`, one line for each property; a line break within one is printed as `\012` */
export function parseProperties(printed: string): Properties {
  const value = (property: string): string => new RegExp(`^${property}\\(\\w+\\) = (.*)$`, 'm').exec(printed)?.[1] ?? ''
  // xprop does not escape quotes inside the text.
  const text = (property: string): string | null => /^"(.*)"$/.exec(value(property))?.[1] ?? null
  const pid = Number(value('_NET_WM_PID'))
  return {
    classes: text('WM_CLASS')?.split('", "') ?? [],
    pid: Number.isInteger(pid) && pid > 0 ? pid : null,
    machine: text('WM_CLIENT_MACHINE'),
    title: text('_NET_WM_NAME') ?? text('WM_NAME') ?? '',
  }
}

/** @returns null for a pid that does not exist here: a program in a sandbox reports its pid there */
function programOf(pid: number): string | null {
  return orElse(() => readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''), null)
}
