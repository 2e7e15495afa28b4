import type { Socket } from 'node:net'
import type { SeenProcess } from '../../vault/model/requester.ts'
import type { Peer, Process } from './peer.ts'

/** What the system recorded of the process that connected, when it connected. */
export interface Credentials {
  readonly pid: number
  readonly uid: number
  /** A handle to that process, which tells that it has ended even if its pid was reused. Null on systems without such handles. */
  readonly handle: ProcessHandle | null
}

export interface ProcessHandle {
  isAlive(): boolean
  release(): void
}

export interface Kernel {
  /** @throws Error if the system does not report it, as for a connection that has ended already */
  credentials(socket: Socket): Credentials
  /**
   * @param command the path of our own command, which asks on behalf of the program that started it
   * @throws Error if the process is gone or not readable, as another user's
   */
  peer(pid: number, command: string): Peer
  /** @throws Error if the process is gone */
  seen(process: Process): SeenProcess
}
