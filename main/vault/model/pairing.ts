/** A browser's extension that this vault knows. Both keys were shown to be the other's by a code that a person compared. */
export interface Pairing {
  readonly id: string
  /** The browser's program, by its path, as it was at the pairing. */
  readonly browser: string
  /** The extension's public key, base64url. */
  readonly theirKey: string
  /** Our own private key for this pairing alone, sealed under the root key. */
  readonly ourKey: string
  readonly at: number
  readonly lastAt: number | null
}
