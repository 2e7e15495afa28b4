import * as v from 'valibot'
import { deepLinkSchema, looksLikeDeepLink, parseDeepLink } from './deep-link.ts'

/** What a start of the app asks for. A second instance passes it to the running one, and exits. */
const launchRequestSchema = v.strictObject({
  /** By `--hidden`, as at login: no window is shown. */
  hidden: v.boolean(),
  /** `refused`: the link was invalid, or there was more than one. Its text is dropped. */
  link: v.nullable(v.union([deepLinkSchema, v.literal('refused')])),
})
export type LaunchRequest = v.InferOutput<typeof launchRequestSchema>

/**
 * Parses the app's command-line arguments. All other arguments are ignored.
 * @param args with or without the program's path
 */
export function parseLaunchArguments(args: readonly string[]): LaunchRequest {
  const links = args.filter(looksLikeDeepLink)
  const [only] = links
  return {
    hidden: args.includes('--hidden'),
    link: only === undefined ? null : links.length > 1 ? 'refused' : (parseDeepLink(only) ?? 'refused'),
  }
}

/** Parses the data of a second instance. @returns null for data of another format, as of an older version */
export function parseSecondInstanceData(data: unknown): LaunchRequest | null {
  const parsed = v.safeParse(launchRequestSchema, data)
  return parsed.success ? parsed.output : null
}
