import type { Server } from '../vault/account.ts'
import type { Keychain, KeyServer, KeyServers } from '../vault/ports.ts'
import type { Limits, Reach } from './exchange.ts'
import { SdkKeyServer } from './key-server.ts'
import type { SdkApp } from './sdk.ts'
import { openApp, removeApps, useTransport } from './sdk.ts'
import { Tokens } from './tokens.ts'
import { Transport } from './transport.ts'

export interface Surroundings {
  /** The folder of the SDK's own files. */
  readonly folder: string
  readonly keychain: Keychain
  readonly network: Reach
  /** The backend in this process, and the id of its one app. */
  readonly embedded: { readonly appId: string; readonly reach: Reach }
  readonly limits?: Limits
}

/** The SDK, one app an account. */
export class SdkKeyServers implements KeyServers {
  readonly #surroundings: Surroundings
  readonly #tokens: Tokens
  readonly #transport: Transport
  readonly #open = new Map<string, SdkKeyServer>()

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
    this.#tokens = new Tokens(surroundings.keychain)
    this.#transport = new Transport(this.#tokens, surroundings.limits)
    useTransport(this.#transport)
  }

  of({ id, server }: { id: string; server: Server | null }): KeyServer {
    const known = this.#open.get(id)
    if (known !== undefined) return known
    const { folder, network, embedded } = this.#surroundings
    const baseUrl = this.#transport.connect(
      id,
      server === null
        ? { server: { url: 'http://embedded.latchkey.invalid', appId: embedded.appId }, reach: embedded.reach }
        : { server, reach: network },
    )
    // Opened at the first call and not before: listing and revealing need no SDK session.
    let app: SdkApp | null = null
    const made = new SdkKeyServer(id, () => (app ??= openApp(folder, id, baseUrl)), this.#transport, this.#tokens)
    this.#open.set(id, made)
    return made
  }

  retain(accountIds: readonly string[]): void {
    removeApps(this.#surroundings.folder, (accountId) => !accountIds.includes(accountId))
  }
}
