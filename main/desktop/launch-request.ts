import * as v from 'valibot'
import { link, looksLikeDeepLink, parseLink } from './deep-link.ts'

/** What a start is for: that of the app, or a later one, which hands it over to the app that runs and ends. */
const wish = v.strictObject({
  /** By `--hidden`, as at login: no window comes up. */
  hidden: v.boolean(),
  /** `refused`: there was one that is none of ours, or more than one. Its text goes nowhere. */
  link: v.nullable(v.union([link, v.literal('refused')])),
})
export type LaunchRequest = v.InferOutput<typeof wish>

/**
 * Reads the words that the app was started with. Whatever else stands there is Electron's, or nobody's, and is not looked at.
 * @param words of the command line, with or without the program's own
 */
export function launchRequestOf(words: readonly string[]): LaunchRequest {
  const links = words.filter(looksLikeDeepLink)
  const [only] = links
  return {
    hidden: words.includes('--hidden'),
    link: only === undefined ? null : links.length > 1 ? 'refused' : (parseLink(only) ?? 'refused'),
  }
}

/** Reads what another start handed over. @returns null if it is no start of ours: an older version's, or another program's */
export function hasHandedOver(data: unknown): LaunchRequest | null {
  const parsed = v.safeParse(wish, data)
  return parsed.success ? parsed.output : null
}
