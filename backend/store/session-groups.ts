import { newObjectId } from '../identifiers.ts'
import type { Write } from './schema.ts'

/** The group of a user's new sessions without a key, or of those that a key opens. It is created with its first session. */
export async function liveGroup(write: Write, userId: string, apiKeyId: string | null, now: Date): Promise<string> {
  const known = await write
    .selectFrom('session_groups')
    .select('id')
    .where('user_id', '=', userId)
    .where('ended', '=', 0)
    .where('api_key_id', apiKeyId === null ? 'is' : '=', apiKeyId)
    .executeTakeFirst()
  if (known !== undefined) return known.id
  const id = newObjectId(now)
  await write.insertInto('session_groups').values({ id, user_id: userId, api_key_id: apiKeyId, ended: 0 }).execute()
  return id
}

/**
 * Ends a user's sessions. However many there are, a few rows are written: a session is valid only while its group is, and `sweep` deletes
 * the rows later. A key that is enabled again gets a new group, so what was ended stays so.
 */
export async function endSessions(
  write: Write,
  userId: string,
  which: 'all' | 'without a key' | { readonly ofKey: string },
): Promise<void> {
  const live = write.updateTable('session_groups').set({ ended: 1 }).where('user_id', '=', userId).where('ended', '=', 0)
  if (which === 'all') await live.execute()
  else if (which === 'without a key') await live.where('api_key_id', 'is', null).execute()
  else await live.where('api_key_id', '=', which.ofKey).execute()
}
