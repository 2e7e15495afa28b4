import { isLoopback } from '../../../shared/loopback.ts'
import type { Server } from './account.ts'
import { Refusal } from '../refusal.ts'

/** Maximum length of a text in a server's answer, such as a key's name or a user's id, in UTF-16 units. Backups accept the same length. */
export const maxAnswerLength = 16_384

/**
 * Parses a server address as typed. Any https address is allowed, but plain http only to this computer, because passwords and key values
 * are sent there. A base path is kept, as for a proxy that serves several programs. Queries, user names and fragments are refused: an app
 * is identified by its id.
 * @returns the address without a trailing slash
 * @throws Refusal `server-url-invalid`, `server-url-insecure` or `app-id-invalid`
 */
export function parseServer(url: string, appId: string): Server {
  const typed = url.trim()
  const parsed = parseUrl(typed)
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') throw new Refusal('server-url-invalid')
  if (parsed.username !== '' || parsed.password !== '') throw new Refusal('server-url-invalid')
  if (parsed.protocol === 'http:' && !isLoopback(parsed.hostname)) throw new Refusal('server-url-insecure')
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(appId)) throw new Refusal('app-id-invalid')
  return { url: parsed.origin + basePath(typed), appId }
}

export function isSameServer(one: Server, other: Server): boolean {
  return one.url === other.url && one.appId === other.appId
}

/** A server in one line, as the journal records it. */
export function serverText({ url, appId }: Server): string {
  return `${url} · ${appId}`
}

/** The server's address without its scheme, a short text that distinguishes two servers. */
export function withoutScheme(url: string): string {
  return url.slice(url.indexOf('://') + 3)
}

/**
 * The path as typed. `new URL` would resolve dot segments, including percent-encoded ones, before they could be refused. Only characters
 * that no proxy decodes or reinterprets are allowed.
 */
function basePath(typed: string): string {
  const [, , authority = '', ...segments] = typed.split('/')
  if (segments.at(-1) === '') segments.pop()
  const isPlain = segments.every((segment) => /^[A-Za-z0-9._~-]+$/.test(segment) && segment !== '.' && segment !== '..')
  if (authority === '' || /[?#]/.test(authority) || !isPlain) throw new Refusal('server-url-invalid')
  return segments.map((segment) => `/${segment}`).join('')
}

function parseUrl(text: string): URL {
  // `new URL` also accepts "host:80" (as a scheme), tabs and backslashes, which a person would have meant differently.
  if (!/^https?:\/\/[^\s\\]+$/i.test(text)) throw new Refusal('server-url-invalid')
  try {
    return new URL(text)
  } catch {
    throw new Refusal('server-url-invalid')
  }
}
