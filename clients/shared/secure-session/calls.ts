/** The schemas of the calls in an encrypted session, for both sides and both directions. Strict: an unknown field is refused. */
import * as v from 'valibot'
import type { BrowserAnswer, BrowserCallName, BrowserCalls } from '../protocol/browser.ts'
import { SessionFault } from './session-fault.ts'

const name = v.pipe(v.string(), v.maxLength(512))
const address = v.pipe(v.string(), v.maxLength(8192))
const place = v.strictObject({ url: address, top: address, ancestors: v.pipe(v.array(name), v.maxLength(32)) })
const ref = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)) // 16 random bytes

/** The maximum number of keys offered to a site. */
export const maxOffers = 100
const offer = v.strictObject({ ref, name, account: name })
const offers = v.pipe(v.array(offer), v.maxLength(maxOffers))

export const browserCalls = {
  offers: { input: v.strictObject({ place }), output: v.strictObject({ keys: offers, locked: v.boolean() }) },
  fill: {
    input: v.strictObject({ place, ref }),
    output: v.strictObject({ value: v.pipe(v.string(), v.minLength(1), v.maxLength(16_384)) }),
  },
  learn: { input: v.strictObject({ place }), output: v.strictObject({ keys: offers }) },
} satisfies {
  [N in BrowserCallName]: {
    input: v.GenericSchema<BrowserCalls[N]['input']>
    output: v.GenericSchema<BrowserCalls[N]['output']>
  }
}

const id = v.pipe(v.number(), v.integer(), v.minValue(1))
/** The input is parsed by the call's own schema later: an invalid input refuses one request, and does not end the session. */
const request = v.strictObject({ id, call: v.picklist(['offers', 'fill', 'learn']), input: v.unknown() })
const answer = v.variant('ok', [
  v.strictObject({ id, ok: v.literal(true), value: v.unknown() }),
  v.strictObject({ id, ok: v.literal(false), code: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)) }),
])

/** @throws SessionFault `malformed` */
export function parseRequest(message: unknown): v.InferOutput<typeof request> {
  const parsed = v.safeParse(request, message)
  if (!parsed.success) throw new SessionFault('malformed')
  return parsed.output
}

/** @throws SessionFault `malformed` */
export function parseAnswer(message: unknown): BrowserAnswer {
  const parsed = v.safeParse(answer, message)
  if (!parsed.success) throw new SessionFault('malformed')
  return parsed.output
}
