import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/**
 * What may happen to a request in transit. `lost-…`: the connection is cut. `stall-…`: no answer comes. Each happens before the server gets
 * the request, or after it has answered. `cut`: half of the answer's body. `reset`: as `lost-before`, by a TCP reset. The others are
 * answers of something that is not the server.
 */
export const weathers = [
  'fine',
  'slow',
  'lost-before',
  'lost-after',
  'stall-before',
  'stall-after',
  'cut',
  'reset',
  'error-before',
  'error-after',
  'busy',
  'page',
  'page-after',
  'portal',
  'not-found',
  'word',
] as const
/** `ended`: the server says that the session has ended. It applies to all requests, never to a single one. */
export type Weather = (typeof weathers)[number] | 'ended'

export interface Passed {
  readonly method: string
  readonly path: string
  readonly body: string
  /** The server's answer, or null if it got no request. */
  readonly answer: { readonly status: number; readonly body: string } | null
  readonly weather: Weather
  /** Whether the whole answer was passed to the client's socket. */
  readonly delivered: boolean
}

const after: readonly Weather[] = ['fine', 'slow', 'lost-after', 'stall-after', 'cut', 'error-after', 'page-after']

/** A proxy between the vault and its server. It sees all requests and decides what happens to each. */
export class Proxy {
  /** Called for each request. */
  weather: (method: string, path: string) => Weather = () => 'fine'
  readonly #target: number
  readonly #heard: (passed: Passed) => void
  #server: Server | null = null
  #port = 0

  /** @param heard called before the answer is passed on, so that nobody else knows of it earlier */
  constructor(target: string, heard: (passed: Passed) => void) {
    this.#target = Number(new URL(target).port)
    this.#heard = heard
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Accepts connections, at the same port each time. */
  async up(): Promise<void> {
    if (this.#server !== null) return
    const server = createServer((incoming, outgoing) => void this.#pass(incoming, outgoing).catch(() => outgoing.destroy()))
    server.listen(this.#port, '127.0.0.1')
    await once(server, 'listening')
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
  }

  /** Refuses connections, and cuts open ones. */
  async down(): Promise<void> {
    const server = this.#server
    if (server === null) return
    this.#server = null
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url: path = '' } = incoming
    const body = await textOf(incoming)
    const weather = this.weather(method, path)
    const answer = after.includes(weather) ? await this.#forward(incoming, body) : null
    const delivered = answer !== null && (weather === 'fine' || weather === 'slow') && !outgoing.destroyed
    this.#heard({ method, path, body, answer, weather, delivered })
    give(outgoing, weather, answer)
  }

  async #forward({ method, url, headers }: IncomingMessage, body: string): Promise<{ status: number; body: string }> {
    const asked = request({ host: '127.0.0.1', port: this.#target, method, path: url, headers })
    asked.end(body)
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    return { status: answer.statusCode ?? 0, body: await textOf(answer) }
  }
}

function give(outgoing: ServerResponse, weather: Weather, answer: Passed['answer']): void {
  const say = (status: number, type: string, body: string): void => void outgoing.writeHead(status, { 'content-type': type }).end(body)
  const page = '<!doctype html><title>Welcome to the hotel</title><p>Please sign in.'
  switch (weather) {
    case 'fine':
      return say(answer?.status ?? 502, 'application/json', answer?.body ?? '')
    case 'slow':
      setTimeout(() => say(answer?.status ?? 502, 'application/json', answer?.body ?? ''), 120)
      return
    case 'lost-before':
    case 'lost-after':
      outgoing.destroy()
      return
    case 'reset':
      outgoing.socket?.resetAndDestroy()
      return
    case 'stall-before':
    case 'stall-after':
      return // until the client closes the connection
    case 'cut': {
      const whole = answer?.body ?? ''
      outgoing.writeHead(answer?.status ?? 502, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(whole) || 10 })
      outgoing.write(whole.slice(0, whole.length / 2), () => outgoing.destroy())
      return
    }
    case 'error-before':
    case 'error-after':
      return say(weather === 'error-before' ? 500 : 502, 'text/plain', 'upstream error')
    case 'busy':
      return say(429, 'application/json', '{"error":"too many requests","error_code":""}')
    case 'page':
    case 'page-after':
      return say(200, 'text/html', page)
    case 'ended':
      return say(401, 'application/json', '{"error":"invalid session","error_code":"InvalidSession"}')
    case 'portal':
      return say(401, 'text/html', page)
    case 'not-found':
      return say(404, 'text/html', page)
    case 'word':
      return say(200, 'application/json', '"ok"')
  }
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
