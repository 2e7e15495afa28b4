import { webcrypto } from 'node:crypto'
import type { JWTVerifyGetKey } from 'jose'
import { isLoopback } from '../../shared/loopback.ts'
import { BackendFailure } from '../failure.ts'
import { Refusal } from '../refusal.ts'

/** How tokens of another issuer are verified: with a shared secret (HS256) or the issuer's public keys. */
export type CustomToken = { readonly secret: string } | { readonly jwksUri: string }

/** @returns the token's `sub`; @throws Refusal `token-wrong`, `token-unverifiable` */
export type CustomTokenVerifier = (token: string, now: Date) => Promise<string>

const publicKeyAlgorithms = ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512']

/**
 * Checks the configuration and returns the verifier. The algorithms follow from the configuration and never from the token: if a public key
 * were taken for an HMAC secret, anybody could sign. `aud` must be the app's id, as in the real service; otherwise a token made for another
 * program would work here. `sub` and `exp` are required.
 * @throws BackendFailure `options-invalid`
 */
export function newCustomTokenVerifier(configuration: CustomToken, appId: string): CustomTokenVerifier {
  const keys = 'secret' in configuration ? secretKeys(configuration.secret) : issuerKeys(configuration.jwksUri)
  const algorithms = 'secret' in configuration ? ['HS256'] : publicKeyAlgorithms
  return async (token, now) => {
    const jose = await loadJose()
    try {
      const { payload } = await jose.jwtVerify(token, keys, {
        algorithms,
        audience: appId,
        requiredClaims: ['sub', 'exp'],
        currentDate: now,
      })
      const subject = payload.sub
      if (typeof subject !== 'string' || !/^[^\p{C}]{1,256}$/u.test(subject)) throw new Refusal('token-wrong')
      return subject
    } catch (error) {
      if (error instanceof Refusal) throw error
      // If the issuer cannot be reached, nothing is known about the token, so it is not reported as wrong.
      if (error instanceof jose.errors.JWKSTimeout || error instanceof jose.errors.JWKSInvalid) throw unverifiable()
      const code = error instanceof jose.errors.JOSEError ? error.code : undefined
      if (code === undefined || code === 'ERR_JOSE_GENERIC') throw unverifiable()
      throw new Refusal('token-wrong')
    }
  }
}

function unverifiable(): Refusal {
  return new Refusal('token-unverifiable', 30)
}

type Jose = typeof import('jose')

function secretKeys(secret: string): JWTVerifyGetKey {
  const bytes = new TextEncoder().encode(secret)
  // RFC 7518 section 3.2: an HS256 key has at least the hash's 256 bits.
  if (bytes.length < 32) throw new BackendFailure('options-invalid', 'the custom-token secret must have at least 32 bytes')
  return async () => bytes
}

function issuerKeys(address: string): JWTVerifyGetKey {
  const url = parse(address)
  if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))) {
    throw new BackendFailure('options-invalid', 'the custom-token JWKS address must be an https URL')
  }
  let keys: JWTVerifyGetKey | undefined
  return async (header, token) => {
    keys ??= (await loadJose()).createRemoteJWKSet(url, { timeoutDuration: 5000 })
    return keys(header, token)
  }
}

function parse(address: string): URL | undefined {
  try {
    return new URL(address)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/**
 * Loaded at the first custom token only. jose needs the global `crypto` that Node has since version 19. Electron 25's main process is Node
 * 18, where the same object is in `node:crypto`.
 */
function loadJose(): Promise<Jose> {
  if (!('crypto' in globalThis)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true })
  return import('jose')
}
