import { parse } from 'tldts'

/**
 * The registrable domain of a host in ASCII form, by the public suffix list with its private section: at `pages.example` where everybody
 * has a sub-domain, each of them is a domain of its own.
 *
 * @returns null for a suffix itself, an address, a name without dots, and a name under a suffix that the list does not have: what the
 *   list does not know, it says nothing about
 */
export function registrableDomain(host: string): string | null {
  const { domain, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true, extractHostname: false })
  return isIcann === true || isPrivate === true ? domain : null
}
