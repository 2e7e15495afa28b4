import { connectToApp } from '../app-connection/connect.ts'
import { locateApp } from '../app-connection/app-location.ts'
import { openNodeSocket } from '../app-connection/node-socket.ts'

/**
 * The native messaging host: copies bytes from the browser to the app and back. It does not read them: both ends use the same framing, and
 * the content is encrypted for the other end.
 */
export async function relay(): Promise<void> {
  const socket = await connectToApp(locateApp(process.env, process.platform), true, openNodeSocket)
  socket.on('error', () => process.exit(3))
  process.stdout.on('error', () => process.exit(0)) // the browser has closed the connection
  process.stdin.pipe(socket).pipe(process.stdout)
  socket.once('close', () => process.stdin.destroy()) // otherwise the host would keep running, and the browser would not notice
}
