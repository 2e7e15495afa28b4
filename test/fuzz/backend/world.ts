import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { type Backend, openBackend } from '../../../backend/backend.ts'
import { until } from '../../until.ts'
import { formsOf } from '../forms.ts'

export const appId = 'app-1'
export const origin = 'https://keys.example.test'
export const customSecret = 'a secret of thirty-two bytes or more'

/** Whose token is sent, or `none`. */
export interface Tokens {
  readonly userId: string
  readonly access: string
  readonly refresh: string
}

/**
 * A backend with a store of its own on disk, with mail and custom tokens on. `guarded` has an account, keys and sessions, and nobody else
 * may get anything of them. The attacker has an account too, and knows every id and address, because none of these is a secret.
 */
export interface World {
  readonly backend: Backend
  readonly guarded: Tokens & { readonly email: string; readonly password: string; readonly keyIds: readonly string[] }
  /** The values, tokens and passwords of `guarded`, in every encoding in which an answer could contain them. */
  readonly secrets: readonly string[]
  /** Mails to the attacker, newest last. Those to `guarded` would open its account. */
  readonly letters: string[]
  /** The attacker's own sessions: of a user who may have keys, of an anonymous one, and one that was opened with a key. */
  readonly attacker: () => Promise<Record<'user' | 'anonymous' | 'key', Tokens>>
  /**
   * Checks that the data of `guarded` is unchanged.
   * @throws Error for what is changed
   */
  readonly requireWhole: () => Promise<void>
  /** How far the backend's clock is ahead, in milliseconds. */
  ahead: number
  readonly faults: string[]
  readonly end: () => Promise<void>
}

export async function newWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-backend-'))
  const [letters, guardedLetters]: [string[], string[]] = [[], []]
  const person = { email: 'guarded@example.test', password: 'correct horse battery' }
  const faults: string[] = []
  const time = { ahead: 0 }
  const backend = await openBackend({
    ...{ dataDir: folder, appId, origin, customToken: { secret: customSecret } },
    clock: () => new Date(Date.now() + time.ahead),
    mail: { send: async ({ to, text }) => void (to === person.email ? guardedLetters : letters).push(text) },
    log: (line) => void (/ 500 |failed/.test(line) && faults.push(line)),
  })
  await post(backend, `${local}/register`, null, person)
  await until(
    () => guardedLetters.length > 0,
    () => 'a letter to the guarded account',
  )
  const link = new URL(/https:\S+/.exec(guardedLetters[0] ?? '')?.[0] ?? '')
  await post(backend, `${local}/confirm`, null, Object.fromEntries(link.searchParams))
  const byPassword = { username: person.email, password: person.password }
  const session = tokensOf(await post(backend, `${local}/login`, null, byPassword))
  const keys = [await newKey(backend, session, 'one'), await newKey(backend, session, 'other')]
  const keyIds = keys.map(({ _id }) => _id)

  const requireWhole = async (): Promise<void> => {
    const listed = await send(backend, 'GET', '/api/client/v2.0/auth/api_keys', session.refresh)
    const ids = (listed as { _id: string; disabled: boolean }[]).filter(({ disabled }) => !disabled).map(({ _id }) => _id)
    if (ids.join() !== keyIds.join()) throw new Error('the guarded keys are not as they were')
    for (const { key } of keys) await post(backend, `${app}/auth/providers/api-key/login`, null, { key })
    await post(backend, `${local}/login`, null, byPassword)
  }
  return Object.assign(time, {
    ...{ backend, letters, faults, requireWhole },
    guarded: { ...session, ...person, keyIds },
    secrets: [session.access, session.refresh, person.password, ...keys.map(({ key }) => key)].flatMap(formsOf),
    attacker: () => attackers(backend, time.ahead),
    end: async () => {
      await backend.close()
      rmSync(folder, { recursive: true, force: true })
    },
  })
}

async function attackers(backend: Backend, ahead: number): Promise<Record<'user' | 'anonymous' | 'key', Tokens>> {
  const token = await customToken('mallory', Date.now() + ahead)
  const user = tokensOf(await post(backend, `${app}/auth/providers/custom-token/login`, null, { token }))
  const anonymous = tokensOf(await post(backend, `${app}/auth/providers/anon-user/login`, null, {}))
  const listed = (await send(backend, 'GET', '/api/client/v2.0/auth/api_keys', user.refresh)) as { _id: string }[]
  const [oldest] = listed
  if (listed.length === 20) await send(backend, 'DELETE', `/api/client/v2.0/auth/api_keys/${oldest?._id ?? ''}`, user.refresh)
  const { key } = await newKey(backend, user, `k-${Math.random().toString(36).slice(2)}`)
  return { user, anonymous, key: tokensOf(await post(backend, `${app}/auth/providers/api-key/login`, null, { key })) }
}

/**
 * A token as a team's issuer would sign it, valid for an hour.
 * @param now in milliseconds
 */
export function customToken(subject: string, now: number): Promise<string> {
  const claims = { sub: subject, aud: appId, exp: Math.floor(now / 1000) + 3_600 }
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(customSecret))
}

const app = `/api/client/v2.0/app/${appId}`
const local = `${app}/auth/providers/local-userpass`

async function newKey(backend: Backend, by: Tokens, name: string): Promise<{ _id: string; key: string }> {
  return (await post(backend, '/api/client/v2.0/auth/api_keys', by.refresh, { name })) as { _id: string; key: string }
}

function post(backend: Backend, path: string, token: string | null, body: object): Promise<unknown> {
  return send(backend, 'POST', path, token, body)
}

/** Throws if an operation of the preparation fails. */
async function send(backend: Backend, method: string, path: string, token: string | null, body?: object): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json', ...(token === null ? {} : { Authorization: `Bearer ${token}` }) }
  const answer = await backend.fetch(
    new Request(origin + path, { method, headers, body: body === undefined ? null : JSON.stringify(body) }),
  )
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}`)
  return text === '' ? null : JSON.parse(text)
}

function tokensOf(answer: unknown): Tokens {
  const { user_id, access_token, refresh_token } = answer as Record<string, string>
  return { userId: user_id ?? '', access: access_token ?? '', refresh: refresh_token ?? '' }
}
