import type { Kysely, Transaction } from 'kysely'

/** Times are milliseconds since 1970, UTC. Flags are 0 or 1. Ids are 24 hex digits. Hashes are SHA-256 in hex. */
export interface Schema {
  /** One row: what is made once for a store and kept for its life. */
  instance: {
    id: number
    domain_id: string
    created_at: number
  }
  users: {
    id: string
    created_at: number
    /** Kept equal to the number of `api_keys` rows by the one function that inserts and the one that deletes. */
    key_count: number
  }
  identities: {
    id: string
    /** Null between registration and the first login, when the identity belongs to nobody yet. */
    user_id: string | null
    provider: 'local-userpass' | 'anon-user' | 'custom-token'
    /** The e-mail address in lower case, the token's `sub`, or the identity's own id for an anonymous user. */
    subject: string
    password_hash: string | null
    confirmed: number
    created_at: number
  }
  api_keys: {
    id: string
    user_id: string
    name: string
    value_hash: string
    disabled: number
    created_at: number
  }
  sessions: {
    id: string
    user_id: string
    refresh_hash: string
    provider: string
    identity_id: string
    /** The key the session was opened with: with the key's end, or its being disabled, the session ends. */
    api_key_id: string | null
    device_id: string
    created_at: number
    expires_at: number
  }
  mail_tokens: {
    id: string
    identity_id: string
    purpose: 'confirm' | 'reset'
    token_hash: string
    created_at: number
    expires_at: number
  }
}

export type Store = Kysely<Schema>
export type Write = Transaction<Schema>
export type SessionRow = Schema['sessions']
export type IdentityRow = Schema['identities']
export type Provider = IdentityRow['provider']
