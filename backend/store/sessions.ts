import type { Context } from '../context.ts'
import { refreshSeconds } from '../auth/token-lifetimes.ts'
import { signAccessToken, signRefreshToken } from '../auth/tokens.ts'
import { fingerprint, newObjectId } from '../identifiers.ts'
import type { UsableKey } from './api-keys.ts'
import type { SessionRow, Store, Write } from './schema.ts'
import { liveGroup } from './session-groups.ts'

/** The answer to a login or a link: the only message that carries tokens to a client. */
export interface LoginAnswer {
  readonly user_id: string
  readonly access_token: string
  readonly refresh_token: string
  readonly device_id: string
}

export interface NewSession {
  readonly userId: string
  readonly provider: string
  readonly identityId: string
  /** Null: it was opened in another way. */
  readonly key: UsableKey | null
  readonly deviceId: string | null
}

/** Opens a session in a transaction and returns its tokens. Only the refresh token's hash is stored. */
export async function openSession(context: Context, write: Write, wanted: NewSession): Promise<LoginAnswer> {
  const now = context.clock()
  const facts: SessionRow = {
    id: newObjectId(now),
    user_id: wanted.userId,
    provider: wanted.provider,
    identity_id: wanted.identityId,
    api_key_id: wanted.key?.id ?? null,
    key_expires_at: wanted.key?.expires_at ?? null,
    key_scopes: wanted.key?.scopes ?? null,
    device_id: wanted.deviceId ?? newObjectId(now),
  }
  const refreshToken = signRefreshToken(context.instance, facts, now)
  const { id, provider, identity_id, device_id } = facts
  await write
    .insertInto('sessions')
    .values({
      ...{ id, provider, identity_id, device_id },
      group_id: await liveGroup(write, facts.user_id, facts.api_key_id, now),
      refresh_hash: fingerprint(refreshToken),
      created_at: now.getTime(),
      expires_at: now.getTime() + refreshSeconds * 1000,
    })
    .execute()
  return {
    user_id: facts.user_id,
    access_token: signAccessToken(context.instance, context.appId, facts, now),
    refresh_token: refreshToken,
    device_id: facts.device_id,
  }
}

/** The valid session of a refresh token. Undefined if this server did not issue it, or if it was revoked or has expired. */
export function findByRefreshToken(store: Store | Write, token: string, now: Date): Promise<SessionRow | undefined> {
  return validSessions(store, now).where('sessions.refresh_hash', '=', fingerprint(token)).executeTakeFirst()
}

/** The valid session with that id. */
export function findSessionById(store: Store | Write, id: string, now: Date): Promise<SessionRow | undefined> {
  return validSessions(store, now).where('sessions.id', '=', id).executeTakeFirst()
}

function validSessions(store: Store | Write, now: Date) {
  return store
    .selectFrom('sessions')
    .innerJoin('session_groups', 'session_groups.id', 'sessions.group_id')
    .select(['sessions.id', 'sessions.provider', 'sessions.identity_id', 'sessions.device_id'])
    .leftJoin('api_keys', 'api_keys.id', 'session_groups.api_key_id')
    .select(['session_groups.user_id', 'session_groups.api_key_id'])
    .select(['api_keys.expires_at as key_expires_at', 'api_keys.scopes as key_scopes'])
    .where('session_groups.ended', '=', 0)
    .where('sessions.expires_at', '>', now.getTime())
    .where(({ eb, or }) => or([eb('api_keys.expires_at', 'is', null), eb('api_keys.expires_at', '>', now.getTime())]))
}
