import * as v from 'valibot'
import type { Context } from '../context.ts'
import { describeFault } from '../fault.ts'
import { answer } from '../http/answer.ts'
import { readJson, text } from '../http/body.ts'
import { servicePath, type Routes } from '../http/paths.ts'
import { Refusal } from '../refusal.ts'
import { requireService } from '../services/authentication.ts'
import type { Service } from '../services/credential.ts'
import { FeedStreams } from '../services/feed-streams.ts'
import { detailsOf } from '../services/key-details.ts'
import { newKeyCheck } from '../services/key-check.ts'
import { readPosition, type FeedPosition } from '../services/revocations.ts'

const verifyBody = v.strictObject({ key: text })

/** How long a service may keep an answer. */
const validSeconds = 30
/** Shorter, so that a key that was created or enabled in the meantime soon works. */
const invalidSeconds = 5

/**
 * What services ask: whether a key is good, and what works no longer. All of it requires a service credential and writes nothing. No check
 * counts as a failed login: a service relays its clients' guesses, and counting them would lock out the other clients.
 */
export function addServiceRoutes(routes: Routes, context: Context): void {
  const check = newKeyCheck(context)
  const streams = new FeedStreams(context.revocations)

  routes.post(`${servicePath}/api_keys/verify`, async ({ req, env }) => {
    requireService(context, req.raw, env)
    const { key } = await readJson(req.raw, verifyBody)
    const found = await check(key)
    // One answer, whatever is wrong with the key.
    if (found === undefined) return answer(200, { valid: false, cache_seconds: invalidSeconds })
    // Nobody keeps the answer for longer than the key is valid.
    const left = found.expires_at === null ? Infinity : Math.max(0, found.expires_at - context.clock().getTime())
    const seconds = Math.min(validSeconds, Math.floor(left / 1000))
    const whose = { user_id: found.user_id, key_id: found.id, name: found.name }
    return answer(200, { valid: true, ...whose, ...detailsOf(found), cache_seconds: seconds })
  })

  routes.get(`${servicePath}/api_keys/revocations`, ({ req, env }) => {
    // Hono answers HEAD by GET and drops the body, which would stay open.
    if (req.method === 'HEAD') throw new Refusal('not-found')
    const service = requireService(context, req.raw, env)
    const stream = streams.open(service.name, lastEvent(req.raw), () => isStillKnown(context, service))
    if (stream === null) throw new Refusal('busy', 10)
    // nginx would otherwise collect events until its buffer is full.
    return new Response(stream, { headers: { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' } })
  })
}

/** Whether a service that opened a stream was not removed since. A fault ends the stream: its client comes back, and is then told. */
function isStillKnown(context: Context, service: Service): boolean {
  try {
    return context.services.has(service)
  } catch (error) {
    context.log(`revocations failed: ${describeFault(error)}`)
    return false
  }
}

/** @throws Refusal `event-id-invalid` */
function lastEvent(request: Request): FeedPosition | null {
  const header = request.headers.get('last-event-id')
  if (header === null) return null
  const position = readPosition(header)
  if (position === undefined) throw new Refusal('event-id-invalid')
  return position
}
