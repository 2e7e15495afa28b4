import type { Credentials } from '../../vault/model/account.ts'
import type { ServerKey } from '../../vault/model/key.ts'
import type { KeyServer } from '../../vault/ports/key-servers.ts'
import type { MailPurpose } from '../../../shared/lists/accounts.ts'
import { Refusal } from '../../vault/refusal.ts'
import { Secret } from '../../vault/secret.ts'
import type { OpenApp, SdkUser } from './sdk.ts'
import { credentials as sdkCredentials, objectId } from './sdk.ts'
import type { Tokens } from './tokens.ts'
import type { Transport } from './transport.ts'

/** A key as realm 10.20.0 returns it: `id` is an ObjectID instance and `_id` does not exist. */
interface SdkKey {
  readonly id: { toHexString(): string }
  readonly key?: string
  readonly name: string
  readonly disabled: boolean
}

/** The key operations of one account, through its SDK app's session and `ApiKeyAuth`. */
export class SdkKeyServer implements KeyServer {
  readonly #accountId: string
  readonly #app: OpenApp
  readonly #transport: Transport
  readonly #tokens: Tokens

  constructor(accountId: string, app: OpenApp, transport: Transport, tokens: Tokens) {
    this.#accountId = accountId
    this.#app = app
    this.#transport = transport
    this.#tokens = tokens
  }

  register(email: string, password: Secret): Promise<void> {
    return this.#ask(() => this.#app().emailPasswordAuth.registerUser({ email, password: password.expose() }))
  }

  sendMail(email: string, purpose: MailPurpose): Promise<void> {
    return this.#ask(() => {
      const { emailPasswordAuth } = this.#app()
      return purpose === 'confirm'
        ? emailPasswordAuth.resendConfirmationEmail({ email })
        : emailPasswordAuth.sendResetPasswordEmail({ email })
    })
  }

  async signIn(credentials: Credentials): Promise<{ userId: string }> {
    // An anonymous user of this app would be returned without asking the server whether it still exists, so it is logged out first. That
    // works locally even if the server is unreachable; the sign-in itself then reports it.
    if (credentials.method === 'anonymous') await Promise.allSettled([this.#logOut()])
    try {
      const user = await this.#ask(() => this.#app().logIn(toSdkCredentials(credentials)))
      return { userId: user.id }
    } catch (error) {
      // The SDK keeps a user as signed in although its profile was never fetched, so that incomplete session is ended too.
      await Promise.allSettled([this.signOut()])
      throw error
    }
  }

  link(email: string, password: Secret): Promise<void> {
    return this.#ask(async () => {
      const user = await this.#userWithFreshToken()
      await user.linkCredentials(sdkCredentials.email(email, password.expose()))
    })
  }

  async signOut(): Promise<void> {
    try {
      await this.#ask(() => this.#logOut())
    } finally {
      await this.#tokens.end(this.#accountId)
    }
  }

  async deleteUser(): Promise<void> {
    await this.#ask(async () => this.#app().deleteUser(await this.#userWithFreshToken()))
    await this.#tokens.end(this.#accountId)
  }

  create(name: string): Promise<{ key: ServerKey; value: Secret }> {
    return this.#ask(async () => {
      const created = (await this.#user().apiKeys.create(name)) as unknown as SdkKey
      if (created.key === undefined) throw new Refusal('answer-invalid', { mayHaveHappened: true })
      return { key: fromSdk(created), value: new Secret(created.key) }
    })
  }

  fetchAll(): Promise<ServerKey[]> {
    return this.#ask(async () => ((await this.#user().apiKeys.fetchAll()) as unknown as SdkKey[]).map(fromSdk))
  }

  fetch(id: string): Promise<ServerKey> {
    return this.#ask(async () => fromSdk((await this.#user().apiKeys.fetch(objectId(id))) as unknown as SdkKey))
  }

  enable(id: string): Promise<void> {
    return this.#ask(() => this.#user().apiKeys.enable(objectId(id)))
  }

  disable(id: string): Promise<void> {
    return this.#ask(() => this.#user().apiKeys.disable(objectId(id)))
  }

  delete(id: string): Promise<void> {
    // Allowed on a full disk too: a key whose value could not be stored must still be deleted.
    return this.#ask(() => this.#user('even on a full disk').apiKeys.delete(objectId(id)))
  }

  /** After the server has ended the session, the SDK would still send key calls, with an empty token. Only `currentUser` shows that. */
  #user(onFullDisk?: 'even on a full disk'): SdkUser {
    const user = this.#app(onFullDisk).currentUser
    if (user === null || !user.isLoggedIn) throw new Refusal('session-ended')
    return user
  }

  /**
   * Fetches a new access token first, for linking and deleting: the old one may have expired or be left from the previous run. The SDK does
   * not renew it for a link, and for a deletion it would hide why the renewal failed.
   */
  async #userWithFreshToken(): Promise<SdkUser> {
    const user = this.#user()
    await user.refreshCustomData()
    return user
  }

  /** `removeUser` and `switchUser` are never called: one ends other sessions too, the other can kill the process. */
  async #logOut(): Promise<void> {
    const user = this.#app().currentUser
    if (user?.isLoggedIn === true) await user.logOut()
    else await this.#transport.revoke(this.#accountId)
  }

  /** The SDK's errors have no status and ambiguous numbers; the transport keeps the actual refusal behind each. */
  async #ask<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request()
    } catch (error) {
      if (error instanceof Refusal) throw error
      throw this.#transport.explain(error) ?? new Refusal('internal', { mayHaveHappened: true })
    }
  }
}

function fromSdk(key: SdkKey): ServerKey {
  return { id: key.id.toHexString(), name: key.name, enabled: !key.disabled }
}

function toSdkCredentials(credentials: Credentials): Realm.Credentials {
  switch (credentials.method) {
    case 'email':
      return sdkCredentials.email(credentials.email, credentials.password.expose())
    case 'api-key':
      return sdkCredentials.apiKey(credentials.value.expose())
    case 'custom-token':
      return sdkCredentials.customToken(credentials.token.expose())
    case 'anonymous':
      return sdkCredentials.anonymous()
  }
}
