/** Like `isLoopback`, for the address that a server listens on: an IPv6 address has no brackets there, and several spellings. */
export function isLoopbackAddress(address: string): boolean {
  try {
    return isLoopback(new URL(`http://${address.includes(':') ? `[${address}]` : address}/`).hostname)
  } catch {
    return false
  }
}

/** Whether a URL's host is this computer, whose requests cross no network. @param hostname as `URL` returns it */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
