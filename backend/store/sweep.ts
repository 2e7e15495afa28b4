import type { Write } from './schema.ts'

const day = 24 * 60 * 60 * 1000

/**
 * Removes what has expired: sessions, mail tokens, e-mail identities that were not confirmed for a week, and anonymous users without a
 * session for 90 days (the real service's rule).
 */
export async function sweep(write: Write, now: Date): Promise<void> {
  const time = now.getTime()
  await write.deleteFrom('sessions').where('expires_at', '<=', time).execute()
  await write.deleteFrom('mail_tokens').where('expires_at', '<=', time).execute()
  // Otherwise a stranger who registers an address, or a mail that never arrived, would block it for its owner for ever.
  await write
    .deleteFrom('identities')
    .where('confirmed', '=', 0)
    .where('user_id', 'is', null)
    .where('created_at', '<', time - 7 * day)
    // Its link may still be used.
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('mail_tokens').select('mail_tokens.id').whereRef('mail_tokens.identity_id', '=', 'identities.id'))),
    )
    .execute()
  await write
    .deleteFrom('users')
    .where('created_at', '<', time - 90 * day)
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
