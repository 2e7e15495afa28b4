import type { Origin } from '../http/origin.ts'
import { Refusal } from '../refusal.ts'
import { networkOf } from './network.ts'

type Lane = 'open' | 'slow'

/**
 * Where password work waits. Each job costs a third of a second of one core and 32 MiB, so whoever could start as many as
 * he likes could stop the server. Jobs run two at a time in the open lane and one at a time in the slow lane, which
 * takes those whose failures are throttled: all throttled guessing in the world together gets one job at a time, and a
 * right password among it still gets its turn. Within a lane the networks take turns, so a flood from one holds up
 * itself, and who has a /64 of addresses has one turn. What waited for a client that left is not done. Four threads do this work in Node; one stays free for files and names.
 */
export class PasswordQueue {
  readonly #lanes: Record<Lane, { running: number; readonly most: number; readonly waiting: Map<string, (() => void)[]> }> = {
    open: { running: 0, most: 2, waiting: new Map() },
    slow: { running: 0, most: 1, waiting: new Map() },
  }

  /**
   * @param from who asks, and so whose turn it is
   * @throws Refusal `busy` when so many wait that the answer would come too late for the client, or the client has left
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
    if (lane.running < lane.most) {
      lane.running += 1
      return Promise.resolve()
    }
    const own = lane.waiting.get(source) ?? []
    if (own.length >= mostPerSource || lane.waiting.size >= mostSources) throw new Refusal('busy', 30)
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
    // To the end of the round: a Map keeps the order of insertion.
    lane.waiting.delete(source)
    if (own.length > 0) lane.waiting.set(source, own)
    if (start === undefined) return
    lane.running += 1
    start()
  }
}

const mostPerSource = 100
const mostSources = 1000
