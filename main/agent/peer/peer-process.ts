import type { Socket } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import type { SeenProcess } from '../../vault/model/requester.ts'
import { Refusal } from '../../vault/refusal.ts'
import type { Credentials, Kernel } from './kernel.ts'
import type { Peer } from './peer.ts'

/** Whoever connected: who it was when it did, and whether it still is. */
export class PeerProcess {
  readonly peer: Peer
  /** Of who it asks for, when it connected. */
  readonly seen: SeenProcess
  readonly #credentials: Credentials
  readonly #readPeer: () => Peer
  #released = false

  /**
   * @param command the path of our own command
   * @param user whose app this is
   * @throws Refusal `request-invalid` for another user's process, and for one that has ended or cannot be looked at
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

  /** @throws Refusal `request-invalid` if the process, or who it asks for, is not the one that it was, or has been let go of */
  requireUnchanged(): void {
    // The number of a handle that was let go of may be another file's by now.
    if (this.#released || !isDeepStrictEqual(this.#readPeer(), this.peer)) throw new Refusal('request-invalid')
    this.#requireAlive()
  }

  /** Lets go of the process. Whoever goes on with it afterwards is refused. */
  release(): void {
    if (this.#released) return
    this.#released = true
    this.#credentials.handle?.release()
  }

  /** After the look and not before: what was looked at may be a later process of the same number. */
  #requireAlive(): void {
    if (this.#credentials.handle?.isAlive() === false) throw new Refusal('request-invalid')
  }
}

/** A process of the app's own user, which the kernel can name: it has no number for one of another container. */
export function isOfUser({ pid, uid }: Pick<Credentials, 'pid' | 'uid'>, user: number): boolean {
  return pid > 0 && uid === user
}

/** What the system says of why it cannot tell is nobody's business, and no fault: processes end. */
function refuseOnError<T>(look: () => T): T {
  try {
    return look()
  } catch {
    throw new Refusal('request-invalid')
  }
}
