import type { KeyVerifier } from './key-verifier.ts'
import type { VerifiedKey } from './key-cache.ts'
import { checkRequest, type Denial } from './request-check.ts'

/** Wraps a Fetch handler, which is called for requests with a good key, and gets that key. */
export function withKey<Rest extends unknown[]>(
  verifier: KeyVerifier,
  handler: (request: Request, key: VerifiedKey, ...rest: Rest) => Response | Promise<Response>,
): (request: Request, ...rest: Rest) => Promise<Response> {
  return async (request, ...rest) => {
    const { key, denial } = await checkRequest(verifier, (name) => request.headers.get(name))
    return denial === null ? handler(request, key, ...rest) : responseOf(denial)
  }
}

interface HonoContext {
  readonly req: { header(name: string): string | undefined }
  set(name: 'apiKey', key: VerifiedKey): void
}

/** Middleware for Hono: `app.use(honoKey(verifier))`, and then `c.get('apiKey')`. */
export function honoKey(verifier: KeyVerifier): (c: HonoContext, next: () => Promise<void>) => Promise<Response | undefined> {
  return async (c, next) => {
    const { key, denial } = await checkRequest(verifier, (name) => c.req.header(name))
    if (denial !== null) return responseOf(denial)
    c.set('apiKey', key)
    await next()
    return undefined
  }
}

function responseOf({ status, headers, body }: Denial): Response {
  return new Response(body, { status, headers })
}
