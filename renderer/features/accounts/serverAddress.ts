import type { RefusalCode } from '../../../preload/contract.ts'
import { isLoopback } from '../../../shared/loopback.ts'

/**
 * Why this cannot be a server's URL; null when it can. Main decides in the end: this spares a person a round trip.
 * Plain http is for this computer only, since anyone on the way could read along.
 */
export function faultOfAddress(text: string): RefusalCode | null {
  const typed = text.trim()
  // As main: a base path of plain letters, which no proxy reads in another way, and neither `.` nor `..` in it.
  if (!/^https?:\/\/[^\s\\/?#]+(\/[A-Za-z0-9._~-]+)*\/?$/i.test(typed) || /\/\.{1,2}(\/|$)/.test(typed)) return 'server-url-invalid'
  let url
  try {
    url = new URL(typed)
  } catch {
    return 'server-url-invalid'
  }
  if (url.username !== '' || url.password !== '') return 'server-url-invalid'
  return url.protocol === 'http:' && !isLoopback(url.hostname) ? 'server-url-insecure' : null
}
