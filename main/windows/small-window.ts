import { type BrowserWindow, type BrowserWindowConstructorOptions, screen } from 'electron'
import { type Bundle, lockedWindow, type Page } from './locked-window.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** The space around a window on a small screen, in pixels. */
const margin = 24

/** A window over all other windows: always on top, on every workspace, without a frame, not resizable. */
export function smallWindow(page: Page, bundle: Bundle, options: BrowserWindowConstructorOptions): BrowserWindow {
  const window = lockedWindow(page, bundle, {
    ...options,
    frame: false,
    resizable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    alwaysOnTop: true,
    // On macOS a panel takes the keyboard without activating the app, and gives it back to the program that had it.
    ...(process.platform === 'darwin' ? { type: 'panel' } : {}),
  })
  window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true })
  return window
}

/**
 * Centres a window on the screen with the cursor, somewhat above the middle, and shrinks it to the space that is free there.
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
