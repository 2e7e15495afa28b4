import type { RefusalCode } from '../../../preload/contract.ts'
import { isLoopback } from '../../../shared/loopback.ts'
import { orElse } from '../../../shared/or-else.ts'

/**
 * Why this cannot be a server's URL, or null if it can. Main makes the final check; this one saves a round trip.
 * Plain http is allowed for this computer only, since anyone on the network could read it.
 */
export function addressFault(text: string): RefusalCode | null {
  const typed = text.trim()
  // The same rule as in main: a base path of unreserved characters, which no proxy rewrites, without `.` and `..` segments.
  if (!/^https?:\/\/[^\s\\/?#]+(\/[A-Za-z0-9._~-]+)*\/?$/i.test(typed) || /\/\.{1,2}(\/|$)/.test(typed)) return 'server-url-invalid'
  const url = orElse(() => new URL(typed), null)
  if (url === null || url.username !== '' || url.password !== '') return 'server-url-invalid'
  return url.protocol === 'http:' && !isLoopback(url.hostname) ? 'server-url-insecure' : null
}
