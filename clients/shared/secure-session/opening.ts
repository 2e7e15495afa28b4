/**
 * The messages that are sent in clear until a session is encrypted. None of them is secret, and none is trusted before it is proved.
 *
 * Pairing, once for each browser profile:
 *
 *     extension                                        app
 *     pair    its key, commitment to key and nonce  →
 *                                                   ←  offer    its key for this pairing alone, commitment to key and nonce
 *     reveal  the nonce                             →           opens the commitment, or ends; shows six digits
 *                                                   ←  revealed the nonce, once the user can see the app's digits
 *             opens the commitment, or ends; shows six digits
 *             both codes are computed from both keys and both nonces; the user compares them and confirms on both sides
 *     confirm                                       →
 *                                                   ←  paired   the pairing's id
 *
 * A man in the middle has to commit to its own nonces before it knows theirs, and learns the app's nonce only when the app shows
 * the code. So it cannot compute codes in advance: the two are equal by chance only, once in a million attempts. Each attempt is shown,
 * and the app takes five in ten minutes.
 *
 * Session, once for each connection: see `handshake.ts`.
 *
 *     hello   which pairing, an ephemeral key       →
 *                                                   ←  welcome  an ephemeral key, its half of the session, proof of its pairing key
 *     join    its half, proof of its pairing key    →
 *     and from here on `{ kind: 'sealed' }` in both directions
 */
import * as v from 'valibot'
import { SessionFault } from './session-fault.ts'

/** Bound into every digest: a message of one version proves nothing in another. */
export const version = 2

const clear = { kind: v.literal('browser'), version: v.literal(version) }
const publicKey = v.pipe(v.string(), v.regex(/^B[A-Za-z0-9_-]{86}$/)) // 65 bytes, the first of which is 4: an uncompressed point
const digest = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)) // 32 bytes
const proof = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)) // 16 bytes: the tag of an empty message
const pairingId = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))

/** Sent by the extension. */
const opening = v.variant('step', [
  v.strictObject({ ...clear, step: v.literal('pair'), key: publicKey, commitment: digest }),
  v.strictObject({ ...clear, step: v.literal('reveal'), nonce: digest }),
  v.strictObject({ ...clear, step: v.literal('confirm') }),
  v.strictObject({ ...clear, step: v.literal('hello'), pairing: pairingId, key: publicKey }),
  v.strictObject({ ...clear, step: v.literal('join'), enc: publicKey, proof }),
])

/** Sent by the app. */
const reply = v.variant('step', [
  v.strictObject({ ...clear, step: v.literal('offer'), key: publicKey, commitment: digest }),
  v.strictObject({ ...clear, step: v.literal('revealed'), nonce: digest }),
  v.strictObject({ ...clear, step: v.literal('paired'), pairing: pairingId }),
  v.strictObject({ ...clear, step: v.literal('welcome'), key: publicKey, enc: publicKey, proof }),
  /** Refused now, or for this browser: one of the app's refusal codes. The connection is back in its initial state. */
  v.strictObject({ ...clear, step: v.literal('refused'), code: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)) }),
])

export type Opening = v.InferOutput<typeof opening>
export type OpeningStep<S extends Opening['step']> = Extract<Opening, { step: S }>
export type Reply = v.InferOutput<typeof reply>
export type ReplyStep<S extends Reply['step']> = Extract<Reply, { step: S }>

/** @throws SessionFault `malformed` */
export function parseOpening(message: unknown): Opening {
  return parse(opening, message)
}

/** @throws SessionFault `malformed` */
export function parseReply(message: unknown): Reply {
  return parse(reply, message)
}

function parse<S extends typeof opening | typeof reply>(schema: S, message: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, message)
  if (!parsed.success) throw new SessionFault('malformed') // valibot's issues would quote the message
  return parsed.output
}
