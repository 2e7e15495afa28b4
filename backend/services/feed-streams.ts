import type { FeedPosition, Revocations } from './revocations.ts'

/** Often enough that no proxy takes the connection for an idle one. */
const heartbeatMs = 10_000
const nothingNew = ':\n\n'
const maxStreams = 1000
const maxStreamsEach = 100

/** The streams of the revocation feed that are open. Bounded in number, by service and in all. */
export class FeedStreams {
  readonly #open = new Map<string, number>()

  constructor(readonly revocations: Revocations) {}

  /**
   * A stream for a service. Bounded in memory: it fetches the next piece when its client has taken the last one, so a slow client queues
   * nothing.
   * @param mayGoOn asked before each piece and at each heartbeat; false ends the stream
   * @returns null if too many streams are open
   */
  open(service: string, after: FeedPosition | null, mayGoOn: () => boolean): ReadableStream<Uint8Array> | null {
    const all = [...this.#open.values()].reduce((sum, count) => sum + count, 0)
    const own = this.#open.get(service) ?? 0
    if (own >= maxStreamsEach || all >= maxStreams) return null
    this.#open.set(service, own + 1)
    const stream = new FeedStream(this.revocations, after, mayGoOn, () => this.#release(service))
    // Nothing is fetched before the client's connection asks for it.
    return new ReadableStream(stream, { highWaterMark: 0 })
  }

  #release(service: string): void {
    const left = (this.#open.get(service) ?? 1) - 1
    if (left > 0) this.#open.set(service, left)
    else this.#open.delete(service)
  }
}

/**
 * One stream: the events after its position, then a comment, which says that this was all until now, and then events as they come. When there
 * were none for a while, the comment comes again as a heartbeat.
 */
class FeedStream {
  /** Up to here everything was sent. Null before the first piece. */
  #sequence: number | null = null
  #caughtUp = false
  #ended = false
  #stopWaiting: () => void = () => undefined

  constructor(
    readonly revocations: Revocations,
    readonly from: FeedPosition | null,
    readonly mayGoOn: () => boolean,
    readonly release: () => void,
  ) {}

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const text = await this.#next()
    if (this.#ended) return
    if (text !== null) controller.enqueue(new TextEncoder().encode(text))
    else {
      this.#end()
      controller.close()
    }
  }

  /** The client has left. */
  cancel(): void {
    this.#end()
  }

  /** @returns null if the stream ends here */
  async #next(): Promise<string | null> {
    const { revocations } = this
    if (this.#caughtUp && this.#sequence !== null && revocations.after(this.#sequence).text === '' && !revocations.isClosed) {
      await this.#wait()
    }
    if (this.#ended || revocations.isClosed || !this.mayGoOn()) return null
    const first = this.#sequence === null
    const piece = this.#sequence === null ? revocations.begin(this.from) : revocations.after(this.#sequence)
    this.#sequence = piece.sequence
    if (first) return `retry: 1000\n${piece.text}`
    if (piece.text !== '') return piece.text
    this.#caughtUp = true
    return nothingNew
  }

  /** Resolves at the next event, at the time of a heartbeat, or when the stream ends. */
  #wait(): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer)
        unsubscribe()
        resolve()
      }
      const timer = setTimeout(go, heartbeatMs)
      const unsubscribe = this.revocations.subscribe(go)
      this.#stopWaiting = go
    })
  }

  #end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#stopWaiting()
    this.release()
  }
}
