import { fingerprint } from '../identifiers.ts'
import { isKeyValue } from '../key-values.ts'
import type { OpenStore } from '../store/database.ts'
import type { KeyRow } from '../store/key-details.ts'

/** An enabled key, as a service that was shown its value gets to know it. It may have expired. */
export type CheckedKey = Pick<KeyRow, 'id' | 'user_id' | 'name' | 'expires_at' | 'scopes' | 'metadata'>

/**
 * The index contains enabled keys only. So a disabled key is as absent from it as a deleted one and as a value that never was a key: all
 * three are the same search without a result. `indexed by` makes that a condition: SQLite refuses the statement if it cannot use the index.
 */
const enabledKey =
  'select id, user_id, name, expires_at, scopes, metadata from api_keys indexed by api_keys_enabled where value_hash = ? and disabled = 0'

/**
 * Checks values of keys. A text that can be no key is not looked up. Nothing is written, and no session opened.
 */
export function newKeyCheck(database: OpenStore): (value: string) => Promise<CheckedKey | undefined> {
  const find = database.prepareRead<CheckedKey>(enabledKey)
  return async (value) => (isKeyValue(value) ? find(fingerprint(value)) : undefined)
}
