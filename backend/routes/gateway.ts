import type { Context } from '../context.ts'
import { answerRefusal } from '../http/answer.ts'
import { servicePath, type Routes } from '../http/paths.ts'
import { Refusal } from '../refusal.ts'
import { requireGateway } from '../services/authentication.ts'
import { newKeyCheck } from '../services/key-check.ts'

/**
 * The check for a proxy that asks about each request before it passes it on, such as nginx with `auth_request`. The proxy sends the
 * request's own headers, so the client's key is where the client put it, and the service credential has a header of its own. The status is
 * the answer: 200 for a good key and 401 for a bad one. A proxy without a right credential gets another one, so that no client is told that
 * its key is bad.
 */
export function addGatewayRoute(routes: Routes, context: Context): void {
  const check = newKeyCheck(context)

  routes.all(`${servicePath}/api_keys/authorize`, async ({ req, env }) => {
    requireGateway(context, req.raw, env)
    const found = await check(keyOf(req.raw))
    if (found === undefined) {
      const refused = answerRefusal(new Refusal('key-wrong'))
      refused.headers.set('WWW-Authenticate', 'Bearer')
      return refused
    }
    const headers = { 'X-Key-Id': found.id, 'X-Key-User': found.user_id, 'X-Key-Name': found.name, 'X-Key-Scopes': found.scopes }
    return new Response(null, { status: 200, headers })
  })
}

/** The key's value in a request, found as `middleware/request-check.ts` does. An empty text if the request has no key. */
function keyOf({ headers }: Request): string {
  const authorization = headers.get('authorization')
  return (authorization === null ? headers.get('x-api-key') : /^Bearer +(\S+)$/i.exec(authorization)?.[1]) ?? ''
}
