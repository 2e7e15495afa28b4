import { createRequire } from 'node:module'

type Tldts = Pick<typeof import('tldts'), 'parse'>

/** Loaded when it is first asked: to build the list takes some of the time in which the window should come up. */
let tldts: Tldts | null = null

/**
 * The registrable domain of a host in ASCII form, by the public suffix list with its private section: under a suffix where everybody can
 * have a sub-domain, each of them is a domain of its own.
 *
 * @returns null for a suffix itself, an address, a name without dots, and a name under a suffix that the list does not have: what the
 *   list does not know, it says nothing about
 */
export function registrableDomain(host: string): string | null {
  tldts ??= createRequire(import.meta.url)('tldts') as Tldts
  const { domain, isIcann, isPrivate } = tldts.parse(host, { allowPrivateDomains: true, extractHostname: false })
  return isIcann === true || isPrivate === true ? domain : null
}
