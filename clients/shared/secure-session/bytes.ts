import { SessionFault } from './session-fault.ts'

export type Bytes = Uint8Array<ArrayBuffer>

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text)
}

/** Base64url without padding. Written by hand: browsers do not have Node's Buffer, and their own function is too new. */
export function encode(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** @throws SessionFault `malformed`; also for a second spelling of the same bytes, so that no message has two forms */
export function decode(text: string): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new SessionFault('malformed')
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
  if (encode(bytes) !== text) throw new SessionFault('malformed')
  return bytes
}
