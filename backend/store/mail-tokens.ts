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
/** How long after the newest token another is made, by how many are good. At three, until one of them has run out. */
const pausesMs = [0, 60 * 1000, 5 * 60 * 1000]

/**
 * A new one-time token, valid for 30 minutes. Earlier ones stay good: anybody may ask for mail to any address, and would
 * else take the link from under the hand of who is about to follow it.
 * @returns null where too many were asked for of late: nobody's mailbox is filled by asking again and again
 */
export async function issueMailToken(write: Write, identityId: string, purpose: Purpose, now: Date): Promise<MailToken | null> {
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
 * Uses a token up, and with it the others of its purpose: a letter that is found later opens nothing.
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
  await write.deleteFrom('mail_tokens').where('identity_id', '=', row.identity_id).where('purpose', '=', purpose).execute()
  return row.identity_id
}
