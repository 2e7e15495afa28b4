import type { MailPurpose } from '../../shared/lists/accounts.ts'
import type { MailToken } from '../store/mail-tokens.ts'
import type { Mail } from './mail.ts'

/** The mails of this server, with links to its own pages. */
export class Mailbox {
  /** @param pages the public base URL of the pages, `https://host/app/{appId}`: configured, because a `Host` header can be forged */
  constructor(
    readonly mail: Mail,
    readonly pages: string,
  ) {}

  sendConfirmation(to: string, token: MailToken): Promise<void> {
    return this.mail.send({
      to,
      subject: 'Confirm your e-mail address',
      text: letter('Somebody registered this e-mail address. If it was you, confirm it here', this.#link('confirm', token)),
    })
  }

  /** @param token of a reset: the owner of the address may never have known the account's password */
  sendAlreadyRegistered(to: string, token: MailToken): Promise<void> {
    const reason =
      'Somebody tried to register this e-mail address, which is registered already. If it was you, sign in, or choose a new password here'
    return this.mail.send({ to, subject: 'This e-mail address is registered already', text: letter(reason, this.#link('reset', token)) })
  }

  sendReset(to: string, token: MailToken): Promise<void> {
    return this.mail.send({
      to,
      subject: 'Choose a new password',
      text: letter('Somebody asked for a new password for this e-mail address. If it was you, choose it here', this.#link('reset', token)),
    })
  }

  #link(purpose: MailPurpose, { token, tokenId }: MailToken): string {
    return `${this.pages}/${purpose}?${new URLSearchParams({ token, tokenId }).toString()}`
  }
}

function letter(reason: string, link: string): string {
  return `Hello,\n\n${reason}, within 30 minutes:\n\n${link}\n\nIf it was not you, do nothing: without the link nothing happens.\n`
}
