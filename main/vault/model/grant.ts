import type { AskingRequester } from './requester.ts'
import type { Purpose } from '../../../shared/lists/purposes.ts'

/** A remembered approval: for exactly this key, purpose and requester. */
export interface Grant {
  readonly accountId: string
  readonly keyId: string
  readonly id: string
  readonly purpose: Purpose
  readonly requester: AskingRequester
  readonly at: number
  /** When it ends; a lock ends it earlier. Null for a permanent approval. */
  readonly until: number | null
}

/** The only approvals that are written to disk. Those that end with the lock are kept in memory, so that none outlives it. */
export type LastingGrant = Grant & { readonly until: null }
