import { reach } from '../app-connection/reach.ts'
import { whereabouts } from '../app-connection/whereabouts.ts'

/** Chromium gives the extension's address first; Firefox the manifest's path, then the extension's id. */
export function startedByBrowser([first = '', second = '']: readonly string[]): boolean {
  return first.startsWith('chrome-extension://') || (first.endsWith('.json') && /^[^\s@]+@[^\s@]+$/.test(second))
}

/**
 * The native messaging host: what the browser says goes to the app, and what the app says to the browser, byte by byte. It reads
 * none of it: both ends frame their messages alike, and what is in them is sealed for the other end.
 */
export async function relay(): Promise<void> {
  const socket = await reach(whereabouts(process.env, process.platform), true)
  socket.on('error', () => process.exit(3))
  process.stdout.on('error', () => process.exit(0)) // the browser has gone
  process.stdin.pipe(socket).pipe(process.stdout)
  socket.once('close', () => process.stdin.destroy()) // which would keep the host, and the browser would not be told
}
