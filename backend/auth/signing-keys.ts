import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { newSigner, type Signer } from './jwt.ts'
import { accessSeconds } from './token-lifetimes.ts'

/** A key that signs access tokens, in its stored form. */
export interface StoredSigningKey {
  /** Time of creation: milliseconds since 1970, UTC. */
  readonly createdAt: number
  /** Ed25519 private key: PKCS 8, DER, base64. */
  readonly privateKey: string
}

/** Where signing keys are stored. Never in the database: with a copy of it, anybody could sign tokens. */
export interface SigningKeyVault {
  /** @returns an empty list if nothing is stored yet */
  read(): StoredSigningKey[]
  /** Replaces the stored keys. They are on the disk when it returns. */
  write(keys: readonly StoredSigningKey[]): void
}

/** How long a key signs before the next one replaces it. */
const rotateAfterMs = 30 * 24 * 60 * 60 * 1000
/** How long a new key is published before it signs, so that by then every cache of the public keys has it. */
const publishForMs = 60 * 60 * 1000
/** How long a replaced key still verifies: as long as the last token that it signed is valid. */
const verifyForMs = accessSeconds * 1000

/**
 * The keys that sign and verify this server's tokens. A new one is published for an hour before it signs. The one before still verifies for
 * half an hour after that, so that no session breaks. Refresh tokens are recognised by their hash and outlive the key that signed them.
 */
export class SigningKeys {
  #stored: readonly StoredSigningKey[]
  #signers: readonly Signer[]

  constructor(
    readonly vault: SigningKeyVault,
    readonly now: () => number,
  ) {
    this.#stored = vault.read()
    this.#signers = this.#stored.map(signerOf)
    this.rotate()
  }

  /** Creates a new key if the newest is older than 30 days, and drops replaced keys that signed no token that is still valid. */
  rotate(): void {
    const now = this.now()
    const [newest] = this.#stored
    // A key from the future was created while the clock was wrong. It would sign until the clock has caught up with it.
    const due = newest === undefined || now - newest.createdAt >= rotateAfterMs || newest.createdAt > now
    const all = due ? [newKey(now), ...this.#stored] : this.#stored
    const usable = all.filter((_, index) => now - signsFrom(all[index - 1]) < verifyForMs)
    if (!due && usable.length === all.length) return
    this.vault.write(usable)
    this.#stored = usable
    this.#signers = usable.map(signerOf)
  }

  sign(claims: object): string {
    const now = this.now()
    const published = this.#stored.findIndex((key) => now >= signsFrom(key))
    // The first key of a server signs at once: nobody has cached anything yet.
    const signer = this.#signers.at(published)
    if (signer === undefined) throw new Error('there is no signing key')
    return signer.sign(claims)
  }

  /** @returns the claims of a token that one of the keys signed, otherwise null. The caller has to check `exp` */
  verify(token: string): Record<string, unknown> | null {
    for (const signer of this.#signers) {
      const claims = signer.verify(token)
      if (claims !== null) return claims
    }
    return null
  }

  /** The public keys as JSON Web Keys (RFC 7517), the newest one first: one, or two during a rotation. */
  get publicJwks(): readonly Readonly<Record<string, string>>[] {
    return this.#signers.map(({ publicJwk }) => publicJwk)
  }
}

/**
 * Keys that live in memory until the backend is closed. Enough if every client is in this process and fetches a new access token at its
 * start.
 */
export function memorySigningKeys(): SigningKeyVault {
  let kept: readonly StoredSigningKey[] = []
  return { read: () => [...kept], write: (keys) => void (kept = keys) }
}

/** When a key begins to sign, in milliseconds since 1970. Without a key: never. */
function signsFrom(key: StoredSigningKey | undefined): number {
  return key === undefined ? Infinity : key.createdAt + publishForMs
}

function newKey(now: number): StoredSigningKey {
  const { privateKey } = generateKeyPairSync('ed25519')
  return { createdAt: now, privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64') }
}

function signerOf({ privateKey }: StoredSigningKey): Signer {
  return newSigner(createPrivateKey({ key: Buffer.from(privateKey, 'base64'), type: 'pkcs8', format: 'der' }))
}
