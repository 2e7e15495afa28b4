import { randomUUID } from 'node:crypto'

/**
 * The SDK writes its tokens unencrypted to a file, where they remain after a sign-out, so it never gets a usable token. It gets stand-ins:
 * JWTs with the `exp` and `iat` of the real ones, no other claims, and an invalid signature. `kind` says which of the account's real tokens
 * the transport replaces it with in a request.
 */
export type TokenKind = 'access' | 'refresh'

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export function standInFor(kind: TokenKind, times: { exp: number; iat: number }): string {
  const payload = { exp: times.exp, iat: times.iat, latchkey: kind, jti: randomUUID() }
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(payload)}.placeholder`
}

/** @returns null for anything that `standInFor` did not make, such as the SDK's empty token after a sign-out */
export function kindOf(token: string): TokenKind | null {
  const kind = claims(token)?.['latchkey']
  return kind === 'access' || kind === 'refresh' ? kind : null
}

/** @returns the times of a real token; null if it is not a JWT with integer `exp` and `iat` (others crash the SDK) */
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
