import { readClaims } from '../auth/jwt.ts'
import { readAccessToken } from '../auth/tokens.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import type { SessionRow } from '../store/schema.ts'
import { findSessionById, findByRefreshToken } from '../store/sessions.ts'

/**
 * The session of the request's access token. Stricter than the real service, where access tokens outlive their session: here they end with
 * it, since the lookup costs microseconds.
 * @throws Refusal `authorization-…`, `access-dead`
 */
export async function requireAccess(context: Context, request: Request): Promise<SessionRow> {
  const id = readAccessToken(context.instance, bearerToken(request), context.clock())
  const session = id === null ? undefined : await findSessionById(context.database.store, id, context.clock())
  if (session === undefined) throw new Refusal('access-dead')
  return session
}

/**
 * The session of the request's refresh token. The lookup by hash is the proof: only tokens that this server issued have a row. `typ` is
 * checked first, so that an access token is refused for that reason.
 * @throws Refusal `authorization-…`, `refresh-dead`
 */
export async function requireRefresh(context: Context, request: Request): Promise<SessionRow> {
  const token = bearerToken(request)
  if (readClaims(token)?.['typ'] !== 'refresh') throw new Refusal('refresh-dead')
  const session = await findByRefreshToken(context.database.store, token, context.clock())
  if (session === undefined) throw new Refusal('refresh-dead')
  return session
}

function bearerToken(request: Request): string {
  const header = request.headers.get('authorization')
  if (header === null) throw new Refusal('authorization-missing')
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1]
  if (token === undefined) throw new Refusal('authorization-malformed')
  return token
}
