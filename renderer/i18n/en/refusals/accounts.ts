import type { RefusalCode } from '../../../../preload/contract.ts'
import type { RefusalTexts } from '../../wording.ts'

/** Refusals about accounts and permissions. */
export const accountTexts = {
  'not-allowed-anonymous': {
    title: 'Anonymous accounts cannot have keys',
    text: 'The server gives keys only to accounts that can sign in again.',
    next: 'Add an e-mail and a password to this account first.',
  },
  'not-allowed-key-session': {
    title: 'A key cannot manage keys',
    text: 'You are signed in with an API key, and the server lets no key create or change others.',
    next: 'Sign in with the e-mail and password of the account.',
  },
  'not-allowed': {
    title: 'The server does not allow this',
    text: 'Your account has no right to do that on this server.',
    next: 'Ask the server’s operator, or use another account.',
  },
  'account-not-found': {
    title: 'That account is not on this computer',
    text: 'It may have been removed while this window was open.',
    next: 'Add the account again from the account menu.',
  },
  'account-exists': {
    title: 'That account is here already',
    text: 'The same user of the same server is in your account menu.',
    next: 'Choose it in the account menu.',
  },
  'signed-out': {
    title: 'You are signed out',
    text: 'This account has no open session on its server. Keys stored here can still be copied.',
    next: 'Sign in again to go on.',
  },
  'session-ended': {
    title: 'The server ended your session',
    text: 'It ran out or was revoked there, so the server asks who you are. Your values are still here.',
    next: 'Sign in again to go on.',
  },
  'wrong-credentials': {
    title: 'The server did not accept that',
    text: 'It does not know these credentials. It does not say which part is wrong.',
    next: 'Check them, and that the server URL and app ID are the right ones.',
  },
  'email-invalid': {
    title: 'That is not an e-mail address',
    text: 'The server does not accept the address as written.',
    next: 'Write it like name@example.com.',
  },
  'email-taken': {
    title: 'That e-mail is registered already',
    text: 'There is an account for this address on the server.',
    next: 'Sign in with it, or use another address.',
  },
  'password-invalid': {
    title: 'The server does not accept that password',
    text: 'A password has 6 to 128 characters.',
    next: 'Choose another password.',
  },
  'email-unconfirmed': {
    title: 'The e-mail is not confirmed yet',
    text: 'The server waits until you follow the link in the mail it sent.',
    next: 'Follow the link, then sign in.',
  },
  'mail-refused': {
    title: 'The server sends no such mail',
    text: 'It sends no mail at all, or the address needs none.',
    next: 'Sign in, or ask the server’s operator.',
  },
  'user-disabled': {
    title: 'This account is disabled',
    text: 'The server’s operator has turned the account off.',
    next: 'Ask the operator to turn it on again.',
  },
  'provider-off': {
    title: 'This way to sign in is turned off',
    text: 'The server does not offer it for this app.',
    next: 'Choose another way, or ask the server’s operator.',
  },
  throttled: {
    title: 'Too many tries',
    text: 'The server has stopped answering sign-ins for a while.',
    next: 'Wait a few minutes, then try again.',
  },
} satisfies Partial<Record<RefusalCode, RefusalTexts>>
