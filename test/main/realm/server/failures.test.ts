import { describe, expect, it } from 'vitest'
import { refusalFor } from '../../../../main/realm/server/failures.ts'
import type { Route } from '../../../../main/realm/server/routes.ts'
import type { RefusalCode } from '../../../../main/vault/refusal.ts'

const keyRoutes: Route[] = ['key-create', 'key-list', 'key-fetch', 'key-enable', 'key-disable', 'key-delete']
const routes: Route[] = [
  'login',
  'link',
  'register',
  'confirm-send',
  'reset-send',
  'profile',
  'refresh',
  'logout',
  'delete-user',
  ...keyRoutes,
]

function read(route: Route, status: number, errorCode = '', text = ''): { code: RefusalCode; mayHaveHappened: boolean } {
  const { code, mayHaveHappened } = refusalFor(route, { status, errorCode, text })
  return { code, mayHaveHappened }
}

describe('a failure without an error code', () => {
  it.each(routes)('on %s: may have been executed with a 3xx, a 5xx or an unknown status, but not with a 4xx', (route) => {
    expect(read(route, 302)).toEqual({ code: 'server-redirected', mayHaveHappened: true })
    for (const status of [500, 502, 599]) expect(read(route, status)).toEqual({ code: 'server-error', mayHaveHappened: true })
    for (const status of [400, 418, 199, 600]) expect(read(route, status).mayHaveHappened).toBe(true)
    for (const status of [401, 403, 404, 429]) expect(read(route, status).mayHaveHappened).toBe(false)
  })

  it.each(routes)('on %s: never ends a session, and never means that a key does not exist', (route) => {
    for (let status = 300; status < 600; status += 1)
      expect(['session-ended', 'key-not-found', 'quota-reached']).not.toContain(read(route, status).code)
  })

  it.each(routes)('on %s: means an unknown app with a 404', (route) => {
    expect(read(route, 404).code).toBe('app-unknown')
  })

  it('with a 409 means the conflict of its route', () => {
    expect(routes.map((route) => read(route, 409).code).filter((code) => code !== 'server-error')).toEqual([
      'email-taken',
      'email-taken',
      'name-taken',
    ])
  })
})

describe('a 5xx', () => {
  it.each(['APIKeyNotFound', 'InvalidSession', 'AuthError', 'APIKeyAlreadyExists'])(
    'is a server error whatever its error code (%s) is',
    (errorCode) => {
      for (const route of routes) expect(read(route, 500, errorCode)).toEqual({ code: 'server-error', mayHaveHappened: true })
    },
  )
})

describe('a full quota', () => {
  it.each([
    [429, 'APIKeyLimitReached', 'the maximum of 20 API keys is reached'],
    [400, 'BadRequest', 'maximum number of API keys reached'],
    [400, 'InvalidParameter', 'limit of 20 API keys exceeded'],
  ])('%i %s "%s" is distinguished from too many requests', (status, errorCode, text) => {
    expect(read('key-create', status, errorCode, text).code).toBe('quota-reached')
  })

  it('is not assumed for a proxy’s 429', () => {
    expect(read('key-create', 429, '', 'maximum rate exceeded').code).toBe('throttled')
    expect(read('key-list', 429, 'TooManyRequests', 'maximum').code).toBe('throttled')
  })
})

describe('the error codes of the service', () => {
  it.each([
    ['login', 404, '', "cannot find app using Client App ID 'app-1'", 'app-unknown'],
    ['login', 400, '', 'cannot find app', 'app-unknown'],
    ['login', 404, 'AuthProviderNotFound', 'authentication provider not found', 'provider-off'],
    ['login', 401, 'AuthError', 'confirmation required', 'email-unconfirmed'],
    ['login', 400, 'InvalidParameter', 'username', 'wrong-credentials'],
    ['link', 409, 'AccountNameInUse', 'a user already exists with the specified provider', 'email-taken'],
    ['register', 400, 'InvalidParameter', 'password must be between 6 and 128 characters', 'password-invalid'],
    ['register', 400, 'BadRequest', 'password must be between 6 and 128 characters', 'password-invalid'],
    ['register', 400, 'InvalidParameter', 'email invalid', 'email-invalid'],
    ['key-create', 400, 'InvalidParameter', 'can only contain ASCII letters, numbers, underscores, and hyphens', 'name-invalid'],
    ['key-create', 400, 'MissingParameter', "'name' is a required string", 'name-invalid'],
    ['key-fetch', 404, 'APIKeyNotFound', 'API key not found', 'key-not-found'],
    ['key-delete', 403, '', 'Forbidden', 'not-allowed'],
    ['refresh', 401, 'InvalidSession', 'invalid session', 'session-ended'],
    ['logout', 401, '', 'invalid session: failed to find refresh token', 'session-ended'],
    ['link', 401, 'InvalidSession', 'invalid session', 'session-ended'],
    ['login', 401, 'InvalidSession', 'invalid session', 'wrong-credentials'],
  ] as const)('on %s: %i %s "%s" is %s', (route, status, errorCode, text, code) => {
    expect(read(route, status, errorCode, text)).toEqual({ code, mayHaveHappened: false })
  })
})

describe('a refused mail', () => {
  it.each(['confirm-send', 'reset-send'] as const)('on %s has the right refusal', (route) => {
    expect(read(route, 404, 'UserNotFound', 'user not found').code).toBe('wrong-credentials')
    expect(read(route, 400, 'UserAlreadyConfirmed', 'already confirmed').code).toBe('mail-refused')
    expect(read(route, 400, 'BadRequest').code).toBe('mail-refused')
    expect(read(route, 400, 'InvalidParameter').code).toBe('email-invalid')
    expect(read(route, 401, '', 'unauthorized').code).toBe('server-error')
  })
})
