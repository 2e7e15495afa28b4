import type { Purpose, AskingRequester } from './requester.ts'

/** An answer that is remembered: exactly this key, for exactly this purpose and requester. */
export interface Grant {
  readonly accountId: string
  readonly keyId: string
  readonly id: string
  readonly purpose: Purpose
  readonly requester: AskingRequester
  readonly at: number
  /** When it ends, or the vault is locked before; null if it is for always. */
  readonly until: number | null
}

/** The only ones that are written down: what ends with the vault's lock is kept in memory, where nothing can keep it past that. */
export type LastingGrant = Grant & { readonly until: null }
