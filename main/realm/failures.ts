import { Refusal, type RefusalCode } from '../vault/refusal.ts'
import type { Route } from './routes.ts'
import { isKeyRoute } from './routes.ts'

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
  if (status === 429) return new Refusal(route === 'key-create' && errorCode !== '' && /maximum|limit of|quota/i.test(text) ? 'quota-reached' : 'throttled')
  if (status >= 500) return new Refusal('server-error', { mayHaveHappened: true })
  if (/cannot find app/i.test(text)) return new Refusal('app-unknown')
  const known = byErrorCode(route, errorCode, text)
  if (known !== null) return new Refusal(known)
  if (status === 401) return new Refusal(isSessionEnd(route, failure) ? 'session-ended' : unauthorised(route))
  if (status === 403) return new Refusal('not-allowed')
  if (status === 409) return new Refusal(route === 'register' ? 'email-taken' : 'name-taken')
  if (status === 404) return new Refusal(isKeyRoute(route) && route !== 'key-create' && route !== 'key-list' ? 'key-not-found' : 'app-unknown')
  return new Refusal('server-error', { mayHaveHappened: true })
}

function byErrorCode(route: Route, errorCode: string, text: string): RefusalCode | null {
  switch (errorCode) {
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
      return /confirm/i.test(text) ? 'email-unconfirmed' : route === 'login' || route === 'link' ? 'wrong-credentials' : null
    case 'InvalidParameter':
    case 'BadRequest':
      if (route === 'key-create') return /maximum|limit of|quota/i.test(text) ? 'quota-reached' : 'name-invalid'
      if (route === 'register') return /password/i.test(text) ? 'password-invalid' : 'email-invalid'
      return route === 'login' ? 'wrong-credentials' : null
    default:
      return null
  }
}

function unauthorised(route: Route): RefusalCode {
  return route === 'login' || route === 'link' ? 'wrong-credentials' : 'server-error'
}

/**
 * Whether a 401 is the server's own word that the session is dead. A proxy's sign-in page says 401 too; taken at its word
 * it would end the session of every key call that passes it.
 */
export function isSessionEnd(route: Route, { status, errorCode, text }: Failure): boolean {
  if (status !== 401 || route === 'login' || route === 'link' || route === 'register') return false
  return errorCode === 'InvalidSession' || /invalid session|find refresh token|unauthorized|must authenticate|expected Authorization/i.test(text)
}
