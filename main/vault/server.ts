import type { Server } from './account.ts'
import { Refusal } from './refusal.ts'

/** UTF-16 units of a text that a server may answer with, as a key's name or a user's id. What is kept of it has to be taken back from a backup. */
export const longestAnswered = 16_384

/**
 * Reads a server's address as a person typed it. https anywhere; plain http to this computer only, because passwords and
 * key values travel there. No path, query, user name or fragment: an app is named by its id.
 * @throws Refusal `server-url-invalid`, `server-url-insecure` or `app-id-invalid`
 */
export function parseServer(url: string, appId: string): Server {
  const parsed = parseUrl(url.trim())
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') throw new Refusal('server-url-invalid')
  if (parsed.username !== '' || parsed.password !== '') throw new Refusal('server-url-invalid')
  if (parsed.pathname !== '/' || parsed.search !== '' || parsed.hash !== '') throw new Refusal('server-url-invalid')
  if (parsed.protocol === 'http:' && !isLoopback(parsed.hostname)) throw new Refusal('server-url-insecure')
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(appId)) throw new Refusal('app-id-invalid')
  return { url: parsed.origin, appId }
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

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
