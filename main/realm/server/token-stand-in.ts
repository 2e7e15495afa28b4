import { randomUUID } from 'node:crypto'

/**
 * The SDK writes its tokens in clear to a file and leaves their bytes there after sign-out, so it never gets a usable one.
 * It gets these: JWTs with the real ones' `exp` and `iat`, an empty claim to anything else, and a signature of no key.
 * `kind` says which of the account's real tokens the transport puts in its place on the way out.
 */
export type TokenKind = 'access' | 'refresh'

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export function standInFor(kind: TokenKind, times: { exp: number; iat: number }): string {
  const payload = { exp: times.exp, iat: times.iat, latchkey: kind, jti: randomUUID() }
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(payload)}.placeholder`
}

/** @returns null for anything that `lookAlike` did not make, the SDK's empty token after a sign-out among it */
export function kindOf(token: string): TokenKind | null {
  const kind = claims(token)?.['latchkey']
  return kind === 'access' || kind === 'refresh' ? kind : null
}

/** @returns the times of a real token, or null if it is not a JWT with whole-numbered `exp` and `iat` (which the SDK dies of) */
export function timesOf(token: string): { exp: number; iat: number } | null {
  const { exp, iat } = claims(token) ?? {}
  if (!Number.isSafeInteger(exp) || !Number.isSafeInteger(iat)) return null
  return { exp: exp as number, iat: iat as number }
}

function claims(token: string): Record<string, unknown> | null {
  const parts = token.split('.')
  if (parts.length !== 3 || !parts.every((part) => /^[A-Za-z0-9_=-]+$/.test(part))) return null
  try {
    const payload: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'))
    return typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : null
  } catch {
    return null
  }
}
