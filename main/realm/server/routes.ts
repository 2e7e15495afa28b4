/** The requests of the SDK, identified by method and path. Any other request is refused without being sent. */
export type Route =
  | 'location'
  | 'login'
  | 'link'
  | 'register'
  | 'confirm-send'
  | 'reset-send'
  | 'profile'
  | 'refresh'
  | 'logout'
  | 'delete-user'
  | 'key-create'
  | 'key-list'
  | 'key-fetch'
  | 'key-enable'
  | 'key-disable'
  | 'key-delete'

const client = '/api/client/v2.0'
const key = `${client}/auth/api_keys`

const patterns: readonly [string, RegExp, Route][] = [
  ['GET', new RegExp(`^${client}/app/[^/]+/location$`), 'location'],
  ['POST', new RegExp(`^${client}/app/[^/]+/auth/providers/[a-z0-9-]+/login$`), 'login'],
  ['POST', new RegExp(`^${client}/app/[^/]+/auth/providers/[a-z0-9-]+/login\\?link=true$`), 'link'],
  ['POST', new RegExp(`^${client}/app/[^/]+/auth/providers/local-userpass/register$`), 'register'],
  ['POST', new RegExp(`^${client}/app/[^/]+/auth/providers/local-userpass/confirm/send$`), 'confirm-send'],
  ['POST', new RegExp(`^${client}/app/[^/]+/auth/providers/local-userpass/reset/send$`), 'reset-send'],
  ['GET', new RegExp(`^${client}/auth/profile$`), 'profile'],
  ['POST', new RegExp(`^${client}/auth/session$`), 'refresh'],
  ['DELETE', new RegExp(`^${client}/auth/session$`), 'logout'],
  ['DELETE', new RegExp(`^${client}/auth/delete$`), 'delete-user'],
  ['POST', new RegExp(`^${key}$`), 'key-create'],
  ['GET', new RegExp(`^${key}$`), 'key-list'],
  ['GET', new RegExp(`^${key}/[0-9a-f]{24}$`), 'key-fetch'],
  ['PUT', new RegExp(`^${key}/[0-9a-f]{24}/enable$`), 'key-enable'],
  ['PUT', new RegExp(`^${key}/[0-9a-f]{24}/disable$`), 'key-disable'],
  ['DELETE', new RegExp(`^${key}/[0-9a-f]{24}$`), 'key-delete'],
]

/** @param path including the query @returns null for a request that Latchkey never makes */
export function routeOf(method: string, path: string): Route | null {
  return patterns.find(([verb, pattern]) => verb === method && pattern.test(path))?.[2] ?? null
}

/** Whether the route is idempotent and has no body. */
export function mayRetry(route: Route): boolean {
  return route === 'profile' || route === 'key-list' || route === 'key-fetch'
}
