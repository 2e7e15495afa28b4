import { type BrowserWindow, screen } from 'electron'
import type { Bounds, View } from '../lock/restart-args.ts'
import { type Bundle, lockedWindow } from './locked-window.ts'

const size = { width: 1080, height: 720 }

/**
 * Opens the main window. It is hidden until its first frame is ready and the caller shows it.
 * @param bounds those before a lock; null for the default
 */
export function openMainWindow(bundle: Bundle, bounds: Bounds | null): BrowserWindow {
  const usual = bounds !== null && isOnScreen(bounds) ? bounds : size
  return lockedWindow('index', bundle, { ...usual, minWidth: 800, minHeight: 600, title: 'Latchkey' })
}

/** Shows the window for the first time. @param view as it was before a lock; null to show it in front of everything */
export function showWindow(window: BrowserWindow, view: View | null): void {
  if (view?.shown === 'hidden') return
  if (view?.bounds) keepPlace(window, view.bounds)
  if (view === null || view.focused) window.show()
  else window.showInactive()
  if (view?.shown === 'maximized') window.maximize()
  if (view?.shown === 'minimized') window.minimize() // after showing it: X11 lists only windows in the taskbar that were shown
}

/**
 * X11 reports the position of the window within its frame, but sets the position of the frame: the window would drift by the difference
 * with each lock. The window manager moves the window once, when it adds the frame, which happens at once.
 */
function keepPlace(window: BrowserWindow, { x, y }: Bounds): void {
  const correct = (): void => {
    const now = window.getBounds()
    window.setPosition(2 * x - now.x, 2 * y - now.y)
  }
  window.once('move', correct)
  setTimeout(() => window.off('move', correct), 1_000)
}

export function viewOf(window: BrowserWindow | null): View {
  if (window === null || window.isDestroyed()) return { bounds: null, shown: 'none', focused: false }
  const shown = window.isMinimized() ? 'minimized' : !window.isVisible() ? 'hidden' : window.isMaximized() ? 'maximized' : 'normal'
  return { bounds: window.getNormalBounds(), shown, focused: window.isFocused() }
}

/** The screen that it was on may have been unplugged since. */
function isOnScreen(bounds: Bounds): boolean {
  const { workArea } = screen.getDisplayMatching(bounds)
  const across = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x)
  const down = Math.min(bounds.y + bounds.height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y)
  return across > 100 && down > 100
}

/** Replaces the page's process, so that everything the page has shown is gone with its memory. */
export function restartPage(window: BrowserWindow | null): void {
  if (window === null || window.isDestroyed()) return
  window.webContents.once('render-process-gone', () => window.webContents.reload())
  window.webContents.forcefullyCrashRenderer()
}
