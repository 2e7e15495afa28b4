import type { Random } from '../../torture/random.ts'
import { mutated, mutatedText } from '../mutation.ts'
import { appId, customToken, type Tokens, type World } from './world.ts'

/** The description of a request: one that a client could send, or one that no client would. */
export interface Sent {
  readonly method: string
  /** Including the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | null
  /** Whether its token is one of `guarded`'s that was changed. It must not be accepted. */
  readonly forged: boolean
}

const client = '/api/client/v2.0'
const providers = `${client}/app/${appId}/auth/providers`
const local = `${providers}/local-userpass`
const keys = `${client}/auth/api_keys`
/** What services ask. No attacker has a service's credential, so none of it may be answered. */
export const servicePath = `/api/service/v1/app/${appId}`

/** The one answer that may be cached. */
export const jwksPath = '/.well-known/jwks.json'

type Bearer = 'none' | 'access' | 'refresh'
interface Route {
  readonly method: string
  readonly path: string
  readonly bearer: Bearer
  readonly body: object | null
  /** As HTML form data, which the pages send. */
  readonly form?: true
}

/** A valid request for every route. Those that cost a password hash are rare. */
async function routeOf(world: World, attackers: readonly Tokens[], random: Random): Promise<Route> {
  const { guarded } = world
  const id = random.of([
    guarded.keyIds[0] ?? '',
    guarded.keyIds[1] ?? '',
    guarded.userId,
    'f'.repeat(24),
    ...attackers.map(({ userId }) => userId),
  ])
  const email = random.of([guarded.email, 'mallory@example.test', `${random.whole(1, 1e9)}@example.test`])
  const link = new URL(/https:\S+/.exec(random.of([world.letters[0] ?? '', ...world.letters.slice(-5)]))?.[0] ?? 'https://none.test')
  const mailToken = random.chance(0.5) ? Object.fromEntries(link.searchParams) : { token: 'A'.repeat(43), tokenId: 'f'.repeat(24) }
  const name = `n-${random.whole(1, 60)}`
  const read = (method: string, path: string, bearer: Bearer): Route => ({ method, path, bearer, body: null })
  const post = (path: string, body: object, bearer: Bearer = 'none'): Route => ({ method: 'POST', path, bearer, body })
  const form = (path: string, body: object): Route => ({ ...post(path, body), form: true })
  if (random.chance(0.003)) {
    const password = random.of(['a password', guarded.email, ''])
    return random.of([
      post(`${local}/login`, { username: email, password }),
      post(`${local}/login?link=true`, { username: email, password }, 'access'),
      post(`${local}/register`, { email, password }),
      post(`${local}/reset`, { ...mailToken, password }),
      form(`/app/${appId}/reset`, { ...mailToken, password }),
    ])
  }
  const spoilt = random.of<unknown>([0, null, ['a password'], { $ne: '' }, 'x'.repeat(17_000), 'a\0b', '\ud800'])
  return random.of<Route>([
    post(`${local}/login`, { username: email, password: spoilt }),
    post(`${local}/register`, { email, password: spoilt }),
    post(`${local}/confirm`, mailToken),
    post(`${local}/confirm/send`, { email }),
    post(`${local}/reset/send`, { email }),
    post(`${local}/reset/call`, { email }),
    post(`${providers}/anon-user/login`, { options: { device: { deviceId: id } } }),
    post(`${providers}/api-key/login`, { key: 'A'.repeat(64) }),
    post(`${providers}/api-key/login?link=true`, { key: 'A'.repeat(64) }, 'access'),
    post(`${providers}/custom-token/login`, { token: await customToken('mallory', Date.now() + world.ahead) }),
    post(`${providers}/oauth2-google/login`, { token: 'x' }),
    post(`${client}/auth/session`, {}, 'refresh'),
    read('DELETE', `${client}/auth/session`, random.chance(0.05) ? 'refresh' : 'none'),
    read('GET', `${client}/auth/profile`, 'access'),
    read('DELETE', `${client}/auth/delete`, random.chance(0.02) ? 'access' : 'none'),
    ...Array.from({ length: 4 }, () => post(keys, { name }, 'refresh')),
    read('GET', keys, 'refresh'),
    read('GET', `${keys}/${id}`, 'refresh'),
    read('DELETE', `${keys}/${id}`, 'refresh'),
    read('PUT', `${keys}/${id}/enable`, 'refresh'),
    read('PUT', `${keys}/${id}/disable`, 'refresh'),
    post(`${servicePath}/api_keys/verify`, { key: 'A'.repeat(64) }, random.of<Bearer>(['none', 'access', 'refresh'])),
    read('GET', `${servicePath}/api_keys/${id}`, random.of<Bearer>(['none', 'access', 'refresh'])),
    { ...post(`${servicePath}/api_keys/${id}`, { scopes: ['admin'] }, random.of<Bearer>(['none', 'access', 'refresh'])), method: 'PATCH' },
    read('GET', `${servicePath}/api_keys/authorize`, random.of<Bearer>(['none', 'access', 'refresh'])),
    read('GET', `${servicePath}/api_keys/revocations`, random.of<Bearer>(['none', 'access', 'refresh'])),
    read('GET', `${client}/app/${appId}/location`, 'none'),
    read('GET', jwksPath, 'none'),
    read('GET', `/app/${appId}/confirm?${new URLSearchParams(mailToken).toString()}`, 'none'),
    read('GET', `/app/${appId}/reset?${new URLSearchParams(mailToken).toString()}`, 'none'),
    form(`/app/${appId}/confirm`, mailToken),
  ])
}

