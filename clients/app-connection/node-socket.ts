import { connect, type Socket } from 'node:net'
import { AppUnreachable } from './app-unreachable.ts'

/** Connects by Node's sockets, which are streams. See `OpenSocket`. */
export function openNodeSocket(path: string): Promise<Socket | null> {
  const socket = connect(path)
  return new Promise((resolve, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const nobody = error.code === 'ENOENT' || error.code === 'ECONNREFUSED'
      if (nobody) resolve(null)
      else reject(new AppUnreachable('not-reachable'))
    })
    socket.once('connect', () => {
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })
}
