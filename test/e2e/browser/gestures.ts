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
  const search = (): string => {
    try {
      return tool('xdotool', 'search', '--onlyvisible', '--class', browser).trim().split('\n').at(-1) ?? ''
    } catch {
      return ''
    }
  }
  await until(() => search() !== '')
  return search()
}

export const shortcuts = { fill: 'alt+shift+k', popup: 'alt+shift+l' } as const
