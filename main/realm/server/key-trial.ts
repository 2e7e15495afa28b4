import { SerialQueue } from '../../../shared/serial-queue.ts'
import { codeOf, Refusal } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'
import type { SdkKeyServer } from './key-server.ts'
import type { SdkApp, SdkUser } from './sdk.ts'

/** The id of the SDK app in which an account's values are tested. */
export function trialId(accountId: string): string {
  return `${accountId}-verify`
}

/**
 * Logs in with a key's value, and out again. It never uses the account's own app: the SDK identifies sessions by user alone, and a key's
 * user is the account's own, so that ending the one session could end the other.
 */
export class KeyTrial {
  readonly #session: SdkKeyServer
  readonly #app: () => SdkApp
  readonly #queue = new SerialQueue()

  /** @param session of a separate app, whose tokens are kept in memory only */
  constructor(session: SdkKeyServer, app: () => SdkApp) {
    this.#session = session
    this.#app = app
  }

  /** One after another: two keys of one user would share one session in the SDK. @throws Refusal those of a sign-in */
  run(value: Secret): Promise<{ userId: string; keyId: string | null }> {
    return this.#queue.runExclusive(() => this.#attempt(value))
  }

  async #attempt(value: Secret): Promise<{ userId: string; keyId: string | null }> {
    const { userId } = await this.#session.signIn({ method: 'api-key', value }).catch((error: unknown) => {
      // The key was disabled between the login and the profile. This must not be mistaken for the end of the account's own session.
      throw codeOf(error) === 'session-ended' ? new Refusal('wrong-credentials') : error
    })
    const keyId = keyIdOf(this.#app().currentUser)
    // If the logout fails, the session expires by age; the login has proved the value in any case.
    await Promise.allSettled([this.#session.signOut()])
    return { userId, keyId }
  }
}

/** The profile names the key that opened the session. If it names several, they are the user's keys, and it is unknown which one it was. */
function keyIdOf(user: SdkUser | null): string | null {
  const named = user?.identities.filter(({ providerType }) => String(providerType) === 'api-key').map(({ id }) => id) ?? []
  const [id] = named
  return named.length === 1 && id !== undefined && /^[0-9a-f]{24}$/.test(id) ? id : null
}
