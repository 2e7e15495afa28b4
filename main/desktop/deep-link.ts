import * as v from 'valibot'

/** A longer text is no link of ours, and is not parsed. */
const maxLinkBytes = 2048

/** The actions a link may ask for: show something, or lock. No link carries a value, and no link changes data. */
export const deepLinkSchema = v.variant('verb', [
  v.strictObject({ verb: v.literal('open') }),
  v.strictObject({ verb: v.literal('quick') }),
  v.strictObject({ verb: v.literal('lock') }),
  v.strictObject({
    verb: v.literal('key'),
    accountId: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
    keyId: v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/)),
  }),
])
export type DeepLink = v.InferOutput<typeof deepLinkSchema>

/** The whole grammar. A browser or desktop may add a slash after a bare verb. */
const grammar = /^latchkey:\/\/(?:(?<verb>open|quick|lock)\/?|key\/(?<accountId>[0-9a-f]{16})\/(?<keyId>[0-9a-f]{24}))$/

/** Whether a command-line argument is meant as a link, valid or not. */
export function looksLikeDeepLink(argument: string): boolean {
  return /^latchkey:/i.test(argument)
}

/**
 * Parses a link. Any page and any program can write one, so nothing is guessed, decoded or completed: the text matches the grammar exactly,
 * or it is refused.
 * @returns null if it does not match
 */
export function parseDeepLink(text: string): DeepLink | null {
  if (Buffer.byteLength(text) > maxLinkBytes) return null
  const found = grammar.exec(text)?.groups
  if (found === undefined) return null
  const { verb, accountId, keyId } = found
  const parsed = v.safeParse(deepLinkSchema, verb === undefined ? { verb: 'key', accountId, keyId } : { verb })
  return parsed.success ? parsed.output : null
}
