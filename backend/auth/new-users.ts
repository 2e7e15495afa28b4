import type { Context } from '../context.ts'
import type { Origin } from '../http/origin.ts'
import { Refusal } from '../refusal.ts'

/**
 * Called before a user or an e-mail identity is created, because these take disk space for months and require no password.
 * @throws Refusal `new-users-throttled`
 */
export function requireRoomForUser(context: Context, from: Origin): void {
  const wait = context.throttle.countNewUser(from.address)
  if (wait > 0) throw new Refusal('new-users-throttled', wait)
}
