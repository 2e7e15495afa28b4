import type { Context } from '../context.ts'
import type { Origin } from '../http/origin.ts'
import { Refusal } from '../refusal.ts'

/**
 * Before a user or an e-mail identity is made, which costs room on the disk for months and nobody a password.
 * @throws Refusal `new-users-throttled`
 */
export function requireRoomForUser(context: Context, from: Origin): void {
  const wait = context.throttle.countNewUser(from.address)
  if (wait > 0) throw new Refusal('new-users-throttled', wait)
}
