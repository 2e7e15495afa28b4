import type { Credentials, Server } from '../../../main/vault/model/account.ts'
import type { ServerKey } from '../../../main/vault/model/key.ts'
import type { KeyServer, KeyServers } from '../../../main/vault/ports/key-servers.ts'
import type { MailPurpose } from '../../../shared/lists/accounts.ts'
import { Refusal } from '../../../main/vault/refusal.ts'
import type { Secret } from '../../../main/vault/secret.ts'
import { type Call, type Event, MemoryService, type Session, told } from './service.ts'

/** The request is not sent, so the vault can be sure that nothing happened. */
export function unreachable(...calls: Call[]): Event {
  return (call) => {
    if (calls.length === 0 || calls.includes(call)) throw new Refusal('server-unreachable')
  }
}

/** The connection breaks: as `before`, the request is lost; as `after`, the answer is lost. The client cannot tell which. */
export function brokenOff(...calls: Call[]): Event {
  return (call) => {
    if (calls.length === 0 || calls.includes(call)) throw new Refusal('server-unreachable', { mayHaveHappened: true })
  }
}

/** The fake of the key servers: one service for each server, and sessions that outlive a restart, like the real ones. */
export class MemoryKeyServers implements KeyServers {
  /** The argument of the last `retain` call. */
  retained: readonly string[] | null = null
  readonly #services = new Map<string, MemoryService>()
  readonly #open = new Map<string, KeyServer>()

  of({ id, server }: { id: string; server: Server | null }): KeyServer {
    const known = this.#open.get(id)
    if (known !== undefined) return known
    const made = new MemoryKeyServer(() => this.service(server))
    this.#open.set(id, made)
    return made
  }

  async tryValue({ server }: { id: string; server: Server | null }, value: Secret): Promise<{ userId: string; keyId: string | null }> {
    const service = this.service(server)
    return service.call('tryValue', () => service.tryValue(value))
  }

  /** The fake holds no tokens. */
  forget(): void {}

  retain(accountIds: readonly string[]): void {
    this.retained = [...accountIds]
  }

  /** The service at an address; null for the embedded one. */
  service(server: Server | null = null): MemoryService {
    const address = server === null ? 'embedded' : `${server.url} ${server.appId}`
    const known = this.#services.get(address) ?? new MemoryService()
    this.#services.set(address, known)
    return known
  }

  /** Deletes the embedded backend's data: the next one has no users. */
  loseEmbedded(): void {
    this.#services.delete('embedded')
  }
}

class MemoryKeyServer implements KeyServer {
  readonly #find: () => MemoryService
  #session: Session | null = null

  constructor(find: () => MemoryService) {
    this.#find = find
  }

  register(email: string, password: Secret): Promise<void> {
    return this.#call('register', (service) => service.register(email, password))
  }

  sendMail(email: string, purpose: MailPurpose): Promise<void> {
    return this.#call('sendMail', (service) => service.sendMail(email, purpose))
  }

  async signIn(credentials: Credentials): Promise<{ userId: string }> {
    this.#session = null
    const session = await this.#call('signIn', (service) => service.signIn(credentials))
    this.#session = session
    return { userId: session.userId }
  }

  link(email: string, password: Secret): Promise<void> {
    return this.#call('link', (service) => service.link(service.requireAlive(this.#session), email, password))
  }

  async signOut(): Promise<void> {
    const session = this.#session
    this.#session = null
    if (session !== null) await this.#call('signOut', (service) => service.end(session))
  }

  async deleteUser(): Promise<void> {
    await this.#call('deleteUser', (service) => service.deleteUser(service.requireAlive(this.#session)))
    this.#session = null
  }

  create(name: string): Promise<{ key: ServerKey; value: Secret }> {
    return this.#call('create', (service) => service.createKey(this.#session, name))
  }

  fetchAll(): Promise<ServerKey[]> {
    return this.#call('fetchAll', (service) => [...service.keysOf(this.#session).values()].map(told))
  }

  fetch(id: string): Promise<ServerKey> {
    return this.#call('fetch', (service) => {
      const key = service.keysOf(this.#session).get(id)
      if (key === undefined) throw new Refusal('key-not-found')
      return told(key)
    })
  }

  enable(id: string): Promise<void> {
    return this.#call('enable', (service) => service.changeKey(this.#session, id, { enabled: true }))
  }

  disable(id: string): Promise<void> {
    return this.#call('disable', (service) => service.changeKey(this.#session, id, { enabled: false }))
  }

  delete(id: string): Promise<void> {
    return this.#call('delete', (service) => service.deleteKey(this.#session, id))
  }

  #call<T>(call: Call, act: (service: MemoryService) => T): Promise<T> {
    const service = this.#find()
    return service.call(call, () => act(service))
  }
}
