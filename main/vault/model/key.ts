import { Refusal } from '../refusal.ts'

/** The server takes no twenty-first key. */
export const keyLimit = 20

/** Values without a server that one vault keeps. */
export const storedLimit = 1000

/** Where a key's value is. The window's contract says what each means. */
export type ValueState = 'here' | 'sealed' | 'elsewhere' | 'missing' | 'changed' | 'lost'

/** What a login with the stored value last proved. */
export type Verdict = 'works' | 'disabled' | 'deleted' | 'wrong' | 'other-account'

/** A key as the server tells it. It never tells the value again. */
export interface ServerKey {
  readonly id: string
  readonly name: string
  readonly enabled: boolean
}

/** A key as the cache keeps it. */
export interface KeyRecord extends ServerKey {
  readonly accountId: string
  readonly value: ValueState
  readonly lastFour: string | null
  /** The value sealed under the root key, from its creation until the keychain has taken it; null before and after. */
  readonly sealed: string | null
  /** When the server was first seen without this key, in milliseconds; its value is kept. Null while the server has it. */
  readonly goneAt: number | null
  /** For how long it has been without this key, in milliseconds, counted while Latchkey ran: the trash goes by this. 0 while it has it. */
  readonly goneFor: number
  /** Tells whether the keychain still gives what was stored, without holding it: `RootKey.fingerprint`. Null if it never was here. */
  readonly fingerprint: string | null
  readonly verified: { readonly verdict: Verdict; readonly at: number } | null
}

/** Which key is meant, of all accounts. */
export interface KeyRef {
  readonly accountId: string
  readonly keyId: string
}

export interface KeySummary extends ServerKey {
  readonly createdAt: number
  readonly lastFour: string | null
  /** `locked`: here, and the keychain does not give it now. */
  readonly value: ValueState | 'locked'
  readonly verified: KeyRecord['verified']
}

/** @throws Refusal `name-invalid` unless 1 to 64 of ASCII letters, digits, `_` and `-` (the server's alphabet). */
export function parseKeyName(text: string): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(text)) throw new Refusal('name-invalid')
  return text
}

/** @throws Refusal `key-not-found` unless 24 hex digits; the SDK would turn others into some other key's id. */
export function parseKeyId(text: string): string {
  if (!/^[0-9a-fA-F]{24}$/.test(text)) throw new Refusal('key-not-found')
  return text.toLowerCase()
}

/** The server's clock when it made the key: an ObjectId starts with four bytes of seconds. In milliseconds. */
export function createdAt(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16) * 1000
}

/** The part of a record that may leave the vault: every field by name, so that a new one does not leave by itself. */
export function summariseKey(record: KeyRecord, keychainReads: boolean): KeySummary {
  const { id, name, enabled, lastFour, verified } = record
  const value = record.value === 'here' && !keychainReads ? 'locked' : record.value
  return { id, name, enabled, createdAt: createdAt(id), lastFour, value, verified }
}
