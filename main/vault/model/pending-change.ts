/**
 * A change that is on disk before the server is asked for it, and until the server's answer is on disk. An account's intents are
 * made in their order, once the server can be asked.
 */
export type Intent = {
  readonly accountId: string
  readonly id: string
  /** Later ones have greater numbers. */
  readonly order: number
  readonly name: string
  /** When its person asked for it; of a creation that was sent, when the server was. */
  readonly at: number
  /** The server was asked for it, or for a change of the key that it took the place of, and the answer is not known: it may have been made. */
  readonly sent: boolean
} & (
  | { readonly kind: 'create'; readonly keyId: null; readonly wasEnabled: null }
  /** `wasEnabled`: the key as its person saw it when they asked. */
  | { readonly kind: 'enable' | 'disable' | 'delete'; readonly keyId: string; readonly wasEnabled: boolean }
)

/** A change of a key that there is. */
export type KeyIntent = Extract<Intent, { keyId: string }>
