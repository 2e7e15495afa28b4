import { isLoopback } from '../../../shared/loopback.ts'
import type { RegistrableDomain } from '../ports/environment.ts'
import type { Site } from '../model/site.ts'
import { orElse } from '../../../shared/or-else.ts'

/** Where a field is, as the browser reports it. `Place` in `clients/shared/protocol/browser.ts` describes each part. */
export interface FieldLocation {
  readonly url: string
  readonly top: string
  readonly ancestors: readonly string[]
}

/**
 * Parses a site as typed: with or without a scheme or a path. The default scheme is https, but http for a host that is this computer, where
 * certificates are rare.
 * @returns null if no key can be filled in there, or if the parsed host differs from what was typed
 */
export function parseSite(typed: string): string | null {
  const [, scheme, host] = /^(?:(https?):\/\/)?([^\s/\\?#@%]*[^\s/\\?#@%:])(?:[/?#]\S*)?$/i.exec(typed.trim()) ?? []
  if (host === undefined) return null
  const [plain, secure] = [toOrigin(`http://${host}/`), toOrigin(`https://${host}/`)]
  const origin = scheme === undefined ? (plain ?? secure) : scheme.toLowerCase() === 'http' ? plain : secure
  if (origin === null) return null
  // The URL parser accepts 0x7f.1 and 2130706433 as addresses, which no reader recognises.
  const { hostname } = new URL(origin)
  return isIpv4(hostname) && !`${host}:`.startsWith(`${hostname}:`) ? null : origin
}

/**
 * The single origin of a field, its frame and its tab.
 * @returns null where nothing may be filled in: frames of several origins, an opaque origin, any scheme but https (http on this computer),
 *   and a URL that is not in the canonical form that browsers report
 */
export function commonOrigin({ url, top, ancestors }: FieldLocation): string | null {
  const origin = toOrigin(url)
  if (origin === null || !isCanonical(url, origin) || !isCanonical(top, origin)) return null
  return ancestors.every((ancestor) => ancestor === origin) ? origin : null
}

/** Whether a key with this site may be filled in at an origin. @param origin as `commonOrigin` returns it */
export function siteCovers(site: Pick<Site, 'origin' | 'subdomains'>, origin: string, registrable: RegistrableDomain): boolean {
  if (site.origin === origin) return true
  if (!site.subdomains) return false
  const [allowed, requested] = [parse(site.origin), parse(origin)]
  if (allowed === null || requested === null || toOrigin(origin) !== origin) return false
  if (allowed.protocol !== requested.protocol || allowed.port !== requested.port || !requested.hostname.endsWith(`.${allowed.hostname}`))
    return false
  // A sub-domain that anybody can register belongs to its holder and not to the site.
  const domain = registrable(allowed.hostname)
  return domain !== null && domain === registrable(requested.hostname)
}

/** The domain whose sub-domains could be allowed for an origin; null if they cannot be. */
export function widestDomain(origin: string, registrable: RegistrableDomain): string | null {
  return registrable(new URL(origin).hostname)
}

/** The origin of that domain, with the same scheme and port. */
export function widestOrigin(origin: string, registrable: RegistrableDomain): string | null {
  const domain = widestDomain(origin, registrable)
  if (domain === null) return null
  const { protocol, port } = new URL(origin)
  return `${protocol}//${domain}${port === '' ? '' : `:${port}`}`
}

/** Whether the URL is in canonical form: no user, no other spelling of the host, nothing that the parser corrected. */
function isCanonical(url: string, origin: string): boolean {
  return url.startsWith(`${origin}/`)
}

/** @returns null unless the scheme is https, or http on this computer */
function toOrigin(url: string): string | null {
  const parsed = parse(url)
  if (parsed === null || !isHost(parsed.hostname)) return null
  if (parsed.protocol !== 'https:' && !(parsed.protocol === 'http:' && isThisComputer(parsed.hostname))) return null
  return parsed.origin
}

function parse(url: string): URL | null {
  return orElse(() => new URL(url), null)
}

function isHost(hostname: string): boolean {
  return /^\[[0-9a-f:.]+\]$/.test(hostname) || (hostname.length <= 253 && /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(hostname))
}

function isIpv4(hostname: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(hostname)
}

/** Whether the host is this computer. Browsers resolve `*.localhost` to it themselves, so that no network can answer otherwise. */
function isThisComputer(hostname: string): boolean {
  return isLoopback(hostname) || hostname.endsWith('.localhost')
}
