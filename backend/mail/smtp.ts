import { isLoopback } from '../../shared/loopback.ts'
import { BackendFailure } from '../failure.ts'
import type { Mail } from './mail.ts'

/**
 * Mail by SMTP. nodemailer is loaded at the first mail.
 * @param address `smtps://user:password@host:465` or `smtp://…`; percent-encoded like any URL
 * @param from the sender's address
 * @throws BackendFailure `options-invalid`; the message never contains the address, which may contain a password
 */
export function newSmtpMail(address: string, from: string): Mail {
  const url = parse(address)
  if (url === undefined || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
    throw new BackendFailure('options-invalid', 'the SMTP address must be an smtp:// or smtps:// URL')
  }
  const secure = url.protocol === 'smtps:'
  const loopback = isLoopback(url.hostname)
  const transport = import('nodemailer').then(({ createTransport }) =>
    createTransport({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
      secure,
      // A link that resets a password must not cross a network unencrypted: without TLS the mail is not sent.
      requireTLS: !secure && !loopback,
      ...(url.username === '' ? {} : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
      connectionTimeout: 15_000,
      socketTimeout: 30_000,
    }),
  )
  return {
    async send({ to, subject, text }) {
      await (await transport).sendMail({ from, to: { name: '', address: to }, subject, text })
    },
  }
}

function parse(address: string): URL | undefined {
  try {
    const url = new URL(address)
    decodeURIComponent(url.username + url.password)
    return url
  } catch (error) {
    if (error instanceof TypeError || error instanceof URIError) return undefined
    throw error
  }
}
