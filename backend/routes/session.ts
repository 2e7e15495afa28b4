import { providerId } from '../auth/instance.ts'
import { signAccessToken } from '../auth/tokens.ts'
import type { Context } from '../context.ts'
import { answer, answerEmpty } from '../http/answer.ts'
import { requireAccess, requireRefresh } from '../http/bearer.ts'
import { clientPath, type Routes } from '../http/paths.ts'
import { Refusal } from '../refusal.ts'
import { endSessions } from '../store/session-groups.ts'

/** Refresh and logout (refresh token), profile and user deletion (access token). */
export function addSessionRoutes(routes: Routes, context: Context): void {
  const { database, instance, appId, clock, revocations } = context

  routes.post(`${clientPath}/auth/session`, async ({ req }) => {
    const session = await requireRefresh(context, req.raw)
    return answer(201, { access_token: signAccessToken(instance, appId, session, clock()) })
  })

  routes.delete(`${clientPath}/auth/session`, async ({ req }) => {
    const session = await requireRefresh(context, req.raw)
    await database.write((write) => write.deleteFrom('sessions').where('id', '=', session.id).execute())
    return answerEmpty()
  })

  routes.get(`${clientPath}/auth/profile`, async ({ req }) => {
    const session = await requireAccess(context, req.raw)
    const rows = await database.store
      .selectFrom('identities')
      .select(['id', 'provider', 'subject'])
      .where('user_id', '=', session.user_id)
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    const identities = rows.map(({ id, provider }) => identity(id, provider))
    if (session.api_key_id !== null) identities.push(identity(session.api_key_id, 'api-key'))
    const email = rows.find(({ provider }) => provider === 'local-userpass')?.subject
    return answer(200, {
      user_id: session.user_id,
      domain_id: instance.domainId,
      identities,
      // Unknown values are left out: a null here crashes the process of the native client.
      data: email === undefined ? {} : { email },
      type: 'normal',
    })
  })

  routes.delete(`${clientPath}/auth/delete`, async ({ req }) => {
    const session = await requireAccess(context, req.raw)
    // A leaked key must not be able to delete the account.
    if (session.api_key_id !== null) throw new Refusal('key-session-limited')
    await database.write(async (write) => {
      await endSessions(write, session.user_id, 'all')
      await write.deleteFrom('users').where('id', '=', session.user_id).execute()
    })
    revocations.publish({ user_id: session.user_id })
    return answerEmpty()
  })

  function identity(id: string, provider: string): { id: string; provider_type: string; provider_id: string } {
    return { id, provider_type: provider, provider_id: providerId(instance.domainId, provider) }
  }
}
