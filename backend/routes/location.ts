import { publicKeySeconds } from '../auth/token-lifetimes.ts'
import type { Context } from '../context.ts'
import { answer } from '../http/answer.ts'
import { appPath, type Routes } from '../http/paths.ts'

/** Where the app is, and the public keys of its access tokens: the two routes whose answer is the same for everybody. */
export function addLocationRoutes(routes: Routes, context: Context): void {
  routes.get(`${appPath}/location`, ({ req }) => {
    const hostname = context.origin ?? new URL(req.url).origin
    return answer(200, {
      deployment_model: 'GLOBAL',
      location: 'local',
      hostname,
      ws_hostname: hostname.replace(/^http/, 'ws'),
    })
  })
  routes.get('/.well-known/jwks.json', () =>
    answer(200, { keys: context.instance.signer.publicJwks }, { 'Cache-Control': `public, max-age=${publicKeySeconds}` }),
  )
}
