import type { Context } from '../context.ts'
import type { Origin } from '../http/origin.ts'
import { Refusal } from '../refusal.ts'
import { addIdentity, findIdentity } from '../store/identities.ts'
import { issueMailToken, redeemMailToken, type MailToken } from '../store/mail-tokens.ts'
import { endSessions } from '../store/session-groups.ts'
import type { MailPurpose } from '../../shared/lists/accounts.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { normaliseEmail } from './email.ts'
import { requireRoomForUser } from './new-users.ts'
import { checkNewPassword, hashPassword } from './passwords.ts'

/**
 * Registers an e-mail identity, which belongs to no user until its first login.
 *
 * With mail, known and unknown addresses get the same answer after the same work; the mail to the address says what happened. Without mail,
 * the identity is confirmed at once, and the answer has to say if the address is taken.
 * @throws Refusal `email-invalid`, `password-invalid`, `new-users-throttled`, `busy`; without mail `email-taken`
 */
export async function register(context: Context, from: Origin, typed: { email: string; password: string }): Promise<void> {
  const { background, clock, database, mailbox } = context
  const email = normaliseEmail(typed.email)
  checkNewPassword(typed.password)
  requireRoomForUser(context, from)
  if (background.isFull) throw new Refusal('busy', 60)
  // Hashed before the lookup, so that the response time does not reveal whether an address is known.
  const passwordHash = await context.passwords.run(from, 'open', () => hashPassword(typed.password))
  const wanted = { provider: 'local-userpass', subject: email, passwordHash, confirmed: mailbox === null } as const
  if (mailbox === null) {
    const identity = await database.write((write) => addIdentity(write, wanted, clock()))
    if (identity === null) throw new Refusal('email-taken')
    return
  }
  background.start('registration', async () => {
    const { added, token } = await database.write(async (write) => {
      const added = await addIdentity(write, wanted, clock())
      const identity = added ?? (await findIdentity(write, 'local-userpass', email))
      if (identity === undefined) throw new Error('an address is neither free nor taken')
      return { added, token: await issueMailToken(write, identity.id, added === null ? 'reset' : 'confirm', clock()) }
    })
    if (token === null) return
    await (added === null ? mailbox.sendAlreadyRegistered(email, token) : mailbox.sendConfirmation(email, token))
  })
}

/** @throws Refusal `mail-token-invalid` */
export async function confirm(context: Context, given: MailToken): Promise<void> {
  await context.database.write(async (write) => {
    const id = await redeemMailToken(write, given, 'confirm', context.clock())
    await write.updateTable('identities').set({ confirmed: 1 }).where('id', '=', id).execute()
  })
}

/**
 * Mails a link, if the address is known and can use one. All of this happens after the answer, so that neither its text nor its time
 * reveals whether the address is known.
 * @throws Refusal `email-invalid`, `already-confirmed`, `reset-off`, `busy`
 */
export function requestMail(context: Context, typed: string, purpose: MailPurpose): void {
  const { database, mailbox, clock } = context
  if (mailbox === null) throw new Refusal(purpose === 'confirm' ? 'already-confirmed' : 'reset-off')
  const email = normaliseEmail(typed)
  context.background.start(`${purpose} mail`, async () => {
    const token = await database.write(async (write) => {
      const identity = await findIdentity(write, 'local-userpass', email)
      if (identity === undefined || (purpose === 'confirm' && identity.confirmed !== 0)) return null
      return issueMailToken(write, identity.id, purpose, clock())
    })
    if (token !== null) await send(mailbox, email, purpose, token)
  })
}

function send(mailbox: Mailbox, email: string, purpose: MailPurpose, token: MailToken): Promise<void> {
  return purpose === 'confirm' ? mailbox.sendConfirmation(email, token) : mailbox.sendReset(email, token)
}

/**
 * Sets a new password. The link came by mail, which also confirms the address: this is how the owner of an address that a stranger
 * registered takes it back. The stranger's access is revoked: sessions are ended, API keys disabled and other sign-in methods unlinked.
 * The owner can enable and link them again.
 * @param given `keepKeys`: the user states that nobody else had the password, and that services depend on the keys
 * @throws Refusal `reset-off`, `password-invalid`, `mail-token-invalid`, `busy`
 */
export async function resetPassword(
  context: Context,
  from: Origin,
  given: MailToken & { password: string; keepKeys: boolean },
): Promise<void> {
  if (context.mailbox === null) throw new Refusal('reset-off')
  checkNewPassword(given.password)
  const passwordHash = await context.passwords.run(from, 'open', () => hashPassword(given.password))
  const disabledFor = await context.database.write(async (write) => {
    const id = await redeemMailToken(write, given, 'reset', context.clock())
    await write.updateTable('identities').set({ password_hash: passwordHash, confirmed: 1 }).where('id', '=', id).execute()
    const identity = await write.selectFrom('identities').select('user_id').where('id', '=', id).executeTakeFirst()
    if (identity === undefined || identity.user_id === null) return null
    if (given.keepKeys) {
      await endSessions(write, identity.user_id, 'without a key')
      return null
    }
    await endSessions(write, identity.user_id, 'all')
    await write.updateTable('api_keys').set({ disabled: 1 }).where('user_id', '=', identity.user_id).execute()
    await write
      .updateTable('identities')
      .set({ user_id: null })
      .where('user_id', '=', identity.user_id)
      .where('provider', '=', 'custom-token')
      .execute()
    return identity.user_id
  })
  if (disabledFor !== null) context.revocations.publish({ user_id: disabledFor })
}
