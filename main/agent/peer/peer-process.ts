import type { Socket } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import type { SeenProcess } from '../../vault/model/requester.ts'
import { Refusal } from '../../vault/refusal.ts'
import type { Credentials, Kernel } from './kernel.ts'
import type { Peer } from './peer.ts'

/** The process that connected: its identity at that time, and whether it is still the same. */
export class PeerProcess {
  readonly peer: Peer
  /** The process that it asks on behalf of, as it was when it connected. */
  readonly seen: SeenProcess
  readonly #credentials: Credentials
  readonly #readPeer: () => Peer
  #released = false

  /**
   * @param command the path of our own command
   * @param user the uid that this app runs as
   * @throws Refusal `request-invalid` for another user's process, and for one that has ended or is not readable
   */
  constructor(kernel: Kernel, socket: Socket, command: string, user: number) {
    this.#credentials = refuseOnError(() => kernel.credentials(socket))
    this.#readPeer = () => refuseOnError(() => kernel.peer(this.#credentials.pid, command))
    try {
      if (!isOfUser(this.#credentials, user)) throw new Refusal('request-invalid')
      this.peer = this.#readPeer()
      this.seen = refuseOnError(() => kernel.seen(this.peer.caller))
      this.#requireAlive()
    } catch (error) {
      this.release()
      throw error
    }
  }

  /** @throws Refusal `request-invalid` if the process, or the one it asks on behalf of, has changed, or after `release` */
  requireUnchanged(): void {
    // The number of a released handle may belong to another file by now.
    if (this.#released || !isDeepStrictEqual(this.#readPeer(), this.peer)) throw new Refusal('request-invalid')
    this.#requireAlive()
  }

  /** Releases the handle to the process. Idempotent. `requireUnchanged` refuses afterwards. */
  release(): void {
    if (this.#released) return
    this.#released = true
    this.#credentials.handle?.release()
  }

  /** Checked after reading the process, not before: what was read may be a later process with the same pid. */
  #requireAlive(): void {
    if (this.#credentials.handle?.isAlive() === false) throw new Refusal('request-invalid')
  }
}

/** Whether the process is of this user. The pid is 0 for a process of another pid namespace, as a container's. */
export function isOfUser({ pid, uid }: Pick<Credentials, 'pid' | 'uid'>, user: number): boolean {
  return pid > 0 && uid === user
}

/** A process can end at any time, so a failure to read it is a refusal and no fault. */
function refuseOnError<T>(look: () => T): T {
  try {
    return look()
  } catch {
    throw new Refusal('request-invalid')
  }
}
