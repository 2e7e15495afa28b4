import { randomBytes } from 'node:crypto'

/** What works no longer: one key, or every key of a user. */
export type Revoked = { readonly key_id: string } | { readonly user_id: string }

/** A place in the feed: its reader has seen everything up to it. */
export interface FeedPosition {
  readonly epoch: string
  readonly sequence: number
}

/** A piece of the feed, and the place behind it. An empty text: there is nothing new. */
export interface FeedPiece {
  readonly text: string
  readonly sequence: number
}

const remembered = 1000
const pieceSize = 100

/**
 * What was revoked, as server-sent events, for caches of answers to key checks. Each event has a sequence number. A reader that was away
 * gets what it missed or, if that is not known any more, the event `reset`: it then has to forget everything that it cached.
 *
 * In memory, not stored: whenever the server starts, the numbers begin anew in another epoch, and readers from the one before get a `reset`.
 * So nothing is missed that was revoked right before a crash. Bounded: the last 1000 events are remembered once for all readers.
 */
export class Revocations {
  readonly #epoch = randomBytes(8).toString('hex')
  /** The newest events as they are sent. The last one has the number `#last`. */
  readonly #events: string[] = []
  #last = 0
  readonly #readers = new Set<() => void>()
  #closed = false

  /** Call it after the commit: a cache that forgets the key and asks again has to get the new answer. */
  publish(revoked: Revoked): void {
    this.#last += 1
    this.#events.push(`event: revoked\nid: ${this.#idOf(this.#last)}\ndata: ${JSON.stringify(revoked)}\n\n`)
    if (this.#events.length > remembered) this.#events.shift()
    this.#wake()
  }

  /** The first piece for a reader. @param after what it has seen; null for a new reader, which has nothing to forget */
  begin(after: FeedPosition | null): FeedPiece {
    if (after === null) return this.#markAt(this.#last)
    const known = after.epoch === this.#epoch && after.sequence <= this.#last && after.sequence >= this.#oldestSeen
    return known ? this.#markAt(after.sequence) : this.#reset()
  }

  /** The next piece for a reader that has seen everything up to a number. */
  after(sequence: number): FeedPiece {
    if (sequence < this.#oldestSeen) return this.#reset()
    const start = sequence - this.#oldestSeen
    const events = this.#events.slice(start, start + pieceSize)
    return { text: events.join(''), sequence: sequence + events.length }
  }

  /** Calls a reader at each publication, and when the feed is closed. @returns how to stop that */
  subscribe(reader: () => void): () => void {
    this.#readers.add(reader)
    return () => void this.#readers.delete(reader)
  }

  get isClosed(): boolean {
    return this.#closed
  }

  /** Ends every stream, for good. */
  close(): void {
    this.#closed = true
    this.#wake()
  }

  /** What a reader must have seen at least, so that all that came later is remembered. */
  get #oldestSeen(): number {
    return this.#last - this.#events.length
  }

  /** Tells a reader its position before anything happens, so that it can resume there. By the standard this dispatches no event. */
  #markAt(sequence: number): FeedPiece {
    return { text: `id: ${this.#idOf(sequence)}\n\n`, sequence }
  }

  #reset(): FeedPiece {
    return { text: `event: reset\nid: ${this.#idOf(this.#last)}\ndata: {}\n\n`, sequence: this.#last }
  }

  #idOf(sequence: number): string {
    return `${this.#epoch}-${sequence}`
  }

  #wake(): void {
    for (const reader of this.#readers) reader()
  }
}

/** The position in a `Last-Event-ID`. Undefined if the text has not the form of this feed's ids. */
export function readPosition(id: string): FeedPosition | undefined {
  const [, epoch, sequence] = /^([0-9a-f]{16})-(\d{1,15})$/.exec(id) ?? []
  return epoch === undefined || sequence === undefined ? undefined : { epoch, sequence: Number(sequence) }
}
