import type { Context, Origin } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { addIdentity, findIdentity } from '../store/identities.ts'
import { issueMailToken, redeemMailToken, type MailToken, type Purpose } from '../store/mail-tokens.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { normaliseEmail } from './email.ts'
import { requireRoomForUser } from './new-users.ts'
import { checkNewPassword, hashPassword } from './passwords.ts'

/**
 * Registers an e-mail identity, which belongs to no user until its first login. Without mail it is confirmed at once.
 * @throws Refusal `email-invalid`, `password-invalid`, `new-users-throttled`, `email-taken`, `busy`
 */
export async function register(context: Context, from: Origin, typed: { email: string; password: string }): Promise<void> {
  const { database, mailbox, clock } = context
  const email = normaliseEmail(typed.email)
  checkNewPassword(typed.password)
  requireRoomForUser(context, from)
  if ((await findIdentity(database.store, 'local-userpass', email)) !== undefined) throw new Refusal('email-taken')
  const passwordHash = await context.passwords.run(from, 'open', () => hashPassword(typed.password))
  const add = (): Promise<MailToken | null> =>
    database.write(async (write) => {
      const wanted = { provider: 'local-userpass', subject: email, passwordHash, confirmed: mailbox === null } as const
      const identity = await addIdentity(write, wanted, clock())
      if (identity === null) throw new Refusal('email-taken')
      return mailbox === null ? null : issueMailToken(write, identity.id, 'confirm', clock())
    })
  if (mailbox === null) {
    await add()
    return
  }
  await context.background.startAfter('confirmation mail', add, async (token) => {
    if (token !== null) await mailbox.sendConfirmation(email, token)
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
 * Mails a link, if the address is known and has use for one. All of it happens after the answer, so that neither words
 * nor time tell whether it is known.
 * @throws Refusal `email-invalid`, `already-confirmed`, `reset-off`, `busy`
 */
export function requestMail(context: Context, typed: string, purpose: Purpose): void {
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

function send(mailbox: Mailbox, email: string, purpose: Purpose, token: MailToken): Promise<void> {
  return purpose === 'confirm' ? mailbox.sendConfirmation(email, token) : mailbox.sendReset(email, token)
}

/**
 * Sets a new password. The link came by mail, so the address is confirmed with it: whoever finds his own address
 * registered by a stranger takes it back this way. Sessions end, for the stranger may hold one; those opened with API
 * keys stay, for a key is a credential of its own and services run on it.
 * @throws Refusal `reset-off`, `password-invalid`, `mail-token-invalid`, `busy`
 */
export async function resetPassword(context: Context, from: Origin, given: MailToken & { password: string }): Promise<void> {
  if (context.mailbox === null) throw new Refusal('reset-off')
  checkNewPassword(given.password)
  const passwordHash = await context.passwords.run(from, 'open', () => hashPassword(given.password))
  await context.database.write(async (write) => {
    const id = await redeemMailToken(write, given, 'reset', context.clock())
    await write.updateTable('identities').set({ password_hash: passwordHash, confirmed: 1 }).where('id', '=', id).execute()
    await write
      .deleteFrom('sessions')
      .where('api_key_id', 'is', null)
      .where('user_id', 'in', (query) =>
        query
          .selectFrom('identities')
          .select((column) => column.ref('user_id').$notNull().as('user_id'))
          .where('id', '=', id),
      )
      .execute()
  })
}
