import type { IncomingMessage, ServerResponse } from 'node:http'
import type { KeyVerifier } from './key-verifier.ts'
import type { VerifiedKey } from './key-cache.ts'
import { checkRequest } from './request-check.ts'

type KeyRequest = IncomingMessage & { apiKey?: VerifiedKey }

/** Middleware for Express and Connect: `app.use(expressKey(verifier))`, and then `req.apiKey`. It uses Node's own request and response only. */
export function expressKey(verifier: KeyVerifier): (req: KeyRequest, res: ServerResponse, next: (error?: unknown) => void) => void {
  return (req, res, next) => {
    checkRequest(verifier, (name) => req.headers[name]?.toString()).then(({ key, denial }) => {
      if (denial !== null) return void res.writeHead(denial.status, denial.headers).end(denial.body)
      req.apiKey = key
      next()
    }, next)
  }
}
