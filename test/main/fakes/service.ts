import { randomBytes } from 'node:crypto'
import type { Credentials } from '../../../main/vault/model/account.ts'
import type { MailPurpose, SignInMethod } from '../../../shared/lists/accounts.ts'
import type { ServerKey } from '../../../main/vault/model/key.ts'
import type { KeyServer } from '../../../main/vault/ports/key-servers.ts'
import { Refusal } from '../../../main/vault/refusal.ts'
import { Secret } from '../../../main/vault/secret.ts'

export type Call = keyof KeyServer | 'tryValue'

/** An event during a call: it waits, or rejects with what the vault is to see. */
export type Event = (call: Call) => void | Promise<void>

export interface Session {
  readonly userId: string
  readonly method: SignInMethod
  /** The id of the key that opened it; null for any other sign-in. */
  readonly keyId: string | null
}

type StoredKey = ServerKey & { readonly value: string }

/** An in-memory App Services app: its users, keys and sessions, by the service's rules. */
export class MemoryService {
  /** Every call that was sent, in order. */
  readonly calls: Call[] = []
  readonly mails: { readonly email: string; readonly purpose: MailPurpose }[] = []
  /** Runs before the service acts: if it rejects, the service never acts. */
  before: Event = () => undefined
  /** Runs before the answer: the service has acted. */
  after: Event = () => undefined
  /** Whether a sign-in with a key's value tells which key it was. Latchkey's own server does; others need not. */
  tellsKeys = true
  readonly #passwords = new Map<string, { readonly password: string; userId: string | null }>()
  readonly #subjects = new Map<string, string>()
  readonly #users = new Map<string, Map<string, StoredKey>>()
  readonly #sessions = new Set<Session>()

  async call<T>(call: Call, act: () => T): Promise<T> {
    this.calls.push(call)
    await this.before(call)
    const answer = act()
    await this.after(call)
    return answer
  }

