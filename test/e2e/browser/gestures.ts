import { tool, until } from '../../main/outlets/typist/screen.ts'

/** Keys pressed on the screen itself: a browser's own shortcuts and menus hear nothing of what its driver makes up in a page. */
export function press(window: string, ...keys: string[]): void {
  tool('xdotool', 'windowactivate', '--sync', window)
  for (const key of keys) tool('xdotool', 'key', '--clearmodifiers', key)
}

/** Presses into whatever has the focus, as a popup that has just opened. */
export function pressOn(...keys: string[]): void {
  for (const key of keys) tool('xdotool', 'key', '--clearmodifiers', key)
}

/** The browser's window, once the window manager has it. */
export async function windowOf(browser: 'chromium' | 'firefox'): Promise<string> {
  await until(() => windows('--class', browser).length > 0)
  return windows('--class', browser).at(-1) ?? ''
}

/** Where something is on the screen, in pixels. */
export interface Spot {
  readonly x: number
  readonly y: number
}

/** Where the middle of an element is, as the page itself reckons it. To be run in the page. */
export function spotOf(element: Element): Spot {
  const { left, top, width, height } = element.getBoundingClientRect()
  const edge = (outerWidth - innerWidth) / 2
  return { x: Math.round(screenX + edge + left + width / 2), y: Math.round(screenY + outerHeight - innerHeight - edge + top + height / 2) }
}

/** Points at something, and opens its context menu, which is a window of its own. */
export async function openMenu(window: string, { x, y }: Spot): Promise<void> {
  tool('xdotool', 'windowactivate', '--sync', window)
  const before = windows('--name', '').length
  tool('xdotool', 'mousemove', '--sync', String(x), String(y), 'click', '3')
  await until(() => windows('--name', '').length > before)
}

function windows(...which: string[]): string[] {
  try {
    return tool('xdotool', 'search', '--onlyvisible', ...which).split('\n').filter((id) => id !== '')
  } catch {
    return [] // as xdotool says it
  }
}

export const shortcuts = { fill: 'alt+shift+k', popup: 'alt+shift+l' } as const
