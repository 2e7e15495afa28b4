import { SerialQueue } from '../../../shared/serial-queue.ts'
import { codeOf, Refusal } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'
import type { SdkKeyServer } from './key-server.ts'
import type { SdkApp, SdkUser } from './sdk.ts'

/** The SDK app that an account's values are tried in. */
export function trialId(accountId: string): string {
  return `${accountId}-verify`
}

/**
 * Logs in with a key's value, and out again. Never in the account's own app: the SDK looks sessions up by user alone, and a
 * key's user is the account's own, so that ending the one session could end the other.
 */
export class KeyTrial {
  readonly #session: SdkKeyServer
  readonly #app: () => SdkApp
  readonly #queue = new SerialQueue()

  /** @param session of an app of its own, whose tokens are kept in memory only */
  constructor(session: SdkKeyServer, app: () => SdkApp) {
    this.#session = session
    this.#app = app
  }

  /** One after another: two of one user's keys would be one session to the SDK. @throws Refusal as a sign-in does */
  run(value: Secret): Promise<{ userId: string; keyId: string | null }> {
    return this.#queue.runExclusive(() => this.#attempt(value))
  }

  async #attempt(value: Secret): Promise<{ userId: string; keyId: string | null }> {
    const { userId } = await this.#session.signIn({ method: 'api-key', value }).catch((error: unknown) => {
      // Disabled between the login and the profile. It must not be taken for the end of the account's own session.
      throw codeOf(error) === 'session-ended' ? new Refusal('wrong-credentials') : error
    })
    const keyId = keyIdOf(this.#app().currentUser)
    // Unrevoked it ends by age, here it is gone: what the login proved holds all the same.
    await Promise.allSettled([this.#session.signOut()])
    return { userId, keyId }
  }
}

/** The profile names the key a session came by. One that names several names the user's, and does not tell which it was. */
function keyIdOf(user: SdkUser | null): string | null {
  const named = user?.identities.filter(({ providerType }) => String(providerType) === 'api-key').map(({ id }) => id) ?? []
  const [id] = named
  return named.length === 1 && id !== undefined && /^[0-9a-f]{24}$/.test(id) ? id : null
}
