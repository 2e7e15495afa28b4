import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'

/**
 * JSON Web Tokens with one algorithm only: Ed25519 (RFC 8037), signed and verified with this server's own keys. The algorithm is never read
 * from a token, so algorithm confusion is impossible. (jose verifies tokens of other issuers; it needs a global `crypto`, which Electron
 * 25's Node 18 lacks, and its asynchronous signing costs more than the signature itself.)
 */
export interface Signer {
  sign(claims: object): string
  /** @returns the claims of a token that this key signed, otherwise null. The caller has to check `exp` */
  verify(token: string): Record<string, unknown> | null
  /** The public key as a JSON Web Key (RFC 7517), for the JWKS route. */
  readonly publicJwk: Readonly<Record<string, string>>
}

const tokenShape = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}$/
const maxTokenLength = 4096

/** @param privateKey an Ed25519 private key */
export function newSigner(privateKey: KeyObject): Signer {
  const publicKey = createPublicKey(privateKey)
  const { x } = publicKey.export({ format: 'jwk' })
  if (x === undefined) throw new TypeError('the signing key is not an Ed25519 key')
  // The key id is the thumbprint of RFC 7638, so a different key always has a different id.
  const kid = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url')
  const header = encode({ alg: 'EdDSA', kid, typ: 'JWT' })
  return {
    publicJwk: Object.freeze({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid, x }),
    sign(claims) {
      const signed = `${header}.${encode(claims)}`
      return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`
    },
    verify(token) {
      if (token.length > maxTokenLength || !tokenShape.test(token)) return null
      const end = token.lastIndexOf('.')
      const signature = Buffer.from(token.slice(end + 1), 'base64url')
      if (!verify(null, Buffer.from(token.slice(0, end)), publicKey, signature)) return null
      return readClaims(token)
    },
  }
}

/** The unverified claims of a token. Null if the text is not a token. */
export function readClaims(token: string): Record<string, unknown> | null {
  if (token.length > maxTokenLength || !tokenShape.test(token)) return null
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims) ? { ...claims } : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
