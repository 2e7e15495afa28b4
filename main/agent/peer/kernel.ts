import type { Socket } from 'node:net'
import type { SeenProcess } from '../../vault/model/requester.ts'
import type { Peer, Process } from './peer.ts'

/** What the system noted of whoever connected, when they did. */
export interface Credentials {
  readonly pid: number
  readonly uid: number
  /** Holds on to that process, so that its end shows although its number may be another's by then. Null on systems without. */
  readonly handle: ProcessHandle | null
}

export interface ProcessHandle {
  isAlive(): boolean
  release(): void
}

export interface Kernel {
  /** @throws Error if the system does not tell, as of a connection that has ended already */
  credentials(socket: Socket): Credentials
  /**
   * @param command the path of our own command: who that asks for is the program that started it
   * @throws Error if the process is gone, or not to be read, as another user's
   */
  peer(pid: number, command: string): Peer
  /** @throws Error if the process is gone */
  seen(process: Process): SeenProcess
}
