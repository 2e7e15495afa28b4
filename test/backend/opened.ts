import { expect, onTestFinished, vi } from 'vitest'
import { openBackend, type Backend, type BackendOptions } from '../../backend/backend.ts'
import { temporaryFolder } from '../temporary-folder.ts'

// Hashing a password takes a third of a second on an idle core, and cores may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

export const clientUrl = 'http://backend.test/api/client/v2.0'
export const appUrl = `${clientUrl}/app/app-1`
export const email = 'ada@example.test'
export const password = 'correct horse battery'

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body's JSON; undefined for an empty body. */
  readonly body: unknown
}

export interface Session {
  readonly user_id: string
  readonly access_token: string
  readonly refresh_token: string
  readonly device_id: string
}

/** A backend in a folder of its own, closed after the test. */
export async function openTestBackend(options: Partial<BackendOptions> = {}): Promise<Client> {
  const backend = await openBackend({ dataDir: temporaryFolder(), appId: 'app-1', ...options })
  onTestFinished(() => backend.close())
  return new Client(backend)
}

/** A client of the public API. */
export class Client {
  constructor(
    readonly backend: Backend,
    readonly address?: string,
  ) {}

  /** The same backend, called from an address. */
  from(address: string): Client {
    return new Client(this.backend, address)
  }

  async send(
    method: string,
    url: string,
    given: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answered> {
    const headers = {
      // As the SDK sends it, with or without a body.
      'Content-Type': 'application/json;charset=utf-8',
      ...(given.token === undefined ? {} : { Authorization: `Bearer ${given.token}` }),
      ...given.headers,
    }
    const body = given.body === undefined ? null : typeof given.body === 'string' ? given.body : JSON.stringify(given.body)
    const request = new Request(url, { method, headers, body })
    const response = await this.backend.fetch(request, this.address === undefined ? undefined : { address: this.address })
    const text = await response.text()
    const json = response.headers.get('content-type') === 'application/json'
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: json && text !== '' ? (JSON.parse(text) as unknown) : undefined,
    }
  }

  register(username = email, secret = password): Promise<Answered> {
    return this.send('POST', `${appUrl}/auth/providers/local-userpass/register`, { body: { email: username, password: secret } })
  }

  tryLogin(provider: string, body: object, link?: string): Promise<Answered> {
    const url = `${appUrl}/auth/providers/${provider}/login${link === undefined ? '' : '?link=true'}`
    return this.send('POST', url, { body, ...(link === undefined ? {} : { token: link }) })
  }

  tryPassword(username = email, secret = password): Promise<Answered> {
    return this.tryLogin('local-userpass', { provider: 'local-userpass', username, password: secret })
  }

  async login(provider: string, body: object): Promise<Session> {
    const answered = await this.tryLogin(provider, body)
    expect(answered.status).toBe(200)
    return answered.body as Session
  }

  /** Registers and signs in. */
  async newUser(username = email): Promise<Session> {
    expect((await this.register(username)).status).toBe(201)
    return this.login('local-userpass', { username, password })
  }

  tryCreate(session: Session, name: unknown): Promise<Answered> {
    return this.send('POST', `${clientUrl}/auth/api_keys`, { token: session.refresh_token, body: { name } })
  }

  async createKey(session: Session, name: string): Promise<{ _id: string; key: string; name: string; disabled: boolean }> {
    const answered = await this.tryCreate(session, name)
    expect(answered.status).toBe(201)
    return answered.body as { _id: string; key: string; name: string; disabled: boolean }
  }

  key(session: Session, method: string, path: string): Promise<Answered> {
    return this.send(method, `${clientUrl}/auth/api_keys${path}`, { token: session.refresh_token })
  }
}

/** Asserts the form of every refusal. */
export function expectRefusal(answered: Answered, status: number, errorCode: string): void {
  expect({ status: answered.status, body: answered.body }).toEqual({
    status,
    body: { error: expect.stringMatching(/./), error_code: errorCode },
  })
  expect(answered.headers.get('content-type')).toBe('application/json')
}
