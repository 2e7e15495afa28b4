import type { Socket } from 'node:net'
import type { Kernel } from './kernel.ts'
import { openLinux } from './linux.ts'
import { openMac } from './mac.ts'
import type { SocketOptions } from '../socket/socket-options.ts'

/**
 * Opens the system calls that identify peers. Called at the first connection, because the start does not need the native library.
 * @throws Error on a system whose sockets do not identify the peer; for Windows' pipes Node exposes no handle to ask with
 */
export async function openKernel(platform: NodeJS.Platform): Promise<Kernel> {
  if (platform !== 'linux' && platform !== 'darwin') throw new Error('no way to tell who connects')
  const { load } = await import('koffi')
  const library = load(null)
  const getOption = library.func('int getsockopt(int, int, int, void *, _Inout_ uint32_t *)') as GetOption
  const options: SocketOptions = (socket, level, name, words) => {
    const value = new Int32Array(words)
    return getOption(descriptorOf(socket), level, name, value, new Uint32Array([value.byteLength])) === 0 ? value : null
  }
  return platform === 'linux' ? openLinux(options) : openMac(options, library)
}

type GetOption = (fd: number, level: number, name: number, value: Int32Array, length: Uint32Array) => number

/** Node has no public API for it. */
function descriptorOf(socket: Socket): number {
  const { _handle: handle } = socket as unknown as { _handle: { fd: number } | null }
  if (handle === null || handle.fd < 0) throw new Error('the connection has ended')
  return handle.fd
}
