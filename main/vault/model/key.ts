import type { KeyDetails } from '../../../shared/key-details.ts'
import type { ShownValueState, ValueState, Verdict } from '../../../shared/lists/keys.ts'
import { Refusal } from '../refusal.ts'

/** The server's maximum number of keys. */
export const keyLimit = 20

/** Maximum number of stored values in one vault. */
export const storedLimit = 1000

/** A key as the server lists it, always without the value. */
export interface ServerKey {
  readonly id: string
  readonly name: string
  readonly enabled: boolean
}

/** A key as the cache stores it. */
export interface KeyRecord extends ServerKey {
  readonly accountId: string
  readonly value: ValueState
  readonly lastFour: string | null
  /** The value sealed under the root key, from the creation until the keychain has taken it; null before and after. */
  readonly sealed: string | null
  /** When the server's list first lacked this key, in milliseconds since 1970; the value is kept. Null while the server lists it. */
  readonly goneAt: number | null
  /**
   * How long the server's list has lacked it, in milliseconds, counted while Latchkey runs; the trash uses this. 0 while the server lists
   * it.
   */
  readonly goneFor: number
  /**
   * `RootKey.fingerprint` of the value, which tells whether the keychain still returns what was stored. Null if the value was never here.
   */
  readonly fingerprint: string | null
  readonly verified: { readonly verdict: Verdict; readonly at: number } | null
  /** The service that issued a stored value, as in the catalogue of services; null if it is not recognised, and for keys of a server. */
  readonly service: string | null
  /** In the cache and in backups alone: neither the keychain nor a server has anything of them. */
  readonly details: KeyDetails
}

/** Identifies a key across all accounts. */
export interface KeyRef {
  readonly accountId: string
  readonly keyId: string
}

export interface KeySummary extends ServerKey {
  readonly createdAt: number
  readonly lastFour: string | null
  readonly value: ShownValueState
  readonly verified: KeyRecord['verified']
  readonly service: KeyRecord['service']
  readonly details: KeyDetails
}

/** @throws Refusal `name-invalid` unless the name has 1 to 64 ASCII letters, digits, `_` and `-` (the server's alphabet) */
export function parseKeyName(text: string): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(text)) throw new Refusal('name-invalid')
  return text
}

/** @throws Refusal `key-not-found` unless it has 24 hex digits; the SDK would turn other text into the id of some other key */
export function parseKeyId(text: string): string {
  if (!/^[0-9a-fA-F]{24}$/.test(text)) throw new Refusal('key-not-found')
  return text.toLowerCase()
}

/** The server's time when it created the key, in milliseconds since 1970: an ObjectId starts with four bytes of seconds. */
export function createdAt(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16) * 1000
}

/** The fields of a record that may leave the vault. They are listed one by one, so that a new field stays inside by default. */
export function summariseKey(record: KeyRecord, keychainReads: boolean): KeySummary {
  const { id, name, enabled, lastFour, verified, service, details } = record
  const value = record.value === 'here' && !keychainReads ? 'locked' : record.value
  return { id, name, enabled, createdAt: createdAt(id), lastFour, value, verified, service, details }
}
