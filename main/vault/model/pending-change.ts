import type { KeyDetails } from '../../../shared/key-details.ts'
import type { keyChanges } from '../../../shared/lists/keys.ts'

/**
 * A pending change. It is on disk before the request is sent, until the server's answer is on disk. An account's intents are applied in
 * order, once the server can be reached.
 */
export type Intent = {
  readonly accountId: string
  readonly id: string
  /** Later intents have greater numbers. */
  readonly order: number
  readonly name: string
  /** When its person asked for it; for a creation that was sent, when it was sent. */
  readonly at: number
  /** The request was sent, for this change or for the one that it replaced, and its outcome is unknown: the server may have applied it. */
  readonly sent: boolean
} &
  /** `details`: those of the key that the new one takes the place of. */
  (
    | { readonly kind: 'create'; readonly keyId: null; readonly wasEnabled: null; readonly details?: KeyDetails }
    /** `wasEnabled`: the key's state as its person saw it when asking for the change. */
    | { readonly kind: (typeof keyChanges)[number]; readonly keyId: string; readonly wasEnabled: boolean }
  )

/** A change of an existing key. */
export type KeyIntent = Extract<Intent, { keyId: string }>