/** A request of the attacker, usually with something changed in it. */
export async function requestOf(world: World, attackers: readonly [Tokens, ...Tokens[]], random: Random): Promise<Sent> {
  const route = await routeOf(world, attackers, random)
  const { token, forged } = tokenFor(route.bearer, world, attackers, random)
  const changes = random.chance(0.85)
  const maybe = (share: number): boolean => changes && random.chance(share)
  const type = route.form === true ? 'application/x-www-form-urlencoded' : 'application/json;charset=utf-8'
  const headers: Record<string, string> = {
    'content-type': maybe(0.1)
      ? random.of(['text/plain', 'application/json; charset=utf-16', 'application/ejson', '', 'multipart/form-data; boundary=x'])
      : type,
    ...(token === null
      ? {}
      : { authorization: maybe(0.05) ? random.of([token, `Basic ${token}`, `bearer  ${token}`, `Bearer ${token} x`]) : `Bearer ${token}` }),
    ...(maybe(0.1)
      ? random.of<Record<string, string>>([
          { 'content-length': '99999999' },
          { host: 'evil.example' },
          { 'x-forwarded-for': mutatedText('1.2.3.4', random) },
          { 'x-http-method-override': 'DELETE' },
          { 'transfer-encoding': 'chunked' },
        ])
      : {}),
  }
  return {
    ...{ headers, forged },
    method: maybe(0.06)
      ? random.of(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'PROPFIND', 'X'.repeat(40)])
      : route.method,
    path: maybe(0.25) ? mutatedPath(route.path, random) : route.path,
    body: bodyOf(route, maybe, random),
  }
}

function tokenFor(
  bearer: Bearer,
  { guarded }: World,
  attackers: readonly [Tokens, ...Tokens[]],
  random: Random,
): { token: string | null; forged: boolean } {
  const wanted = random.chance(0.9) ? bearer : random.of<Bearer>(['none', 'access', 'refresh'])
  if (wanted === 'none') return { token: null, forged: false }
  if (random.chance(0.2)) return { token: forgedOf(guarded[wanted], random), forged: true }
  const { [wanted]: own } = random.of(attackers)
  return { token: random.chance(0.15) ? forgedOf(own, random) : own, forged: false }
}

