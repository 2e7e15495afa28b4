import { isIPv6 } from 'node:net'

/**
 * The unit by which a client's address is counted. An IPv6 client owns a whole /64 and could use a new address for each request, so the /64
 * counts as one. An IPv4 address in IPv6 notation counts as the IPv4 address.
 */
export function networkOf(text: string): string {
  const plain = text.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length)
  const groups = [...first, ...Array<string>(zeros).fill('0'), ...last]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
