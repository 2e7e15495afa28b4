import { randomUUID } from 'node:crypto'
import type { Server } from '../../vault/model/account.ts'
import { codeOf, Refusal } from '../../vault/refusal.ts'
import { Secret } from '../../vault/secret.ts'
import type { AnswerOf } from './answers.ts'
import { hasAnswer, isAcknowledgement, parseAnswer, parseFailure } from './answers.ts'
import type { Limits, SendRequest } from './exchange.ts'
import { exchange } from './exchange.ts'
import { refusalFor } from './failures.ts'
import { kindOf, standInFor, timesOf } from './token-stand-in.ts'
import type { Route } from './routes.ts'
import { mayRetry, routeOf } from './routes.ts'
import type { Tokens } from './tokens.ts'

/** A request as the SDK makes it. Header names come in mixed case. */
export interface SdkRequest {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body?: string
}
interface SdkResponse {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: string
}

/** Where an account's app really is, and how to get there. */
export interface Destination {
  readonly server: Server
  readonly reach: SendRequest
}

interface OutgoingRequest {
  readonly method: string
  readonly path: string
  readonly bearer: Secret | null
  readonly body: string | undefined
}

const ok = (body: unknown): SdkResponse => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: body === undefined ? '' : JSON.stringify(body),
})

/**
 * The SDK's HTTP. Each account talks to a fictitious host of its own, which the SDK may remember for ever; this maps it to
 * the account's server, swaps look-alike tokens for real ones and back, checks every answer before the SDK sees it, and
 * keeps each failure whole: the SDK is told only the failure's number, by which `explain` gives the refusal.
 */
export class Transport {
  readonly #tokens: Tokens
  readonly #limits: Limits
  readonly #destinations = new Map<string, Destination>()
  readonly #refusals = new Map<string, Refusal>()

  constructor(tokens: Tokens, limits: Limits = { deadline: 15_000, size: 1_048_576 }) {
    this.#tokens = tokens
    this.#limits = limits
  }

  /** @returns the base URL to give the SDK */
  connect(accountId: string, destination: Destination): string {
    this.#destinations.set(accountId, destination)
    return `https://${accountId}.latchkey.invalid`
  }

  /** The refusal behind an error that the SDK rejected with; its own errors, made before anything was sent, are faults. */
  explain(error: unknown): Refusal | null {
    const number = error instanceof Error ? error.message : ''
    const refusal = this.#refusals.get(number) ?? null
    this.#refusals.delete(number)
    return refusal
  }

