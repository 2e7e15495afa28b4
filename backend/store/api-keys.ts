import { fingerprint, newObjectId } from '../identifiers.ts'
import { Refusal } from '../refusal.ts'
import type { Schema, Store, Write } from './schema.ts'
import { endSessions } from './session-groups.ts'

export const keyLimit = 20

/** A key in an answer. `key`, the value, is present in the answer to its creation only. */
export interface KeyAnswer {
  readonly _id: string
  readonly name: string
  readonly disabled: boolean
}
export type CreatedKeyAnswer = KeyAnswer & { readonly key: string }

/**
 * Creates a key. The counter is incremented first, with the limit as a condition: in PostgreSQL this update also locks the user's row, so
 * that concurrent creations cannot exceed twenty there either.
 * @param made `value`: the new key's, of which only the hash is stored
 * @throws Refusal `name-taken`, `key-limit`
 */
export async function createKey(
  write: Write,
  userId: string,
  { name, value }: { readonly name: string; readonly value: string },
  now: Date,
): Promise<CreatedKeyAnswer> {
  const same = await write.selectFrom('api_keys').select('id').where('user_id', '=', userId).where('name', '=', name).executeTakeFirst()
  if (same !== undefined) throw new Refusal('name-taken')
  const counted = await write
    .updateTable('users')
    .set((set) => ({ key_count: set('key_count', '+', 1) }))
    .where('id', '=', userId)
    .where('key_count', '<', keyLimit)
    .executeTakeFirst()
  if (counted.numUpdatedRows !== 1n) throw new Refusal('key-limit')
  const id = newObjectId(now)
  const added = await write
    .insertInto('api_keys')
    .values({
      ...{ id, user_id: userId, name, value_hash: fingerprint(value), disabled: 0, created_at: now.getTime() },
      ...{ expires_at: null, scopes: '', metadata: '{}', last_used_at: null },
    })
    .onConflict((conflict) => conflict.columns(['user_id', 'name']).doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) throw new Refusal('name-taken')
  return { _id: id, key: value, name, disabled: false }
}

/** All keys of a user, oldest first. */
export async function listKeys(store: Store, userId: string): Promise<KeyAnswer[]> {
  const rows = await store
    .selectFrom('api_keys')
    .select(['id', 'name', 'disabled'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ _id: row.id, name: row.name, disabled: row.disabled !== 0 }))
}

/** @throws Refusal `key-unknown`, also for another user's key: whether an id exists is not revealed */
export async function fetchKey(store: Store, userId: string, id: string): Promise<KeyAnswer> {
  const row = await store
    .selectFrom('api_keys')
    .select(['id', 'name', 'disabled'])
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('key-unknown')
  return { _id: row.id, name: row.name, disabled: row.disabled !== 0 }
}

/**
 * Enables or disables a key. Idempotent. Disabling ends the sessions that were opened with the key, because their rights are those of the
 * key.
 * @throws Refusal `key-unknown`
 */
export async function setDisabled(write: Write, userId: string, id: string, disabled: boolean): Promise<void> {
  const changed = await write
    .updateTable('api_keys')
    .set({ disabled: disabled ? 1 : 0 })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) throw new Refusal('key-unknown')
  if (disabled) await endSessions(write, userId, { ofKey: id })
}

/** Deletes a key, and ends the sessions that were opened with it. @throws Refusal `key-unknown` */
export async function deleteKey(write: Write, userId: string, id: string): Promise<void> {
  const deleted = await write.deleteFrom('api_keys').where('id', '=', id).where('user_id', '=', userId).executeTakeFirst()
  if (deleted.numDeletedRows !== 1n) throw new Refusal('key-unknown')
  await endSessions(write, userId, { ofKey: id })
  await write
    .updateTable('users')
    .set((set) => ({ key_count: set('key_count', '-', 1) }))
    .where('id', '=', userId)
    .execute()
}

/** A key that may sign in. */
export type UsableKey = Pick<Schema['api_keys'], 'id' | 'user_id' | 'expires_at' | 'scopes'>

/** The enabled key with that value, unless it has expired. The lookup uses the hash, so its time reveals nothing about any value. */
export function findUsableKey(write: Write, value: string, now: Date): Promise<UsableKey | undefined> {
  return write
    .selectFrom('api_keys')
    .select(['id', 'user_id', 'expires_at', 'scopes'])
    .where('value_hash', '=', fingerprint(value))
    .where('disabled', '=', 0)
    .where(({ eb, or }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now.getTime())]))
    .executeTakeFirst()
}
