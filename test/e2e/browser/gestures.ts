import { tool, until } from '../../main/outlets/typist/screen.ts'

/** Keys pressed on the screen itself: a browser's own shortcuts and menus hear nothing of what its driver makes up in a page. */
export function press(window: string, ...keys: string[]): void {
  tool('xdotool', 'windowactivate', '--sync', window)
  for (const key of keys) tool('xdotool', 'key', '--clearmodifiers', '--delay', '0', key)
}

/** Presses into whatever has the focus, as a popup that has just opened. */
export function pressOn(...keys: string[]): void {
  for (const key of keys) tool('xdotool', 'key', '--clearmodifiers', '--delay', '0', key)
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
  const reckoned = { mozInnerScreenX: screenX + edge, mozInnerScreenY: screenY + outerHeight - innerHeight - edge }
  const view = 'mozInnerScreenX' in window ? (window as unknown as typeof reckoned) : reckoned // Firefox says it itself
  return { x: Math.round(view.mozInnerScreenX + left + width / 2), y: Math.round(view.mozInnerScreenY + top + height / 2) }
}

/** Points at something, and opens its context menu. */
export function openMenu(window: string, { x, y }: Spot): Promise<void> {
  return opens(window, () => void tool('xdotool', 'mousemove', '--sync', String(x), String(y), 'click', '3'))
}

/** Does what opens a menu or a popup, which is a window of its own, and waits for it. */
export async function opens(window: string, act: () => void): Promise<void> {
  tool('xdotool', 'windowactivate', '--sync', window)
  const before = windows('--name', '').length
  act()
  await until(() => windows('--name', '').length > before)
}

function windows(...which: string[]): string[] {
  try {
    return tool('xdotool', 'search', '--onlyvisible', ...which)
      .split('\n')
      .filter((id) => id !== '')
  } catch {
    return [] // as xdotool says it
  }
}

export function titleOf(window: string): string {
  return tool('xdotool', 'getwindowname', window)
}

export const shortcuts = { fill: 'alt+shift+k', popup: 'alt+shift+l' } as const
