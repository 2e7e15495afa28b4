import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { newSigner, type Signer } from './jwt.ts'
import { accessSeconds } from './token-lifetimes.ts'

/** A key that signs access tokens, as it is kept. */
export interface StoredKey {
  /** When it was made: milliseconds since 1970, UTC. */
  readonly createdAt: number
  /** Ed25519 private key: PKCS 8, DER, base64. */
  readonly privateKey: string
}

/** Where signing keys are kept between two openings. Never the store: who reads a copy of the store could sign tokens. */
export interface SigningKeyVault {
  /** @returns none if nothing is kept yet */
  read(): StoredKey[]
  /** Replaces what is kept, on the disk when it returns. */
  write(keys: readonly StoredKey[]): void
}

/** How long a key signs before another takes its place. */
const rotateAfterMs = 30 * 24 * 60 * 60 * 1000
/** How long the key before still verifies: as long as the last token that it signed. */
const verifyForMs = accessSeconds * 1000

/**
 * The keys that sign and verify this server's tokens: the newest signs, and for half an hour after a change the one before still
 * verifies, so that no session breaks off. Refresh tokens are known by their hash and outlive the key that signed them.
 */
export class SigningKeys {
  #stored: readonly StoredKey[]
  #signers: readonly Signer[]

  constructor(
    readonly vault: SigningKeyVault,
    readonly now: () => number,
  ) {
    this.#stored = vault.read()
    this.#signers = this.#stored.map(signerOf)
    this.rotate()
  }

  /** Makes a new key when the newest is older than 30 days, and drops those that signed no token that is still valid. */
  rotate(): void {
    const now = this.now()
    const [newest] = this.#stored
    // A key from the future was made while the clock was wrong. It would sign until the clock has caught up with it.
    const due = newest === undefined || now - newest.createdAt >= rotateAfterMs || newest.createdAt > now
    const all = due ? [newKey(now), ...this.#stored] : this.#stored
    const usable = all.filter((_, index) => now - (all[index - 1]?.createdAt ?? now) < verifyForMs)
    if (!due && usable.length === all.length) return
    this.vault.write(usable)
    this.#stored = usable
    this.#signers = usable.map(signerOf)
  }

  sign(claims: object): string {
    const [newest] = this.#signers
    if (newest === undefined) throw new Error('there is no signing key')
    return newest.sign(claims)
  }

  /** @returns the claims of a token that one of the keys signed, else null; `exp` is the caller's to check */
  verify(token: string): Record<string, unknown> | null {
    for (const signer of this.#signers) {
      const claims = signer.verify(token)
      if (claims !== null) return claims
    }
    return null
  }

  /** The public keys as JSON Web Keys (RFC 7517), the signing one first. */
  get publicJwks(): readonly Readonly<Record<string, string>>[] {
    return this.#signers.map(({ publicJwk }) => publicJwk)
  }
}

/** Keys for one opening, on no disk: enough where every client is in this process, and asks for a new access token when it starts. */
export function memorySigningKeys(): SigningKeyVault {
  let kept: readonly StoredKey[] = []
  return { read: () => [...kept], write: (keys) => void (kept = keys) }
}

function newKey(now: number): StoredKey {
  const { privateKey } = generateKeyPairSync('ed25519')
  return { createdAt: now, privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64') }
}

function signerOf({ privateKey }: StoredKey): Signer {
  return newSigner(createPrivateKey({ key: Buffer.from(privateKey, 'base64'), type: 'pkcs8', format: 'der' }))
}
