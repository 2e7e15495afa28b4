import { session } from 'electron'
import type { Reach } from './realm/exchange.ts'
import { isLoopback, loopback } from './realm/loopback.ts'

/**
 * Chromium's stack for servers elsewhere: the system's certificates and proxies. Its session lives in memory, so that no answer
 * is cached on disk, and sends no cookies.
 */
export const network: Reach = (url, init) => {
  if (isLoopback(url)) return loopback(url, init)
  return session.fromPartition('network', { cache: false }).fetch(url, { ...init, credentials: 'omit' })
}
