import type { Context } from '../context.ts'
import type { Origin } from '../http/origin.ts'
import { Refusal } from '../refusal.ts'
import { findIdentity } from '../store/identities.ts'
import type { IdentityRow } from '../store/schema.ts'
import { normaliseEmail } from './email.ts'
import { verifyPassword } from './passwords.ts'
import { type LoginSource } from './throttle.ts'

/**
 * Finds the identity for an e-mail address and password. The password is checked before a failure is counted: for an account under attack,
 * a right password is refused only to networks that never used it (`throttle.ts`). An unknown address costs the same work and gets the same
 * answer as a known one. That an address is unconfirmed is told only to a client with the right password.
 * @throws Refusal `password-wrong`, `email-unconfirmed`, `throttled`, `busy`
 */
export async function checkPassword(context: Context, from: Origin, typed: { username: string; password: string }): Promise<IdentityRow> {
  const account = accountOf(typed.username)
  const source = { account, address: from.address }
  const wait = context.throttle.waitBeforeAttempt(source)
  if (wait > 0) throw new Refusal('throttled', wait)
  const lane = context.throttle.isFull(source) ? 'slow' : 'open'
  const identity = await context.passwords.run(from, lane, () =>
    context.throttle.attempt(source, async () => {
      const found = await findIdentity(context.database.store, 'local-userpass', account)
      const right = await verifyPassword(typed.password, found?.password_hash ?? null)
      if (!right || found === undefined) throw failedLogin(context, source, new Refusal('password-wrong'))
      return found
    }),
  )
  context.throttle.countSuccess(source)
  if (identity.confirmed === 0) throw new Refusal('email-unconfirmed')
  return identity
}

/** Counts a failed login. @returns the refusal to answer with: the given one, or 429 after too many failures */
export function failedLogin(context: Context, source: LoginSource, refusal: Refusal): Refusal {
  const wait = context.throttle.countFailure(source)
  return wait > 0 ? new Refusal('throttled', wait) : refusal
}

/** A text that cannot be an address is answered in the same way as an unknown address. */
function accountOf(username: string): string {
  try {
    return normaliseEmail(username)
  } catch (error) {
    if (error instanceof Refusal) return username
    throw error
  }
}
