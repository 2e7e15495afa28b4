import * as v from 'valibot'

/** In bytes: what is longer is no link of ours, and is not looked at further. */
const longest = 2048

/** What a link may ask for: to show something, or to lock. No link carries a value, and none changes anything. */
export const link = v.variant('verb', [
  v.strictObject({ verb: v.literal('open') }),
  v.strictObject({ verb: v.literal('quick') }),
  v.strictObject({ verb: v.literal('lock') }),
  v.strictObject({
    verb: v.literal('key'),
    accountId: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
    keyId: v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/)),
  }),
])
export type DeepLink = v.InferOutput<typeof link>

/** The whole grammar. Whatever writes a link, a browser or a desktop, may put a slash behind a bare verb. */
const grammar = /^latchkey:\/\/(?:(?<verb>open|quick|lock)\/?|key\/(?<accountId>[0-9a-f]{16})\/(?<keyId>[0-9a-f]{24}))$/

/** Whether a word on the command line was meant as a link, good or bad. */
export function looksLikeDeepLink(word: string): boolean {
  return /^latchkey:/i.test(word)
}

/**
 * Reads a link. Any page and any program can write one, so nothing is guessed, decoded or completed: it is of the grammar, letter by
 * letter, or it is none.
 * @returns null if it is none
 */
export function parseLink(text: string): DeepLink | null {
  if (Buffer.byteLength(text) > longest) return null
  const found = grammar.exec(text)?.groups
  if (found === undefined) return null
  const { verb, accountId, keyId } = found
  const parsed = v.safeParse(link, verb === undefined ? { verb: 'key', accountId, keyId } : { verb })
  return parsed.success ? parsed.output : null
}
