import type { Context } from '../context.ts'
import type { Origin } from '../http/origin.ts'
import { Refusal } from '../refusal.ts'
import { findIdentity } from '../store/identities.ts'
import type { IdentityRow } from '../store/schema.ts'
import { normaliseEmail } from './email.ts'
import { verifyPassword } from './passwords.ts'
import { type LoginSource } from './throttle.ts'

/**
 * The identity that an e-mail address and password open. The password is checked before a failure is counted: at an account under
 * attack a right one is refused only to networks that never gave it (`throttle.ts`). An unknown address takes the same
 * work and gets the same words as a known one, and that an address is unconfirmed is told only to who knows its password.
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

/** Counts a failed login. @returns what it is answered: the refusal itself, or 429 once there were too many */
export function failedLogin(context: Context, source: LoginSource, refusal: Refusal): Refusal {
  const wait = context.throttle.countFailure(source)
  return wait > 0 ? new Refusal('throttled', wait) : refusal
}

/** What cannot be an address cannot be known either, and is answered like any other that is not. */
function accountOf(username: string): string {
  try {
    return normaliseEmail(username)
  } catch (error) {
    if (error instanceof Refusal) return username
    throw error
  }
}
