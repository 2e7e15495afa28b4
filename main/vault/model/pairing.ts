/** A browser extension that this vault knows. A person compared a code that proved each side's key to the other. */
export interface Pairing {
  readonly id: string
  /** The path of the browser's program at the time of pairing. */
  readonly browser: string
  /** The extension's public key, base64url. */
  readonly theirKey: string
  /** Our private key for this pairing alone, sealed under the root key. */
  readonly ourKey: string
  readonly at: number
  readonly lastAt: number | null
}
