import { createRequire } from 'node:module'

type Tldts = Pick<typeof import('tldts'), 'parse'>

/** Loaded at the first use, because building the list would delay the window. */
let tldts: Tldts | null = null

/**
 * The registrable domain of a host in ASCII form, by the public suffix list with its private section: below a suffix where anybody can
 * register a sub-domain, each sub-domain is a registrable domain of its own.
 *
 * @returns null for a suffix itself, an IP address, a name without dots, and a name under a suffix that is not on the list
 */
export function registrableDomain(host: string): string | null {
  tldts ??= createRequire(import.meta.url)('tldts') as Tldts
  const { domain, isIcann, isPrivate } = tldts.parse(host, { allowPrivateDomains: true, extractHostname: false })
  return isIcann === true || isPrivate === true ? domain : null
}
