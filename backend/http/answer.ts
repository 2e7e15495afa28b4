import type { Refusal } from '../refusal.ts'

/** The native client reads an error's body only with exactly this type, without a charset parameter. */
const json = { 'Content-Type': 'application/json' }

/** A success with a body. @param headers beside the content type */
export function answer(status: 200 | 201, body: object, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { ...json, ...headers } })
}

/** A success without a body, and therefore without a content type: realm-web decides by that header whether to parse. */
export function answerEmpty(status: 201 | 204 = 204): Response {
  return new Response(null, { status })
}

/** The response for a refusal: `error`, `error_code`, and for 429 and 503 a `Retry-After`. */
export function answerRefusal(refusal: Refusal): Response {
  const headers = refusal.retryAfter === undefined ? json : { ...json, 'Retry-After': String(refusal.retryAfter) }
  return new Response(JSON.stringify({ error: refusal.message, error_code: refusal.errorCode }), {
    status: refusal.status,
    headers,
  })
}
