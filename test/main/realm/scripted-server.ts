import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Received {
  readonly method: string
  readonly path: string
  /** The bearer token; null if there was no such header. */
  readonly bearer: string | null
  readonly body: string
}
export type Script = (received: Received, response: ServerResponse) => void

const client = '/api/client/v2.0'
export const keyId = '0123456789abcdef01234567'
export const keyValue = 'k'.repeat(64)

/** A token as a server issues it; its payload and signature occur nowhere else. `claims` are added, or take away. */
export function newToken(claims: object = {}): string {
  const payload = { exp: 2_000_000_000, iat: 1_900_000_000, nonce: randomBytes(24).toString('hex'), ...claims }
  const encoded = [{ alg: 'HS256', typ: 'JWT' }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  return `${encoded.join('.')}.${randomBytes(32).toString('base64url')}`
}

export function json(status: number, body: unknown, type = 'application/json'): Script {
  return (_, response) => response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body))
}

export function html(status: number): Script {
  return (_, response) =>
    response
      .writeHead(status, { 'content-type': 'text/html' })
      .end('<!doctype html><h1>unauthorized</h1> invalid session, API key not found')
}

/** An App Services server over a real socket, which does as it should but for what a test scripts. */
export class ScriptedServer {
  readonly received: Received[] = []
  /** Each token it issued, in order: of a login first the access token, then the refresh token. */
  readonly issued: string[] = []
  readonly #scripts = new Map<string, Script[]>()
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  static async start(): Promise<ScriptedServer> {
    const started = new ScriptedServer()
    await new Promise<void>((resolve) => started.#server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => started.stop())
    return started
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Scripts the answers to one request, `GET /auth/api_keys`: one after the other, the last one again and again. */
  on(route: string, ...scripts: Script[]): void {
    this.#scripts.set(route, scripts)
  }

  /** Requests as `METHOD /path`, without what all paths begin with. */
  get asked(): string[] {
    return this.received.map(({ method, path }) => `${method} ${shorten(path)}`)
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }

  issue(): string {
    const token = newToken()
    this.issued.push(token)
    return token
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url: path = '' } = request
    const bearer = request.headers.authorization?.replace(/^Bearer ?/, '') ?? null
    const received = { method, path, bearer, body: Buffer.concat(chunks).toString('utf8') }
    this.received.push(received)
    const route = `${method} ${shorten(path)}`
    const scripts = this.#scripts.get(route)
    const script = scripts !== undefined && scripts.length > 1 ? scripts.shift() : scripts?.[0]
    ;(script ?? this.#asItShould(route))(received, response)
  }

  #asItShould(route: string): Script {
    const key = { _id: keyId, name: 'deploy', disabled: false }
    if (/^POST \/app\/[^/]+\/auth\/providers\/[a-z-]+\/login$/.test(route)) {
      const [access_token, refresh_token] = [this.issue(), this.issue()]
      return json(200, { user_id: 'user-1', access_token, refresh_token, device_id: '' })
    }
    if (/\/login\?link=true$/.test(route)) return json(200, { access_token: this.issue() })
    if (/\/register$/.test(route)) return json(201, {})
    switch (route) {
      case 'GET /auth/profile':
        return json(200, {
          identities: [{ id: 'identity-1', provider_type: 'local-userpass' }],
          data: {},
          type: 'normal',
        })
      case 'POST /auth/session':
        return json(201, { access_token: this.issue() })
      case 'POST /auth/api_keys':
        return json(201, { ...key, key: keyValue })
      case 'GET /auth/api_keys':
        return json(200, [key])
      case `GET /auth/api_keys/${keyId}`:
        return json(200, key)
      default:
        return (_, response) => response.writeHead(204).end()
    }
  }
}

function shorten(path: string): string {
  return path.startsWith(client) ? path.slice(client.length) : path
}
