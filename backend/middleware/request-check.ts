import { KeyCheckUnavailable, type KeyVerifier } from './key-verifier.ts'
import type { VerifiedKey } from './key-cache.ts'

/** What to answer to a request without a good key. */
export interface Denial {
  readonly status: 401 | 503
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Exactly one of both. */
export type Checked = { readonly key: VerifiedKey; readonly denial: null } | { readonly key: null; readonly denial: Denial }

const json = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }
const noKey: Denial = {
  status: 401,
  headers: { ...json, 'WWW-Authenticate': 'Bearer' },
  body: JSON.stringify({ error: 'a valid API key is required' }),
}
const unavailable: Denial = {
  status: 503,
  headers: { ...json, 'Retry-After': '5' },
  body: JSON.stringify({ error: 'API keys cannot be checked right now' }),
}

/**
 * Checks a request's key: `Authorization: Bearer KEY`, or `X-API-Key: KEY` without an `Authorization`. A missing and a bad key get the same
 * answer.
 * @param header the value of a header, by its name in lower case
 */
export async function checkRequest(verifier: KeyVerifier, header: (name: string) => string | null | undefined): Promise<Checked> {
  const authorization = header('authorization')
  const key = authorization ? /^Bearer +(\S+)$/i.exec(authorization)?.[1] : header('x-api-key')
  // What no key of any server looks like is not sent to one.
  if (!key || !/^[\x21-\x7e]{1,512}$/.test(key)) return { key: null, denial: noKey }
  try {
    const verified = await verifier.verify(key)
    return verified === null ? { key: null, denial: noKey } : { key: verified, denial: null }
  } catch (error) {
    if (error instanceof KeyCheckUnavailable) return { key: null, denial: unavailable }
    throw error
  }
}
