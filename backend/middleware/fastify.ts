import type { KeyVerifier } from './key-verifier.ts'
import type { VerifiedKey } from './key-cache.ts'
import { checkRequest } from './request-check.ts'

interface FastifyRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  apiKey?: VerifiedKey
}

interface FastifyReply {
  code(status: number): FastifyReply
  headers(headers: Readonly<Record<string, string>>): FastifyReply
  send(body: string): FastifyReply
}

/** A hook for Fastify: `app.addHook('onRequest', fastifyKey(verifier))`, and then `request.apiKey`. */
export function fastifyKey(verifier: KeyVerifier): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined> {
  return async (request, reply) => {
    const { key, denial } = await checkRequest(verifier, (name) => request.headers[name]?.toString())
    // An asynchronous hook that returns the reply ends the request there.
    if (denial !== null) return reply.code(denial.status).headers(denial.headers).send(denial.body)
    request.apiKey = key
    return undefined
  }
}
