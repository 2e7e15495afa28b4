import { isLoopback } from '../../../shared/loopback.ts'
import type { RegistrableDomain } from '../ports/surroundings.ts'
import type { Site } from '../model/site.ts'

/** Where a field is, as the browser tells it. What each part means stands with the extension's protocol. */
export interface FieldLocation {
  readonly url: string
  readonly top: string
  readonly ancestors: readonly string[]
}

/**
 * The origin that a person means by what they typed: with a scheme or without one, with a path or not. Without a scheme it is https,
 * but http for a host that is this computer, where hardly anybody has a certificate.
 * @returns null if no key can be filled in there, or if what would be understood is not what was written
 */
export function parseSite(typed: string): string | null {
  const [, scheme, host] = /^(?:(https?):\/\/)?([^\s/\\?#@%]*[^\s/\\?#@%:])(?:[/?#]\S*)?$/i.exec(typed.trim()) ?? []
  if (host === undefined) return null
  const [plain, secure] = [toOrigin(`http://${host}/`), toOrigin(`https://${host}/`)]
  const origin = scheme === undefined ? (plain ?? secure) : scheme.toLowerCase() === 'http' ? plain : secure
  if (origin === null) return null
  // 0x7f.1 and 2130706433 are addresses to the URL parser, and nobody who reads them sees which.
  const { hostname } = new URL(origin)
  return isIpv4(hostname) && !`${host}:`.startsWith(`${hostname}:`) ? null : origin
}

/**
 * The one origin that everything at a place has: field, frame and tab.
 * @returns null where nothing is filled in: frames of several origins, an opaque one, any scheme but https and, on this computer, http;
 *   and a URL that is not written as browsers write it, for then it was not the browser who wrote it
 */
export function commonOrigin({ url, top, ancestors }: FieldLocation): string | null {
  const origin = toOrigin(url)
  if (origin === null || !isCanonical(url, origin) || !isCanonical(top, origin)) return null
  return ancestors.every((ancestor) => ancestor === origin) ? origin : null
}

/** Whether a key with this site may be filled in at an origin. @param origin as `originOf` gives it */
export function siteCovers(site: Pick<Site, 'origin' | 'subdomains'>, origin: string, registrable: RegistrableDomain): boolean {
  if (site.origin === origin) return true
  if (!site.subdomains) return false
  const [own, asked] = [parse(site.origin), parse(origin)]
  if (own === null || asked === null || toOrigin(origin) !== origin) return false
  if (own.protocol !== asked.protocol || own.port !== asked.port || !asked.hostname.endsWith(`.${own.hostname}`)) return false
  // A sub-domain that anybody can have is its holder's and not the site's.
  const domain = registrable(own.hostname)
  return domain !== null && domain === registrable(asked.hostname)
}

/** The domain whose sub-domains could be allowed for an origin; null if there is none. */
export function widestDomain(origin: string, registrable: RegistrableDomain): string | null {
  return registrable(new URL(origin).hostname)
}

/** The origin of that domain, of the same scheme and port. */
export function widestOrigin(origin: string, registrable: RegistrableDomain): string | null {
  const domain = widestDomain(origin, registrable)
  if (domain === null) return null
  const { protocol, port } = new URL(origin)
  return `${protocol}//${domain}${port === '' ? '' : `:${port}`}`
}

/** No user, no other spelling of the host, nothing that the parser took for a slash or left out. */
function isCanonical(url: string, origin: string): boolean {
  return url.startsWith(`${origin}/`)
}

/** @returns null unless it is https or, for this computer, http */
function toOrigin(url: string): string | null {
  const parsed = parse(url)
  if (parsed === null || !isHost(parsed.hostname)) return null
  if (parsed.protocol !== 'https:' && !(parsed.protocol === 'http:' && isThisComputer(parsed.hostname))) return null
  return parsed.origin
}

function parse(url: string): URL | null {
  try {
    return new URL(url)
  } catch {
    return null
  }
}

function isHost(hostname: string): boolean {
  return /^\[[0-9a-f:.]+\]$/.test(hostname) || (hostname.length <= 253 && /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(hostname))
}

function isIpv4(hostname: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(hostname)
}

/**
 * This computer, however it is written in a URL. Browsers take `*.localhost` for it without asking anybody, so that no network can have
 * another answer.
 */
function isThisComputer(hostname: string): boolean {
  return isLoopback(hostname) || hostname.endsWith('.localhost')
}
