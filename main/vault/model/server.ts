import { isLoopback } from '../../../shared/loopback.ts'
import type { Server } from './account.ts'
import { Refusal } from '../refusal.ts'

/** UTF-16 units of a text that a server may answer with, as a key's name or a user's id. What is kept of it has to be taken back from a backup. */
export const maxAnswerLength = 16_384

/**
 * Reads a server's address as a person typed it. https anywhere; plain http to this computer only, because passwords and
 * key values travel there. A base path is kept, as of a proxy that serves several programs. No query, user name or fragment:
 * an app is named by its id.
 * @returns the address without a slash at its end
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

/** A server in one line, as the journal names it. */
export function serverText({ url, appId }: Server): string {
  return `${url} · ${appId}`
}

/** The server's address without its scheme: what tells two of them apart where there is little room. */
export function withoutScheme(url: string): string {
  return url.slice(url.indexOf('://') + 3)
}

/**
 * The path as it was typed: `new URL` would resolve dot segments, also percent-encoded ones, before they could be refused. Only
 * letters that no proxy decodes or reads in another way are taken.
 */
function basePath(typed: string): string {
  const [, , authority = '', ...segments] = typed.split('/')
  if (segments.at(-1) === '') segments.pop()
  const isPlain = segments.every((segment) => /^[A-Za-z0-9._~-]+$/.test(segment) && segment !== '.' && segment !== '..')
  if (authority === '' || /[?#]/.test(authority) || !isPlain) throw new Refusal('server-url-invalid')
  return segments.map((segment) => `/${segment}`).join('')
}

function parseUrl(text: string): URL {
  // `new URL` also accepts "host:80" (as a scheme), tabs and backslashes; a person who typed these meant something else.
  if (!/^https?:\/\/[^\s\\]+$/i.test(text)) throw new Refusal('server-url-invalid')
  try {
    return new URL(text)
  } catch {
    throw new Refusal('server-url-invalid')
  }
}
