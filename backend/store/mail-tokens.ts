import { timingSafeEqual } from 'node:crypto'
import type { MailPurpose } from '../../shared/lists/accounts.ts'
import { fingerprint, newMailToken, newObjectId } from '../identifiers.ts'
import { Refusal } from '../refusal.ts'
import type { Write } from './schema.ts'

export interface MailToken {
  readonly tokenId: string
  readonly token: string
}

const lifeMs = 30 * 60 * 1000
/**
 * The minimum time since the newest token before another is issued, by the number of valid ones. With three, none is issued until one has
 * expired.
 */
const pausesMs = [0, 60 * 1000, 5 * 60 * 1000]

/**
 * A new one-time token, valid for 30 minutes. Earlier ones stay valid: anybody can request mail for any address, and could otherwise
 * invalidate the link that a user is about to open.
 * @returns null if too many were requested recently, so that mailboxes cannot be flooded
 */
export async function issueMailToken(write: Write, identityId: string, purpose: MailPurpose, now: Date): Promise<MailToken | null> {
  const good = await write
    .selectFrom('mail_tokens')
    .select('created_at')
    .where('identity_id', '=', identityId)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now.getTime())
    .execute()
  const pause = pausesMs[good.length] ?? Infinity
  if (good.some((token) => token.created_at > now.getTime() - pause)) return null
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
 * Uses a token, and invalidates the others of its purpose: a mail that is found later is useless.
 * @returns the id of the identity it was mailed to
 * @throws Refusal `mail-token-invalid`
 */
export async function redeemMailToken(write: Write, given: MailToken, purpose: MailPurpose, now: Date): Promise<string> {
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
  await write.deleteFrom('mail_tokens').where('identity_id', '=', row.identity_id).where('purpose', '=', purpose).execute()
  return row.identity_id
}
