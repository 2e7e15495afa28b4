import { Refusal, type RefusalCode } from '../../vault/refusal.ts'
import type { Route } from './routes.ts'

/** A failed answer of the server, in the protocol's terms. */
export interface Failure {
  readonly status: number
  readonly errorCode: string
  readonly text: string
}

/**
 * The refusal for a failed answer. The protocol's `error_code` decides, then the status; the text is used only where the real service
 * distinguishes two cases by nothing else.
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
  // A 404 without an error code comes from some other server or a proxy. As `key-not-found` it would remove the value of an existing key
  // from the keychain.
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
 * Whether a 401 is the server's own statement that the session has ended. A proxy's sign-in page answers 401 too, which would end the
 * session of every key call that passes it. For routes that also check a password, only the error code tells.
 */
function isSessionEnd(route: Route, { status, errorCode, text }: Failure): boolean {
  if (status !== 401 || route === 'login' || route === 'register' || sendsMail(route)) return false
  if (errorCode === 'InvalidSession') return true
  if (route === 'link') return false
  return /^unauthorized$|invalid session|find refresh token|must authenticate|expected Authorization header/i.test(text)
}
