import { sql } from 'kysely'
import { inBatches } from './batches.ts'
import type { OpenStore } from './database.ts'
import type { Write } from './schema.ts'

const day = 24 * 60 * 60 * 1000

/**
 * Removes what has expired or was ended: sessions, mail tokens, e-mail identities that were not confirmed for a week, and anonymous users
 * without a session for 90 days (the real service's rule). Requests are answered in between, however much there is.
 * @param stop ends it early; the next sweep does the rest
 */
export async function sweep(database: OpenStore, now: Date, stop: AbortSignal): Promise<void> {
  const time = now.getTime()
  const batches = (step: (write: Write, size: number) => Promise<boolean>) => inBatches(database, stop, step)
  await batches((write, size) => removeExpired(write, 'sessions', time, size))
  await batches(removeEnded)
  await batches((write, size) => removeExpired(write, 'mail_tokens', time, size))
  await batches(walk('identities', (write, range) => removeUnconfirmed(write, range, time - 7 * day)))
  await batches(walk('users', (write, range) => removeAnonymous(write, range, time - 90 * day)))
}

async function removeExpired(write: Write, table: 'sessions' | 'mail_tokens', time: number, size: number): Promise<boolean> {
  const removed = await write
    .deleteFrom(table)
    .where('id', 'in', ({ selectFrom }) => selectFrom(table).select('id').where('expires_at', '<=', time).limit(size))
    .executeTakeFirst()
  return Number(removed.numDeletedRows) === size
}

/** Removes sessions of a group that was ended, and the group with the last of them. */
async function removeEnded(write: Write, size: number): Promise<boolean> {
  // Written out: with a parameter, SQLite would not use the index of ended groups.
  const group = await write.selectFrom('session_groups').select('id').where('ended', '=', sql.lit(1)).limit(1).executeTakeFirst()
  if (group === undefined) return false
  const removed = await write
    .deleteFrom('sessions')
    .where('id', 'in', ({ selectFrom }) => selectFrom('sessions').select('id').where('group_id', '=', group.id).limit(size))
    .executeTakeFirst()
  if (Number(removed.numDeletedRows) < size) await write.deleteFrom('session_groups').where('id', '=', group.id).execute()
  return true
}

/** Rows whose ids are greater than `after`, up to `last`. */
interface Range {
  readonly after: string
  readonly last: string
}

/** Goes through a table by its ids: what is to be removed is rare, and a search for it would read the whole table at once. */
function walk(table: 'identities' | 'users', remove: (write: Write, range: Range) => Promise<void>) {
  let after = ''
  return async (write: Write, size: number): Promise<boolean> => {
    const rows = await write.selectFrom(table).select('id').where('id', '>', after).orderBy('id').limit(size).execute()
    const last = rows.at(-1)?.id
    if (last === undefined) return false
    await remove(write, { after, last })
    after = last
    return rows.length === size
  }
}

/** Otherwise a stranger who registers an address, or a mail that never arrived, would block it for its owner for ever. */
async function removeUnconfirmed(write: Write, { after, last }: Range, before: number): Promise<void> {
  await write
    .deleteFrom('identities')
    .where('id', '>', after)
    .where('id', '<=', last)
    .where('confirmed', '=', 0)
    .where('user_id', 'is', null)
    .where('created_at', '<', before)
    // Its link may still be used.
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('mail_tokens').select('mail_tokens.id').whereRef('mail_tokens.identity_id', '=', 'identities.id'))),
    )
    .execute()
}

async function removeAnonymous(write: Write, { after, last }: Range, before: number): Promise<void> {
  const users = await write
    .selectFrom('users')
    .select('users.id')
    .where('users.id', '>', after)
    .where('users.id', '<=', last)
    .where('created_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('sessions')
            .innerJoin('session_groups', 'session_groups.id', 'sessions.group_id')
            .select('sessions.id')
            .whereRef('session_groups.user_id', '=', 'users.id'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('identities')
            .select('identities.id')
            .whereRef('identities.user_id', '=', 'users.id')
            .where('identities.provider', '!=', 'anon-user'),
        ),
      ),
    )
    .execute()
  for (const { id } of users) {
    await write.deleteFrom('session_groups').where('user_id', '=', id).execute()
    await write.deleteFrom('users').where('id', '=', id).execute()
  }
}
