import { timingSafeEqual } from 'node:crypto'
import { fingerprint, newMailToken, newObjectId } from '../identifiers.ts'
import { Refusal } from '../refusal.ts'
import type { Write } from './schema.ts'

export type Purpose = 'confirm' | 'reset'
export interface MailToken {
  readonly tokenId: string
  readonly token: string
}

const lifeMs = 30 * 60 * 1000
const pauseMs = 60 * 1000

/**
 * A new one-time token, valid for 30 minutes; earlier ones of the same purpose die.
 * @returns null if one was made within the last minute: nobody's mailbox is filled by asking again and again
 */
export async function issueMailToken(write: Write, identityId: string, purpose: Purpose, now: Date): Promise<MailToken | null> {
  const recent = await write
    .selectFrom('mail_tokens')
    .select('id')
    .where('identity_id', '=', identityId)
    .where('purpose', '=', purpose)
    .where('created_at', '>', now.getTime() - pauseMs)
    .executeTakeFirst()
  if (recent !== undefined) return null
  await write.deleteFrom('mail_tokens').where('identity_id', '=', identityId).where('purpose', '=', purpose).execute()
  const token = newMailToken()
  const tokenId = newObjectId(now)
  await write
    .insertInto('mail_tokens')
    .values({
      id: tokenId,
      identity_id: identityId,
      purpose,
      token_hash: fingerprint(token),
      created_at: now.getTime(),
      expires_at: now.getTime() + lifeMs,
    })
    .execute()
  return { tokenId, token }
}

/**
 * Uses a token up.
 * @returns the id of the identity it was mailed to
 * @throws Refusal `mail-token-invalid`
 */
export async function redeemMailToken(write: Write, given: MailToken, purpose: Purpose, now: Date): Promise<string> {
  const row = await write
    .selectFrom('mail_tokens')
    .selectAll()
    .where('id', '=', given.tokenId)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now.getTime())
    .executeTakeFirst()
  if (row === undefined || !timingSafeEqual(Buffer.from(row.token_hash), Buffer.from(fingerprint(given.token)))) {
    throw new Refusal('mail-token-invalid')
  }
  await write.deleteFrom('mail_tokens').where('id', '=', row.id).execute()
  return row.identity_id
}
