import { type BrowserWindow, type BrowserWindowConstructorOptions, screen } from 'electron'
import { type Bundle, lockedWindow, type Page } from './locked-window.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** What is left free around a window on a small screen, in pixels. */
const margin = 24

/** A window that comes up over whatever a person is doing: on top, on every workspace, without a frame and of one size. */
export function smallWindow(page: Page, bundle: Bundle, options: BrowserWindowConstructorOptions): BrowserWindow {
  const window = lockedWindow(page, bundle, {
    ...options,
    frame: false,
    resizable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    alwaysOnTop: true,
    // On macOS a panel takes the keys without bringing the app forward, and gives them back to the program that had them.
    ...(process.platform === 'darwin' ? { type: 'panel' } : {}),
  })
  window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true })
  return window
}

/**
 * Puts a window into the middle of the screen that the cursor is on, somewhat above its height's, and never larger than what is free
 * there.
 * @param size in pixels
 */
export function placeNearCursor(window: BrowserWindow, size: Size): void {
  const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
  const width = Math.min(size.width, workArea.width - 2 * margin)
  const height = Math.min(size.height, workArea.height - 2 * margin)
  window.setBounds({
    width,
    height,
    x: Math.round(workArea.x + (workArea.width - width) / 2),
    y: Math.round(workArea.y + (workArea.height - height) / 3),
  })
}