  register(email: string, password: Secret): void {
    if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw new Refusal('email-invalid')
    const length = password.expose().length
    if (length < 6 || length > 128) throw new Refusal('password-invalid')
    if (this.#passwords.has(email)) throw new Refusal('email-taken')
    this.#passwords.set(email, { password: password.expose(), userId: null })
  }

  /** A mail to an unknown address is accepted like any other, but not sent. */
  sendMail(email: string, purpose: MailPurpose): void {
    if (this.#passwords.has(email)) this.mails.push({ email, purpose })
  }

  signIn(credentials: Credentials): Session {
    const session = this.#sessionFor(credentials)
    this.#sessions.add(session)
    return session
  }

  /** Signs in with a key's value and out again at once. @throws Refusal `wrong-credentials` */
  tryValue(value: Secret): { userId: string; keyId: string | null } {
    const { userId, keyId } = this.#sessionForKey(value.expose())
    return { userId, keyId: this.tellsKeys ? keyId : null }
  }

  /** Gives the session's user a registered e-mail that belongs to no user yet. */
  link({ userId }: Session, email: string, password: Secret): void {
    const identity = this.#passwords.get(email)
    if (identity?.password !== password.expose()) throw new Refusal('wrong-credentials')
    if (identity.userId !== null || this.#emailOf(userId) !== undefined) throw new Refusal('email-taken')
    identity.userId = userId
  }

  /** A token for one of its users, signed by another issuer. */
  issueToken(subject: string): Secret {
    const token = randomBytes(16).toString('hex')
    this.#subjects.set(token, subject)
    return new Secret(token)
  }

  /** @throws Refusal `session-ended` if it had already ended */
  end(session: Session): void {
    this.#sessions.delete(this.requireAlive(session))
  }

  /** Ends every session of every user, as an operator or their age does. */
  endSessions(): void {
    this.#sessions.clear()
  }

  /** @returns the number of valid sessions */
  get openSessions(): number {
    return this.#sessions.size
  }

  deleteUser({ userId }: Session): void {
    this.#users.delete(userId)
    for (const [email, identity] of this.#passwords) if (identity.userId === userId) this.#passwords.delete(email)
    for (const session of this.#sessions) if (session.userId === userId) this.#sessions.delete(session)
  }

  /** @throws Refusal `session-ended` */
  requireAlive(session: Session | null): Session {
    if (session === null || !this.#sessions.has(session)) throw new Refusal('session-ended')
    return session
  }

  /** The user's keys. @throws Refusal `session-ended`, or `not-allowed` to anonymous and key-authenticated sessions */
  keysOf(session: Session | null): Map<string, StoredKey> {
    const { userId, method } = this.requireAlive(session)
    if (method === 'anonymous' || method === 'api-key') throw new Refusal('not-allowed')
    return this.#keys(userId)
  }

  createKey(session: Session | null, name: string): { key: ServerKey; value: Secret } {
    const keys = this.keysOf(session)
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) throw new Refusal('name-invalid')
    if ([...keys.values()].some((key) => key.name === name)) throw new Refusal('name-taken')
    if (keys.size >= 20) throw new Refusal('quota-reached')
    const key = { id: newId(), name, enabled: true, value: randomBytes(32).toString('hex') }
    keys.set(key.id, key)
    return { key: told(key), value: new Secret(key.value) }
  }

  /** Changes a key's state or name. Only an operator can change a name. */
  changeKey(session: Session | null, id: string, change: { enabled?: boolean; name?: string }): void {
    const keys = this.keysOf(session)
    const key = keys.get(id)
    if (key === undefined) throw new Refusal('key-not-found')
    keys.set(id, { ...key, ...change })
    if (change.enabled === false) this.#endSessionsOf(id)
  }

  deleteKey(session: Session | null, id: string): void {
    if (!this.keysOf(session).delete(id)) throw new Refusal('key-not-found')
    this.#endSessionsOf(id)
  }

  #sessionFor(credentials: Credentials): Session {
    switch (credentials.method) {
      case 'anonymous':
        return { userId: this.#newUser(), method: 'anonymous', keyId: null }
      case 'email': {
        const identity = this.#passwords.get(credentials.email)
        if (identity?.password !== credentials.password.expose()) throw new Refusal('wrong-credentials')
        identity.userId ??= this.#newUser()
        return { userId: identity.userId, method: 'email', keyId: null }
      }
      case 'custom-token': {
        const subject = this.#subjects.get(credentials.token.expose())
        if (subject === undefined) throw new Refusal('wrong-credentials')
        this.#keys(subject)
        return { userId: subject, method: 'custom-token', keyId: null }
      }
      case 'api-key':
        return this.#sessionForKey(credentials.value.expose())
    }
  }

  #sessionForKey(value: string): Session {
    for (const [userId, keys] of this.#users) {
      const key = [...keys.values()].find((one) => one.value === value && one.enabled)
      if (key !== undefined) return { userId, method: 'api-key', keyId: key.id }
    }
    throw new Refusal('wrong-credentials')
  }

  #newUser(): string {
    const id = newId()
    this.#users.set(id, new Map())
    return id
  }

  #keys(userId: string): Map<string, StoredKey> {
    const keys = this.#users.get(userId) ?? new Map<string, StoredKey>()
    this.#users.set(userId, keys)
    return keys
  }

  #emailOf(userId: string): string | undefined {
    return [...this.#passwords].find(([, identity]) => identity.userId === userId)?.[0]
  }

  #endSessionsOf(keyId: string): void {
    for (const session of this.#sessions) if (session.keyId === keyId) this.#sessions.delete(session)
  }
}

/** A key as the service lists it: without its value. */
export function told({ id, name, enabled }: ServerKey): ServerKey {
  return { id, name, enabled }
}

/** An ObjectId: the second of its creation, and a unique rest. */
function newId(): string {
  const seconds = Math.floor(Date.now() / 1000)
  return seconds.toString(16).padStart(8, '0') + randomBytes(8).toString('hex')
}
