import type { Write } from './schema.ts'

const ninetyDays = 90 * 24 * 60 * 60 * 1000

/** Removes what has run out: sessions, mail tokens, and anonymous users of 90 days without a session (the real service's rule). */
export async function sweep(write: Write, now: Date): Promise<void> {
  const time = now.getTime()
  await write.deleteFrom('sessions').where('expires_at', '<=', time).execute()
  await write.deleteFrom('mail_tokens').where('expires_at', '<=', time).execute()
  await write
    .deleteFrom('users')
    .where('created_at', '<', time - ninetyDays)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('sessions').select('sessions.id').whereRef('sessions.user_id', '=', 'users.id'))),
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
}