  /** What the SDK calls. Never throws: an exception would pass through its native code. */
  async fetchWithCallbacks(request: SdkRequest, handler: { onSuccess(response: SdkResponse): void }): Promise<void> {
    handler.onSuccess(await this.#answer(request))
  }

  /**
   * Ends the account's session on the server by the token in the keychain, for when the SDK no longer knows of it: its
   * file was lost. Without such a token nothing is asked.
   * @throws Refusal `session-ended` if it was dead already, or why the server could not be told
   */
  async revoke(accountId: string): Promise<void> {
    const destination = this.#destinations.get(accountId)
    const refresh = await this.#tokens.realToken(accountId, 'refresh')
    if (destination !== undefined && refresh !== null) await this.#revoke(destination, refresh)
  }

  async #answer(request: SdkRequest): Promise<SdkResponse> {
    try {
      const { hostname, pathname, search } = new URL(request.url)
      const accountId = hostname.split('.')[0] ?? ''
      const destination = this.#destinations.get(accountId)
      const route = routeOf(request.method, pathname + search)
      if (destination === undefined || route === null) return this.#fail(400, new Refusal('internal'))
      if (route === 'location') return ok(location(hostname))
      const bearer = await this.#bearer(accountId, request)
      const { method, body } = request
      const answered = await this.#ask(destination, route, { method, path: pathname + search, bearer, body })
      return ok(await this.#forSdk(accountId, route, answered, destination))
    } catch (error) {
      if (!(error instanceof Refusal)) return this.#fail(500, new Refusal('internal', { mayHaveHappened: true }))
      // Only a 401 makes the SDK end or renew a session, so only the server's own word that it is dead becomes one.
      return this.#fail(error.code === 'session-ended' ? 401 : 503, error)
    }
  }

  /** @returns the answer, parsed; undefined for a route that bears none. @throws Refusal */
  async #ask({ server, reach }: Destination, route: Route, asked: OutgoingRequest): Promise<unknown> {
    const url = server.url + asked.path.replace(/\/app\/[^/]+\//, `/app/${server.appId}/`)
    const headers = new Headers({ accept: 'application/json', 'content-type': 'application/json;charset=utf-8' })
    if (asked.bearer !== null) headers.set('authorization', `Bearer ${asked.bearer.expose()}`)
    const init = { method: asked.method, headers, ...(asked.body ? { body: asked.body } : {}) }
    const { status, body } = await this.#send(reach, url, init, route)
    const failure = { status, ...parseFailure(body) }
    // As the SDK has it: what names an error is one, whatever its status.
    const isError = status < 200 || status > 299 || failure.errorCode !== '' || failure.text !== ''
    if (isError) throw refusalFor(route, failure)
    const answer = hasAnswer(route) ? parseAnswer(route, body) : undefined
    const isGood = hasAnswer(route) ? answer !== null : isAcknowledgement(body)
    if (!isGood) throw new Refusal('answer-invalid', { mayHaveHappened: true })
    return answer
  }

  async #bearer(accountId: string, request: SdkRequest): Promise<Secret | null> {
    const header = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1]
    if (header === undefined) return null
    const kind = kindOf(header.replace(/^Bearer ?/, ''))
    const real = kind === null ? null : await this.#tokens.realToken(accountId, kind)
    // No access token in memory: the SDK, told that its own is dead, asks for a new one with the refresh token.
    if (real === null) throw new Refusal('session-ended')
    return real
  }

  async #send(reach: SendRequest, url: string, init: RequestInit, route: Route): Promise<{ status: number; body: string }> {
    try {
      const answer = await exchange(reach, url, init, this.#limits)
      if (answer.status < 500 || !mayRetry(route)) return answer
    } catch (error) {
      if (codeOf(error) !== 'server-unreachable' || !mayRetry(route)) throw error
    }
    return exchange(reach, url, init, this.#limits)
  }

  /** The answer as the SDK may keep it: real tokens go to the token store, look-alikes take their place. */
  async #forSdk(accountId: string, route: Route, answer: unknown, destination: Destination): Promise<unknown> {
    switch (route) {
      case 'login': {
        const { user_id, access_token, refresh_token } = answer as AnswerOf<'login'>
        try {
          await this.#tokens.begin(accountId, new Secret(refresh_token), new Secret(access_token))
        } catch (error) {
          // Unrevoked, it ends by age: why it could not be kept is what matters here.
          await Promise.allSettled([this.#revoke(destination, new Secret(refresh_token))])
          throw error
        }
        const tokens = { access_token: standIn('access', access_token), refresh_token: standIn('refresh', refresh_token) }
        return { user_id, device_id: '', ...tokens }
      }
      case 'link':
      case 'refresh': {
        const { access_token } = answer as AnswerOf<'refresh'>
        this.#tokens.renew(accountId, new Secret(access_token))
        return { access_token: standIn('access', access_token) }
      }
      case 'profile':
        return { ...(answer as AnswerOf<'profile'>), data: {} }
      default:
        return answer
    }
  }

  /** Or it would live on the server for weeks, owned by nobody. */
  async #revoke(destination: Destination, bearer: Secret): Promise<void> {
    const path = '/api/client/v2.0/auth/session'
    await this.#ask(destination, 'logout', { method: 'DELETE', path, bearer, body: undefined })
  }

  #fail(statusCode: number, refusal: Refusal): SdkResponse {
    const number = randomUUID()
    this.#refusals.set(number, refusal)
    // The SDK renews a session without telling anyone of the 401 before: such refusals are never asked for.
    const [oldest] = this.#refusals.keys()
    if (this.#refusals.size > 100 && oldest !== undefined) this.#refusals.delete(oldest)
    return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error: number }) }
  }
}

/** Never asked of the server: the SDK saves this for ever, and it must be true in every later run. */
function location(hostname: string): unknown {
  const [hostUrl, socketUrl] = [`https://${hostname}`, `wss://${hostname}`]
  return { deployment_model: 'GLOBAL', location: 'local', hostname: hostUrl, ws_hostname: socketUrl }
}

function standIn(kind: 'access' | 'refresh', token: string): string {
  const times = timesOf(token)
  if (times === null) throw new Refusal('answer-invalid', { mayHaveHappened: true })
  return standInFor(kind, times)
}
