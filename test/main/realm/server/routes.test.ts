import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayRetry, type Route, routeOf } from '../../../../main/realm/server/routes.ts'

const client = '/api/client/v2.0'
const keyId = '0123456789abcdef01234567'

const known: [string, string, Route][] = [
  ['GET', '/app/app-1/location', 'location'],
  ['POST', '/app/app-1/auth/providers/anon-user/login', 'login'],
  ['POST', '/app/app-1/auth/providers/local-userpass/login?link=true', 'link'],
  ['POST', '/app/app-1/auth/providers/local-userpass/register', 'register'],
  ['POST', '/app/app-1/auth/providers/local-userpass/confirm/send', 'confirm-send'],
  ['POST', '/app/app-1/auth/providers/local-userpass/reset/send', 'reset-send'],
  ['GET', '/auth/profile', 'profile'],
  ['POST', '/auth/session', 'refresh'],
  ['DELETE', '/auth/session', 'logout'],
  ['DELETE', '/auth/delete', 'delete-user'],
  ['POST', '/auth/api_keys', 'key-create'],
  ['GET', '/auth/api_keys', 'key-list'],
  ['GET', `/auth/api_keys/${keyId}`, 'key-fetch'],
  ['PUT', `/auth/api_keys/${keyId}/enable`, 'key-enable'],
  ['PUT', `/auth/api_keys/${keyId}/disable`, 'key-disable'],
  ['DELETE', `/auth/api_keys/${keyId}`, 'key-delete'],
]

describe('routes', () => {
  it.each(known)('%s %s is %s', (method, path, route) => {
    expect(routeOf(method, client + path)).toBe(route)
  })

  it.each([
    ['POST', `${client}/app/app-1/functions/call`, 'functions'],
    ['GET', `${client}/app/app-1/functions/call?baas_request=e30`, 'watching'],
    ['PUT', `${client}/app/app-1/push/providers/gcm/registration`, 'push'],
    ['POST', `${client}/app/app-1/auth/providers/local-userpass/reset`, 'a reset'],
    ['POST', `${client}/app/a/b/auth/providers/anon-user/login`, 'an app id that is a path'],
    ['POST', `${client}/app/app-1/auth/providers/anon-user/login?link=false`, 'another query'],
    ['GET', `${client}/auth/api_keys/${keyId}/`, 'a slash more'],
    ['GET', `${client}/auth/api_keys?all=true`, 'a query more'],
    ['GET', `//api/client/v2.0/auth/profile`, 'a slash more in front'],
    ['GET', `${client}/auth/api_keys/${keyId.toUpperCase()}`, 'an id in capitals'],
    ['DELETE', `${client}/auth/api_keys/${keyId.slice(1)}`, 'an id of 23 digits'],
    ['DELETE', `${client}/auth/api_keys`, 'all keys at once'],
    ['get', `${client}/auth/profile`, 'a method in small letters'],
    ['GET', `${client}/auth/profile\n`, 'a line more'],
  ])('%s %s is refused: %s', (method, path) => {
    expect(routeOf(method, path)).toBeNull()
  })

  it('do not exist for any other method or path', () => {
    const paths = fc.oneof(
      fc.webPath(),
      fc.webPath().map((path) => client + path),
      fc.string(),
    )
    const methods = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE')
    fc.assert(fc.property(methods, paths, (method, path) => void expect(routeOf(method, path)).toBeNull()))
  })

  it('are retried only if they are idempotent', () => {
    expect(known.map(([, , route]) => route).filter(mayRetry)).toEqual(['profile', 'key-list', 'key-fetch'])
  })
})
