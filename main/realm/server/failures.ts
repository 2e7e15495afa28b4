import { Refusal, type RefusalCode } from '../../vault/refusal.ts'
import type { Route } from './routes.ts'

/** A failing answer of the server, in the protocol's words. */
export interface Failure {
  readonly status: number
  readonly errorCode: string
  readonly text: string
}

/**
 * What a failing answer means to a person. The protocol's `error_code` decides, then the status; its text is looked at only
 * where the real service tells two cases apart by nothing else.
 */
export function refusalFor(route: Route, failure: Failure): Refusal {
  const { status, errorCode, text } = failure
  if (status >= 300 && status < 400) return new Refusal('server-redirected', { mayHaveHappened: true })
  if (status === 429) {
    const full = route === 'key-create' && errorCode !== '' && quota.test(text)
    return new Refusal(full ? 'quota-reached' : 'throttled')
  }
  if (status >= 500) return new Refusal('server-error', { mayHaveHappened: true })
  if (isSessionEnd(route, failure)) return new Refusal('session-ended')
  if (/cannot find app/i.test(text)) return new Refusal('app-unknown')
  const known = byErrorCode(route, errorCode, text)
  if (known !== null) return new Refusal(known)
  if (status === 401) return new Refusal(isSignIn(route) ? 'wrong-credentials' : 'server-error')
  if (status === 403) return new Refusal('not-allowed')
  if (status === 409 && route === 'key-create') return new Refusal('name-taken')
  if (status === 409 && (route === 'register' || route === 'link')) return new Refusal('email-taken')
  // A 404 without the server's word for it is some other server's, or a proxy's. Taken for `key-not-found`, it would
  // have the value of a living key removed from the keychain.
  if (status === 404) return new Refusal('app-unknown')
  return new Refusal('server-error', { mayHaveHappened: true })
}

const quota = /maximum|limit of|quota/i

function byErrorCode(route: Route, errorCode: string, text: string): RefusalCode | null {
  switch (errorCode) {
    case 'UserNotFound':
      return sendsMail(route) ? 'wrong-credentials' : null
    case 'UserAlreadyConfirmed':
    case 'FunctionNotFound':
      return sendsMail(route) ? 'mail-refused' : null
    case 'APIKeyNotFound':
      return 'key-not-found'
    case 'APIKeyAlreadyExists':
      return 'name-taken'
    case 'AccountNameInUse':
      return 'email-taken'
    case 'UserDisabled':
      return 'user-disabled'
    case 'AuthProviderNotFound':
      return 'provider-off'
    case 'InvalidPassword':
      return 'wrong-credentials'
    case 'AuthError':
      return /confirm/i.test(text) ? 'email-unconfirmed' : isSignIn(route) ? 'wrong-credentials' : null
    case 'InvalidParameter':
    case 'MissingParameter':
    case 'BadRequest':
      if (sendsMail(route)) return errorCode === 'BadRequest' ? 'mail-refused' : 'email-invalid'
      if (route === 'key-create') return quota.test(text) ? 'quota-reached' : 'name-invalid'
      if (route === 'register') return /password/i.test(text) ? 'password-invalid' : 'email-invalid'
      return route === 'login' ? 'wrong-credentials' : null
    default:
      return null
  }
}

function sendsMail(route: Route): boolean {
  return route === 'confirm-send' || route === 'reset-send'
}

function isSignIn(route: Route): boolean {
  return route === 'login' || route === 'link'
}

/**
 * Whether a 401 is the server's own word that the session is dead. A proxy's sign-in page says 401 too; taken at its
 * word it would end the session of every key call that passes it. Where a password is asked for too, only the code tells.
 */
function isSessionEnd(route: Route, { status, errorCode, text }: Failure): boolean {
  if (status !== 401 || route === 'login' || route === 'register' || sendsMail(route)) return false
  if (errorCode === 'InvalidSession') return true
  if (route === 'link') return false
  return /^unauthorized$|invalid session|find refresh token|must authenticate|expected Authorization header/i.test(text)
}
