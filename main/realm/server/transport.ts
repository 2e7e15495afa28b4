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

/** A request of the SDK. Header names come in mixed case. */
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

/** The actual server of an account's app, and how to reach it. */
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
 * The SDK's HTTP transport. Each account talks to a fictitious host of its own, which the SDK may remember for ever. The transport maps it
 * to the account's server, replaces stand-in tokens by real ones and vice versa, checks every answer before the SDK sees it, and keeps each
 * refusal: the SDK gets only a number, for which `explain` returns the refusal.
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

  /** @returns the base URL for the SDK */
  connect(accountId: string, destination: Destination): string {
    this.#destinations.set(accountId, destination)
    return `https://${accountId}.latchkey.invalid`
  }

  /** The refusal behind an error that the SDK rejected with; null for the SDK's own errors, which are bugs. */
  explain(error: unknown): Refusal | null {
    const number = error instanceof Error ? error.message : ''
    const refusal = this.#refusals.get(number) ?? null
    this.#refusals.delete(number)
    return refusal
  }

  /** Called by the SDK. Never throws: an exception would pass through the SDK's native code. */
  async fetchWithCallbacks(request: SdkRequest, handler: { onSuccess(response: SdkResponse): void }): Promise<void> {
    handler.onSuccess(await this.#answer(request))
  }

  /**
   * Ends the account's session on the server with the token in the keychain, for a session that the SDK no longer knows because its file
   * was lost. Without such a token no request is sent.
   * @throws Refusal `session-ended` if it had already ended, or why the server could not be reached
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
      // A 401 makes the SDK end or renew the session, so it gets one only if the server itself says that the session has ended.
      return this.#fail(error.code === 'session-ended' ? 401 : 503, error)
    }
  }

  /** @returns the parsed answer; undefined for a route without content. @throws Refusal */
  async #ask({ server, reach }: Destination, route: Route, outgoing: OutgoingRequest): Promise<unknown> {
    const url = server.url + outgoing.path.replace(/\/app\/[^/]+\//, `/app/${server.appId}/`)
    const headers = new Headers({ accept: 'application/json', 'content-type': 'application/json;charset=utf-8' })
    if (outgoing.bearer !== null) headers.set('authorization', `Bearer ${outgoing.bearer.expose()}`)
    const init = { method: outgoing.method, headers, ...(outgoing.body ? { body: outgoing.body } : {}) }
    const { status, body } = await this.#send(reach, url, init, route)
    const failure = { status, ...parseFailure(body) }
    // Like the SDK: an answer that names an error is one, whatever its status.
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
    // Without an access token in memory the SDK is told that its own has expired. It then requests a new one with the refresh token.
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

  /** The answer as the SDK may store it: real tokens go to the token store, and stand-ins replace them. */
  async #forSdk(accountId: string, route: Route, answer: unknown, destination: Destination): Promise<unknown> {
    switch (route) {
      case 'login': {
        const { user_id, access_token, refresh_token } = answer as AnswerOf<'login'>
        try {
          await this.#tokens.begin(accountId, new Secret(refresh_token), new Secret(access_token))
        } catch (error) {
          // If it is not revoked, the session expires by age. What matters here is why the token could not be stored.
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

  /** Ends a session on the server, which would otherwise stay valid for weeks without an owner. */
  async #revoke(destination: Destination, bearer: Secret): Promise<void> {
    const path = '/api/client/v2.0/auth/session'
    await this.#ask(destination, 'logout', { method: 'DELETE', path, bearer, body: undefined })
  }

  #fail(statusCode: number, refusal: Refusal): SdkResponse {
    const number = randomUUID()
    this.#refusals.set(number, refusal)
    // The SDK renews a session without reporting the 401 before it, so such refusals are never read.
    const [oldest] = this.#refusals.keys()
    if (this.#refusals.size > 100 && oldest !== undefined) this.#refusals.delete(oldest)
    return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error: number }) }
  }
}

/** Never requested from the server: the SDK stores this for ever, so it must be valid in every later run. */
function location(hostname: string): unknown {
  const [hostUrl, socketUrl] = [`https://${hostname}`, `wss://${hostname}`]
  return { deployment_model: 'GLOBAL', location: 'local', hostname: hostUrl, ws_hostname: socketUrl }
}

function standIn(kind: 'access' | 'refresh', token: string): string {
  const times = timesOf(token)
  if (times === null) throw new Refusal('answer-invalid', { mayHaveHappened: true })
  return standInFor(kind, times)
}
