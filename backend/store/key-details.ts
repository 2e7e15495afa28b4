import { Refusal } from '../refusal.ts'
import { inBatches } from './batches.ts'
import type { OpenStore } from './database.ts'
import type { Schema, Store, Write } from './schema.ts'

export type KeyRow = Schema['api_keys']
export type ChangedDetails = Partial<Pick<KeyRow, 'expires_at' | 'scopes' | 'metadata'>>

/** A key of any user. @throws Refusal `key-unknown` */
export async function fetchKeyOfAnyUser(store: Store | Write, id: string): Promise<KeyRow> {
  const row = await store.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('key-unknown')
  return row
}

/** @returns the changed key. @throws Refusal `key-unknown` */
export async function changeDetails(write: Write, id: string, changed: ChangedDetails): Promise<KeyRow> {
  await write.updateTable('api_keys').set(changed).where('id', '=', id).execute()
  return fetchKeyOfAnyUser(write, id)
}

const never = new AbortController().signal

/** Stores when keys were last used, in short transactions. Keys that were deleted meanwhile stay so. */
export async function saveLastUse(database: OpenStore, times: ReadonlyMap<string, number>): Promise<void> {
  const all = [...times]
  let done = 0
  await inBatches(database, never, async (write, size) => {
    const some = all.slice(done, done + size)
    for (const [id, time] of some) await write.updateTable('api_keys').set({ last_used_at: time }).where('id', '=', id).execute()
    done += some.length
    return done < all.length
  })
}
