import type { Origin } from '../http/origin.ts'
import { Refusal } from '../refusal.ts'
import { networkOf } from './network.ts'

type Lane = 'open' | 'slow'

/**
 * The queue for password hashing. Each job costs a third of a second of one core and 32 MiB, so an unlimited number of them could stop the
 * server. Two jobs run at a time in the open lane. One runs in the slow lane, which takes logins whose failures are throttled: all
 * throttled guessing together gets one job at a time, and a right password among it is still checked. Within a lane, networks are served
 * round-robin, so that a flood from one network delays only itself; a /64 counts as one network. Jobs of clients that have disconnected are
 * skipped. Node has four threads for this work; one stays free for files and name lookups.
 */
export class PasswordQueue {
  readonly #lanes: Record<Lane, { running: number; readonly maxRunning: number; readonly waiting: Map<string, (() => void)[]> }> = {
    open: { running: 0, maxRunning: 2, waiting: new Map() },
    slow: { running: 0, maxRunning: 1, waiting: new Map() },
  }

  /**
   * @param from the client, by whose network jobs are scheduled
   * @throws Refusal `busy` if the queue is so long that the answer would come too late, or if the client has disconnected
   */
  async run<T>(from: Origin, lane: Lane, work: () => Promise<T>): Promise<T> {
    await this.#turn(networkOf(from.address ?? ''), lane)
    try {
      if (from.hasLeft?.() === true) throw new Refusal('busy', 30)
      return await work()
    } finally {
      this.#lanes[lane].running -= 1
      this.#next(lane)
    }
  }

  #turn(source: string, name: Lane): Promise<void> {
    const lane = this.#lanes[name]
    if (lane.running < lane.maxRunning) {
      lane.running += 1
      return Promise.resolve()
    }
    const own = lane.waiting.get(source) ?? []
    if (own.length >= maxPerSource || lane.waiting.size >= maxSources) throw new Refusal('busy', 30)
    return new Promise((resolve) => {
      own.push(resolve)
      lane.waiting.set(source, own)
    })
  }

  #next(name: Lane): void {
    const lane = this.#lanes[name]
    const first = lane.waiting.entries().next()
    if (first.done === true) return
    const [source, own] = first.value
    const start = own.shift()
    // Moved to the end of the round: a Map keeps the order of insertion.
    lane.waiting.delete(source)
    if (own.length > 0) lane.waiting.set(source, own)
    if (start === undefined) return
    lane.running += 1
    start()
  }
}

const maxPerSource = 100
const maxSources = 1000
