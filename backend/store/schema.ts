import type { MailPurpose } from '../../shared/lists/accounts.ts'
import type { Kysely, Transaction } from 'kysely'

/** Times are milliseconds since 1970, UTC. Flags are 0 or 1. Ids are 24 hex digits. Hashes are SHA-256 in hex. */
export interface Schema {
  /** One row with what is created once per store and never changed. */
  instance: {
    id: number
    domain_id: string
    created_at: number
  }
  users: {
    id: string
    created_at: number
    /** Always the number of the user's `api_keys` rows: only the function that inserts and the one that deletes change it. */
    key_count: number
  }
  identities: {
    id: string
    /** Null between registration and the first login, while the identity belongs to no user. */
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
    /** Null: the key does not expire. */
    expires_at: number | null
    /** Separated by spaces; empty: none. */
    scopes: string
    /** A JSON object of strings. */
    metadata: string
    /** Up to half a minute late. Null: never, or before this was stored. */
    last_used_at: number | null
  }
  sessions: {
    id: string
    group_id: string
    refresh_hash: string
    provider: string
    identity_id: string
    device_id: string
    created_at: number
    expires_at: number
  }
  /** The sessions that end together: those that one key opened, or those that a user opened without a key. */
  session_groups: {
    id: string
    user_id: string
    api_key_id: string | null
    /** 1: none of its sessions is valid any more. Their rows are deleted later, in batches. */
    ended: number
  }
  mail_tokens: {
    id: string
    identity_id: string
    purpose: MailPurpose
    token_hash: string
    created_at: number
    expires_at: number
  }
}

export type Store = Kysely<Schema>
export type Write = Transaction<Schema>
/** A valid session. */
export type SessionRow = Pick<Schema['sessions'], 'id' | 'provider' | 'identity_id' | 'device_id'> &
  Pick<Schema['session_groups'], 'user_id' | 'api_key_id'> & {
    /** Of the key that opened the session; null without one. */
    readonly key_expires_at: number | null
    readonly key_scopes: string | null
  }
export type IdentityRow = Schema['identities']
export type Provider = IdentityRow['provider']
