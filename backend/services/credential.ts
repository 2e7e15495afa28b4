import { randomBytes } from 'node:crypto'

/** A service that may check API keys, and perhaps manage them. Its credential is stored as a hash only. */
export interface Service {
  /** `[A-Za-z0-9_-]{1,64}`, unique. */
  readonly name: string
  /** Milliseconds since 1970, UTC. */
  readonly createdAt: number
  /** `fingerprint` of the credential. */
  readonly credentialHash: string
  /** Whether it may also set expiry, scopes and metadata of keys. */
  readonly manages?: true
}

export const serviceLimit = 50
export const serviceNameShape = /^[A-Za-z0-9_-]{1,64}$/

/** A new credential: 256 bits. The prefix lets secret scanners recognise one that was published by mistake. */
export function newServiceCredential(): string {
  return `lks_${randomBytes(32).toString('base64url')}`
}

/** Whether a text has the form of a service credential. */
export function isServiceCredential(text: string): boolean {
  return /^lks_[A-Za-z0-9_-]{43}$/.test(text)
}
