/**
 * What a key proves about itself, by name. `crc32-base62`: GitHub and npm. `gitlab-routable`: GitLab. `grafana`: Grafana service accounts.
 * `clerk-host`: no checksum, but the key encodes a host name. `discord-id`: no checksum, but the key encodes a number.
 */
export type ChecksumName = 'crc32-base62' | 'gitlab-routable' | 'grafana' | 'clerk-host' | 'discord-id'

/** Each takes a key of the right format. */
const checks: Readonly<Record<ChecksumName, (key: string) => boolean>> = {
  // https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
  'crc32-base62': (key) => key.slice(-6) === base62Checksum(key.slice(-36, -6)),
  // https://handbook.gitlab.com/handbook/engineering/architecture/design-documents/cells/routable_tokens/
  'gitlab-routable': (key) => key.slice(-7) === crc32(key.slice(0, -7)).toString(36).padStart(7, '0'),
  // https://github.com/grafana/grafana/blob/main/pkg/components/satokengen/tokengen.go
  grafana: (key) =>
    key.slice(-8) ===
    reversedBytes(crc32(key.slice(0, -9)))
      .toString(16)
      .padStart(8, '0'),
  'clerk-host': (key) => /^[a-z0-9.-]+\.[a-z]{2,}\$$/.test(decoded(key.slice(key.lastIndexOf('_') + 1))),
  'discord-id': (key) => /^\d{17,20}$/.test(decoded(key.slice(0, key.indexOf('.')))),
}

export function passesChecksum(name: ChecksumName, key: string): boolean {
  return checks[name](key)
}

/** CRC-32 as in ISO 3309, bit by bit: keys are short. @param text of characters below 256 */
export function crc32(text: string): number {
  let crc = 0xffffffff
  for (let at = 0; at < text.length; at += 1) {
    crc ^= text.charCodeAt(at) & 0xff
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

/** CRC-32 in six digits of base62, as GitHub ends its keys. @param text of characters below 256 */
export function base62Checksum(text: string): string {
  return inBase62(crc32(text)).padStart(6, '0')
}

function inBase62(number: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  let text = ''
  for (let rest = number; rest > 0; rest = Math.floor(rest / 62)) text = (digits[rest % 62] ?? '') + text
  return text
}

function reversedBytes(number: number): number {
  return ((number << 24) | ((number & 0xff00) << 8) | ((number >>> 8) & 0xff00) | (number >>> 24)) >>> 0
}

/** @returns empty if it is not base64 or base64url */
function decoded(text: string): string {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}
