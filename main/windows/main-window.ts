import { type BrowserWindow, screen } from 'electron'
import type { Bounds, View } from '../lock/restart-args.ts'
import { type Bundle, lockedWindow } from './locked-window.ts'

const size = { width: 1080, height: 720 }

/**
 * The vault's own window. It is hidden until its first frame is ready, and whoever asked for it shows it.
 * @param bounds as it was before a lock; null for the usual ones
 */
export function openMainWindow(bundle: Bundle, bounds: Bounds | null): BrowserWindow {
  const usual = bounds !== null && isOnScreen(bounds) ? bounds : size
  return lockedWindow('index', bundle, { ...usual, minWidth: 800, minHeight: 600, title: 'Latchkey' })
}

/** Makes it appear, for the first time. @param view as it was before a lock; null for in front of everything */
export function present(window: BrowserWindow, view: View | null): void {
  if (view?.shown === 'hidden') return
  if (view?.bounds) keepPlace(window, view.bounds)
  if (view === null || view.focused) window.show()
  else window.showInactive()
  if (view?.shown === 'maximized') window.maximize()
  if (view?.shown === 'minimized') window.minimize() // after it was shown: X lets no other window be in the taskbar
}

/**
 * X11 tells where the window is within its frame, and takes where the frame is to be: by that much it would wander with each lock. The
 * window manager moves it when it gives it a frame, which is at once.
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

/** A screen that it was on may have been unplugged since. */
function isOnScreen(bounds: Bounds): boolean {
  const { workArea } = screen.getDisplayMatching(bounds)
  const across = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x)
  const down = Math.min(bounds.y + bounds.height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y)
  return across > 100 && down > 100
}

/** A new process for the page: what the old one had shown is gone with its memory. */
export function renewPage(window: BrowserWindow | null): void {
  if (window === null || window.isDestroyed()) return
  window.webContents.once('render-process-gone', () => window.webContents.reload())
  window.webContents.forcefullyCrashRenderer()
}
