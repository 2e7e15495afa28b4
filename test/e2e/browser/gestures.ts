import { tool } from '../../main/outlets/typist/x11/screen.ts'
import { until } from '../../until.ts'

/** Presses keys on the screen itself: a browser's own shortcuts and menus do not react to a driver's synthetic events. */
export function press(window: string, ...keys: string[]): void {
  tool('xdotool', 'windowactivate', '--sync', window)
  for (const key of keys) tool('xdotool', 'key', '--clearmodifiers', '--delay', '0', key)
}

/** Presses keys on the focused element, for example in a popup that has just opened. */
export function pressOn(...keys: string[]): void {
  for (const key of keys) tool('xdotool', 'key', '--clearmodifiers', '--delay', '0', key)
}

/** The browser's window, once the window manager has it. */
export async function windowOf(browser: 'chromium' | 'firefox'): Promise<string> {
  let found: string | undefined
  // The answer of the same search: xdotool fails if any window ends while it searches, and a second search then finds none.
  await until(() => (found = windows('--class', browser).at(-1)) !== undefined)
  return found ?? ''
}

/** A position on the screen, in pixels. */
export interface Spot {
  readonly x: number
  readonly y: number
}

/** The centre of an element, computed in the page. Serialised and run there. */
export function spotOf(element: Element): Spot {
  const { left, top, width, height } = element.getBoundingClientRect()
  const edge = (outerWidth - innerWidth) / 2
  const reckoned = { mozInnerScreenX: screenX + edge, mozInnerScreenY: screenY + outerHeight - innerHeight - edge }
  const view = 'mozInnerScreenX' in window ? (window as unknown as typeof reckoned) : reckoned // Firefox provides it
  return { x: Math.round(view.mozInnerScreenX + left + width / 2), y: Math.round(view.mozInnerScreenY + top + height / 2) }
}

/** Moves the pointer somewhere and opens the context menu. */
export function openMenu(window: string, { x, y }: Spot): Promise<void> {
  return opens(window, () => void tool('xdotool', 'mousemove', '--sync', String(x), String(y), 'click', '3'))
}

/** Does what opens a menu or popup, which is a window of its own, and waits for it. */
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
    return [] // xdotool's way to report none
  }
}

export function titleOf(window: string): string {
  return tool('xdotool', 'getwindowname', window)
}

export const shortcuts = { fill: 'alt+shift+k', popup: 'alt+shift+l' } as const
