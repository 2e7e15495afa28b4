import type { RefusalCode } from '../../preload/contract.ts'

const thisComputer = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Why this cannot be a server's URL; null when it can. Main decides in the end: this spares a person a round trip.
 * Plain http is for this computer only, since anyone on the way could read along.
 */
export function faultOfAddress(text: string): RefusalCode | null {
  let url
  try {
    url = new URL(text.trim())
  } catch {
    return 'server-url-invalid'
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'server-url-invalid'
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return 'server-url-invalid'
  return url.protocol === 'http:' && !thisComputer.has(url.hostname) ? 'server-url-insecure' : null
}
