import { connectToApp } from '../app-connection/connect.ts'
import { locateApp } from '../app-connection/app-location.ts'

/** Chromium passes the extension's address first; Firefox passes the manifest's path, then the extension's id. */
export function startedByBrowser([first = '', second = '']: readonly string[]): boolean {
  return first.startsWith('chrome-extension://') || (first.endsWith('.json') && /^[^\s@]+@[^\s@]+$/.test(second))
}

/**
 * The native messaging host: copies bytes from the browser to the app and back. It does not read them: both ends use the same framing, and
 * the content is encrypted for the other end.
 */
export async function relay(): Promise<void> {
  const socket = await connectToApp(locateApp(process.env, process.platform), true)
  socket.on('error', () => process.exit(3))
  process.stdout.on('error', () => process.exit(0)) // the browser has closed the connection
  process.stdin.pipe(socket).pipe(process.stdout)
  socket.once('close', () => process.stdin.destroy()) // otherwise the host would keep running, and the browser would not notice
}
