import { jwksPath, servicePath, type Sent } from './requests.ts'
import type { World } from './world.ts'

export interface Judged {
  /** Uncaught errors, 5xx answers, answers that do not match the protocol, and missing answers. */
  readonly crashes: number
  /** Requests with a forged token, or of a service, that were answered as if they were allowed. */
  readonly escapes: number
  /** Answers that contain something of the guarded account. */
  readonly values: number
  /** Answers that contain a value of the attacker's own. They show that the search would find one. */
  readonly given: number
}

type Counts = { -readonly [K in keyof Judged]: Judged[K] }

/** Checks that an answer matches the protocol, and that nobody gets anything of another account. */
export function checkAnswer(
  world: World,
  sent: Sent,
  answer: Response,
  text: string,
  counts: Counts,
  crashed: (error: unknown) => void,
): void {
  const { status, headers } = answer
  const what = `${sent.method} ${sent.path.slice(0, 200)} was answered ${status}`
  if (status >= 500) crashed(new Error(what))
  const cached = status === 200 && isOfPublicKeys(sent.path) ? 'public, max-age=300' : 'no-store'
  if (headers.get('cache-control') !== cached || headers.get('x-content-type-options') !== 'nosniff')
    crashed(new Error(`${what} without its headers`))
  const type = headers.get('content-type')
  if (text !== '' && type !== 'application/json' && type !== 'text/html; charset=utf-8') crashed(new Error(`${what} as ${type}`))
  if (type === 'application/json' && text !== '') {
    const body = JSON.parse(text) as Record<string, unknown>
    if (status >= 400 && Object.keys(body).join() !== 'error,error_code') crashed(new Error(`${what} with more than a refusal`))
    if (status === 201 && typeof body['key'] === 'string') counts.given += 1
  }
  if (world.secrets.some((form) => text.includes(form) || [...headers].some(([, value]) => value.includes(form)))) counts.values += 1
  const forged = sent.forged && /\/auth\/(?:api_keys|profile|session|delete)/.test(sent.path)
  if (status < 300 && (forged || sent.path.startsWith(servicePath))) {
    counts.escapes += 1
    console.error(what, sent.headers)
  }
}

/** Whether the path leads to the public keys, which are the only answer that may be cached: with dots resolved, and without the query. */
function isOfPublicKeys(path: string): boolean {
  return URL.canParse(path, 'http://backend.test') && new URL(path, 'http://backend.test').pathname === jwksPath
}
