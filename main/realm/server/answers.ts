import * as v from 'valibot'
import { maxAnswerLength } from '../../vault/model/server.ts'
import type { Route } from './routes.ts'
import { timesOf } from './token-stand-in.ts'
import { orElse } from '../../../shared/or-else.ts'

/**
 * The schema of each successful answer. The SDK gets the parsed result and never the server's own text: an unexpected null, an id of the
 * wrong length or a token that it cannot decode would kill the process or direct a call to another key.
 */
const text = v.pipe(
  v.string(),
  v.maxLength(maxAnswerLength),
  v.check((value) => !value.includes('\0')), // the SDK truncates strings there, and so would the keychain
)
const keyId = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/))
const token = v.pipe(
  text,
  v.check((value) => timesOf(value) !== null),
)
const key = v.object({ _id: keyId, name: text, disabled: v.boolean() })

const schemas = {
  login: v.object({ user_id: v.pipe(text, v.minLength(1)), access_token: token, refresh_token: token }),
  link: v.object({ access_token: token }),
  refresh: v.object({ access_token: token }),
  profile: v.object({ identities: v.array(v.object({ id: text, provider_type: text })) }),
  'key-create': v.object({ ...key.entries, key: v.pipe(text, v.minLength(1)) }),
  'key-list': v.pipe(
    v.array(key),
    v.maxLength(1000),
    v.check((keys) => new Set(keys.map(({ _id }) => _id)).size === keys.length), // each key is listed once
  ),
  'key-fetch': key,
}
type RouteWithAnswer = keyof typeof schemas

export type AnswerOf<R extends RouteWithAnswer> = v.InferOutput<(typeof schemas)[R]>

export function hasAnswer(route: Route): route is RouteWithAnswer {
  return route in schemas
}

/** @returns null if the answer does not have the route's schema */
export function parseAnswer<R extends RouteWithAnswer>(route: R, body: string): AnswerOf<R> | null {
  const parsed = v.safeParse(schemas[route], parseJson(body))
  return parsed.success ? (parsed.output as AnswerOf<R>) : null
}

const acknowledgement = v.object({ error: v.nullish(v.literal('')), error_code: v.nullish(v.literal('')) })

/**
 * Whether a successful answer of a route without content is the server's: empty or a JSON object. The SDK accepts any 2xx, so a proxy's or
 * a web site's catch-all page would pass for a deleted key, and its value would be removed too.
 */
export function isAcknowledgement(body: string): boolean {
  return body.trim() === '' || v.is(acknowledgement, parseJson(body))
}

const optionalText = v.fallback(v.string(), '')
const failure = v.object({ error: v.optional(optionalText, ''), error_code: v.optional(optionalText, '') })

/** What an answer says about its failure; empty strings if it says nothing. Parsed whatever its content type is. */
export function parseFailure(body: string): { text: string; errorCode: string } {
  const parsed = v.safeParse(failure, parseJson(body))
  if (!parsed.success) return { text: '', errorCode: '' }
  return { text: parsed.output.error, errorCode: parsed.output.error_code }
}

function parseJson(body: string): unknown {
  return orElse(() => JSON.parse(body), undefined)
}
