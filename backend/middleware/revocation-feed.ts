import { EventParser, FeedError, type StreamEvent } from './event-stream.ts'

export interface FeedOptions {
  /** `…/api_keys/revocations` of the server. */
  readonly url: string
  readonly credential: string
  readonly fetch: typeof fetch
  /** A key or a user was revoked. */
  readonly onRevoked: (id: string) => void
  /** Anything may have been revoked. */
  readonly onReset: () => void
  /** Receives why the feed broke off: never a credential or an id. */
  readonly log: (line: string) => void
}

const firstPauseMs = 1_000
const maxPauseMs = 30_000
/** The server sends something every ten seconds. */
const silenceMs = 25_000

/** Follows the server's feed of revocations until it is closed. A connection that broke off is made again, and goes on where it was. */
export class RevocationFeed {
  readonly #options: FeedOptions
  readonly #closed = new AbortController()
  #lastId: string | null = null
  #following = false

  constructor(options: FeedOptions) {
    this.#options = options
    void this.#run()
  }

  /** Whether everything that was revoked until now has been heard, as far as the network allows to know it. */
  get isFollowing(): boolean {
    return this.#following
  }

  close(): void {
    this.#closed.abort()
  }

  async #run(): Promise<void> {
    let pause = firstPauseMs
    while (!this.#closed.signal.aborted) {
      try {
        await this.#follow(() => (pause = firstPauseMs))
      } catch (error) {
        if (!this.#closed.signal.aborted)
          this.#options.log(`the feed of revocations broke off: ${error instanceof Error ? error.name : 'unknown'}`)
      }
      this.#following = false
      await this.#sleep(pause * (0.5 + Math.random() / 2))
      pause = Math.min(maxPauseMs, pause * 2)
    }
  }

  /** One connection. Resolves when the server ends it. @throws Error if it cannot be made, breaks off or says what it should not */
  async #follow(onConnected: () => void): Promise<void> {
    const { url, credential, onReset } = this.#options
    const silence = new AbortController()
    let timer = setTimeout(() => silence.abort(), silenceMs)
    const headers = { Authorization: `Bearer ${credential}`, ...(this.#lastId === null ? {} : { 'Last-Event-ID': this.#lastId }) }
    try {
      const signal = AbortSignal.any([silence.signal, this.#closed.signal])
      const response = await this.#options.fetch(url, { headers, redirect: 'error', signal })
      if (response.status !== 200 || response.body === null) {
        await response.body?.cancel()
        throw new FeedError(`the server answered ${response.status}`)
      }
      // What was revoked before the first connection was not heard.
      if (this.#lastId === null) onReset()
      const parser = new EventParser()
      const decoder = new TextDecoder()
      for await (const bytes of response.body) {
        clearTimeout(timer)
        timer = setTimeout(() => silence.abort(), silenceMs)
        for (const event of parser.parse(decoder.decode(bytes, { stream: true }))) this.#take(event, onConnected)
      }
    } catch (error) {
      if (error instanceof FeedError) this.#startAnew()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  #take(event: StreamEvent, onConnected: () => void): void {
    if (event.isComment) {
      this.#following = true
      onConnected()
    } else if (event.name === 'reset') this.#options.onReset()
    else if (event.name === 'revoked') this.#options.onRevoked(revokedIn(event.data))
    if (event.id !== null) this.#lastId = event.id
  }

  /** After an answer that was not understood: whatever was in it counts as missed. */
  #startAnew(): void {
    this.#lastId = null
    this.#options.onReset()
  }

  #sleep(ms: number): Promise<void> {
    if (this.#closed.signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer)
        this.#closed.signal.removeEventListener('abort', go)
        resolve()
      }
      const timer = setTimeout(go, ms)
      this.#closed.signal.addEventListener('abort', go)
    })
  }
}

/** @throws FeedError */
function revokedIn(data: string): string {
  let event: unknown
  try {
    event = JSON.parse(data)
  } catch (error) {
    throw new FeedError('an event is not JSON', { cause: error })
  }
  const { key_id, user_id } = (event ?? {}) as Record<string, unknown>
  const id = key_id ?? user_id
  if (typeof id !== 'string') throw new FeedError('an event names nothing')
  return id
}
