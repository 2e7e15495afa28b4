import type { Context } from '../context.ts'
import { fingerprint } from '../identifiers.ts'
import { isKeyValue } from '../key-values.ts'
import type { KeyRow } from '../store/key-details.ts'

/** A valid key, as a service that was shown its value gets to know it. */
export type CheckedKey = Pick<KeyRow, 'id' | 'user_id' | 'name' | 'expires_at' | 'scopes' | 'metadata'>

/**
 * The index contains enabled keys only. So a disabled key is as absent from it as a deleted one and as a value that never was a key: all
 * three are the same search without a result. `indexed by` makes that a condition: SQLite refuses the statement if it cannot use the index.
 */
const enabledKey =
  'select id, user_id, name, expires_at, scopes, metadata from api_keys indexed by api_keys_enabled where value_hash = ? and disabled = 0'

/**
 * Checks values of keys: undefined is one that is unknown, disabled, expired or deleted. A text that can be no key is not looked up.
 * Nothing is written, and no session opened; the use is noted in memory.
 */
export function newKeyCheck({ database, clock, lastUse }: Context): (value: string) => Promise<CheckedKey | undefined> {
  const find = database.prepareRead<CheckedKey>(enabledKey)
  return async (value) => {
    const found = isKeyValue(value) ? await find(fingerprint(value)) : undefined
    if (found === undefined || (found.expires_at !== null && found.expires_at <= clock().getTime())) return undefined
    lastUse.note(found.id)
    return found
  }
}
