import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { Refusal } from '../../vault/refusal.ts'

const base64url = (length: string) => v.pipe(v.string(), v.regex(new RegExp(`^[A-Za-z0-9_-]{${length}}$`)))

const head = {
  version: v.literal(1),
  profile: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  derivation: v.strictObject({
    algorithm: v.literal('argon2id'),
    // The derivation checks the limits.
    memory: v.number(), // KiB
    passes: v.number(),
    lanes: v.number(),
    salt: base64url('22'), // 16 bytes
  }),
  /** The wrapped data key: 60 bytes. */
  key: base64url('80'),
}
/** With all items, sealed as one body. */
const vault = v.strictObject({ ...head, body: base64url('38,') })
/** The items are in the OS keychain, under names of this slot. */
const guard = v.strictObject({ ...head, slot: v.picklist(['a', 'b']) })

/**
 * A passphrase file as text: one line of JSON, and one with the SHA-256 of the first. The digest does not protect against attackers; it
 * distinguishes a damaged file from a mistyped passphrase, which a wrapped key that does not open cannot.
 */
export type Envelope = v.InferOutput<typeof vault>
export type Guard = v.InferOutput<typeof guard>
/** The fields that every passphrase file has. */
export type Head = Omit<Envelope, 'body'>

/** @throws Refusal `profile-corrupt` if the file is damaged, of another version or of another profile */
export function parseEnvelope(text: string, profile: string): Envelope {
  return parse(vault, text, profile)
}

/** @throws Refusal those of `parseEnvelope` */
export function parseGuard(text: string, profile: string): Guard {
  return parse(guard, text, profile)
}

function parse<T extends Head>(schema: v.GenericSchema<unknown, T>, text: string, profile: string): T {
  const [, content, digest] = /^([^\n]*)\n([0-9a-f]{64})\n$/.exec(text) ?? []
  if (content === undefined || digest !== digestOf(content)) throw new Refusal('profile-corrupt')
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), content)
  if (!parsed.success || parsed.output.profile !== profile) throw new Refusal('profile-corrupt')
  return parsed.output
}

export function textOf(envelope: Envelope | Guard): string {
  const content = JSON.stringify(envelope)
  return `${content}\n${digestOf(content)}\n`
}

/** The wrapped key is bound to this, so that a file with a cheaper derivation, or of another profile, does not open. */
export function keyBinding({ version, profile, derivation }: Omit<Head, 'key'>): string {
  const { algorithm, memory, passes, lanes, salt } = derivation
  return JSON.stringify([version, profile, algorithm, memory, passes, lanes, salt])
}

/** The body is bound to everything else in the file. */
export function bodyBinding(envelope: Head): string {
  return JSON.stringify([keyBinding(envelope), envelope.key])
}

function digestOf(content: string): string {
  return createHash('sha256').update(content).digest('hex')
}