/** A changed token, made of the same parts. Never equal to the original. */
function forgedOf(token: string, random: Random): string {
  const [head = '', claims = '', signature = ''] = token.split('.')
  const none = Buffer.from('{"alg":"none"}').toString('base64url')
  const other = random.of([
    `${head}.${claims}.`,
    `${none}.${claims}.`,
    `${none}.${claims}.${signature}`,
    `${head}.${changedClaims(claims, random)}.${signature}`,
    `${head}.${claims}`,
    `${claims}.${head}.${signature}`,
    `${head}.${claims}.${signature.slice(0, -random.whole(2, 20))}`,
    `${head}.${claims}.${signature}.${signature}`,
    `${mutatedText(head, random)}.${claims}.${signature}`,
  ])
  const sendable = other.replace(/[^\x21-\x7e]/g, 'x')
  return sendable === token ? 'x.y.z' : sendable
}

function changedClaims(claims: string, random: Random): string {
  try {
    return Buffer.from(JSON.stringify(mutated(JSON.parse(Buffer.from(claims, 'base64url').toString()), random)) ?? '').toString('base64url')
  } catch (error) {
    if (error instanceof SyntaxError) return claims.toUpperCase()
    throw error
  }
}

function mutatedPath(path: string, random: Random): string {
  const parts = path.split('/')
  const at = random.whole(1, parts.length - 1)
  const odd = random.of([
    '..',
    '.',
    '%2e%2e',
    '%2f',
    '%00',
    '',
    '%',
    '%ff',
    '%c0%ae',
    ';',
    ':id',
    '*',
    'x'.repeat(3_000),
    '?',
    '#',
    '\\',
    '%25',
    'toString',
    '__proto__',
    '\u202e',
    '🔑',
  ])
  switch (random.weighted({ replace: 3, insert: 2, drop: 1, text: 2, query: 2, slash: 1 })) {
    case 'replace':
      return parts.map((part, index) => (index === at ? odd : part)).join('/')
    case 'insert':
      return [...parts.slice(0, at), odd, ...parts.slice(at)].join('/')
    case 'drop':
      return parts.filter((_part, index) => index !== at).join('/') || '/'
    case 'text':
      return `/${mutatedText(path.slice(1), random)}`
    case 'query':
      return `${path}${path.includes('?') ? '&' : '?'}${random.of(['link=true', 'link', 'link=true&link=false', 'tokenId[]=1', 'token=%', 'a=1&'.repeat(400), '%ff=%ff', '__proto__[x]=1'])}`
    case 'slash':
      return random.of([`${path}/`, `/${path}`, path.toUpperCase(), path.replace('v2.0', 'v3.0')])
  }
}

function bodyOf({ body, form }: Route, maybe: (share: number) => boolean, random: Random): Buffer | null {
  if (body === null) return maybe(0.1) ? Buffer.from('{}') : null
  const changed = maybe(0.7) ? mutated(body, random) : body
  const fields =
    typeof changed === 'object' && changed !== null
      ? Object.entries(changed).map(([name, value]): [string, string] => [
          name,
          typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
        ])
      : []
  const text = form === true ? new URLSearchParams(fields).toString() : (JSON.stringify(changed) ?? '')
  if (!maybe(0.15)) return Buffer.from(text)
  return random.of([
    Buffer.from(mutatedText(text, random)),
    Buffer.from(text).subarray(0, random.whole(0, text.length)),
    Buffer.from(text, 'utf16le'),
    Buffer.from([0xff, 0xfe, 0xc3, 0x28]),
    Buffer.from('['.repeat(50_000)),
    Buffer.from(`{"a":${'{"a":'.repeat(40)}1${'}'.repeat(41)}`),
    Buffer.alloc(70_000, 0x20),
    Buffer.from(`{"name":"a","name":${text}}`),
    Buffer.from('\ufeff' + text),
    Buffer.from('1e999'),
    Buffer.alloc(0),
  ])
}
