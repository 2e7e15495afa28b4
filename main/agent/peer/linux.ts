import { closeSync, readFileSync } from 'node:fs'
import type { ProcessHandle, Kernel } from './kernel.ts'
import { readPeer, readSeen } from './proc.ts'
import type { SocketOptions } from '../socket/socket-options.ts'

const [socketLevel, peerCredentials, peerProcess] = [1, 17, 77] // SOL_SOCKET, SO_PEERCRED, SO_PEERPIDFD

export function openLinux(option: SocketOptions): Kernel {
  return {
    credentials(socket) {
      const [pid, uid] = option(socket, socketLevel, peerCredentials, 3) ?? []
      if (pid === undefined || uid === undefined) throw new Error('no credentials')
      const [held] = option(socket, socketLevel, peerProcess, 1) ?? [] // since Linux 6.5
      return { pid, uid: uid >>> 0, handle: held === undefined ? null : handleOf(held, pid) }
    },
    peer: readPeer,
    seen: readSeen,
  }
}

/** In the `fdinfo` of a pidfd, `Pid:` is -1 once the process has ended. */
function handleOf(handle: number, pid: number): ProcessHandle {
  const there = new RegExp(`^Pid:\\s*${pid}$`, 'm')
  return {
    isAlive: () => there.test(readFileSync(`/proc/self/fdinfo/${handle}`, 'utf8')),
    release: () => closeSync(handle),
  }
}
