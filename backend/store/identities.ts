import { sql } from 'kysely'
import { newObjectId } from '../identifiers.ts'
import { Refusal } from '../refusal.ts'
import type { IdentityRow, Provider, Store, Write } from './schema.ts'

export interface NewIdentity {
  readonly provider: Provider
  readonly subject: string
  readonly passwordHash: string | null
  readonly confirmed: boolean
}

/** Adds an identity that belongs to no user yet. @returns null if the provider already has one with that subject */
export async function addIdentity(write: Write, wanted: NewIdentity, now: Date): Promise<IdentityRow | null> {
  const row: IdentityRow = {
    id: newObjectId(now),
    user_id: null,
    provider: wanted.provider,
    subject: wanted.subject,
    password_hash: wanted.passwordHash,
    confirmed: wanted.confirmed ? 1 : 0,
    created_at: now.getTime(),
  }
  const added = await write
    .insertInto('identities')
    .values(row)
    .onConflict((conflict) => conflict.columns(['provider', 'subject']).doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n ? row : null
}

export function findIdentity(store: Store | Write, provider: Provider, subject: string): Promise<IdentityRow | undefined> {
  return store.selectFrom('identities').selectAll().where('provider', '=', provider).where('subject', '=', subject).executeTakeFirst()
}

/** The identity's user, created at the first login. */
export async function userOf(write: Write, identity: IdentityRow, now: Date): Promise<string> {
  if (identity.user_id !== null) return identity.user_id
  const userId = newObjectId(now)
  await write.insertInto('users').values({ id: userId, created_at: now.getTime(), key_count: 0 }).execute()
  await write.updateTable('identities').set({ user_id: userId }).where('id', '=', identity.id).execute()
  return userId
}

/**
 * Assigns an unclaimed identity to a user. The condition is part of the statement: if two users link one identity concurrently, one of them
 * gets it.
 * @throws Refusal `link-claimed`, `link-second`
 */
export async function claimIdentity(write: Write, identity: IdentityRow, userId: string): Promise<void> {
  if (identity.user_id !== null) throw new Refusal('link-claimed')
  const own = await write
    .selectFrom('identities')
    .select('id')
    .where('user_id', '=', userId)
    .where('provider', '=', identity.provider)
    .executeTakeFirst()
  if (own !== undefined) throw new Refusal('link-second')
  const claimed = await write
    .updateTable('identities')
    .set({ user_id: userId })
    .where('id', '=', identity.id)
    .where('user_id', 'is', null)
    .executeTakeFirst()
  if (claimed.numUpdatedRows !== 1n) throw new Refusal('link-claimed')
}

/** Whether a user has no identity but the anonymous one. */
export async function isAnonymous(store: Store | Write, userId: string): Promise<boolean> {
  const named = await store
    .selectFrom('identities')
    .select(sql<number>`1`.as('one'))
    .where('user_id', '=', userId)
    .where('provider', '!=', 'anon-user')
    .executeTakeFirst()
  return named === undefined
}
