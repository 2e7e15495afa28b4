import type { Server } from '../../vault/model/account.ts'
import type { Keychain } from '../../vault/ports/keychain.ts'
import type { KeyServer, KeyServers } from '../../vault/ports/key-servers.ts'
import type { Secret } from '../../vault/secret.ts'
import type { Limits, SendRequest } from './exchange.ts'
import { SdkKeyServer } from './key-server.ts'
import { KeyTrial, trialId } from './key-trial.ts'
import type { OpenApp, SdkApp } from './sdk.ts'
import { openApp, removeApps, requireDiskSpace, useTransport } from './sdk.ts'
import { Tokens } from './tokens.ts'
import { Transport } from './transport.ts'

export interface SdkKeyServersOptions {
  /** The folder of the SDK's own files. */
  readonly folder: string
  readonly keychain: Keychain
  readonly network: SendRequest
  /** The backend in this process, and the id of its only app. */
  readonly embedded: { readonly appId: string; readonly reach: SendRequest }
  readonly limits?: Limits
}

/** The SDK's apps: one for each account, and one more for testing the values of its keys. */
export class SdkKeyServers implements KeyServers {
  readonly #options: SdkKeyServersOptions
  readonly #tokens: Tokens
  readonly #transport: Transport
  readonly #open = new Map<string, SdkKeyServer>()
  readonly #trials = new Map<string, KeyTrial>()

  constructor(options: SdkKeyServersOptions) {
    this.#options = options
    this.#tokens = new Tokens(options.keychain)
    this.#transport = new Transport(this.#tokens, options.limits)
    useTransport(this.#transport)
  }

  of({ id, server }: { id: string; server: Server | null }): KeyServer {
    const open = this.#open.get(id)
    if (open !== undefined) return open
    const keyServer = new SdkKeyServer(id, this.#appOf(id, server), this.#transport, this.#tokens)
    this.#open.set(id, keyServer)
    return keyServer
  }

  tryValue({ id, server }: { id: string; server: Server | null }, value: Secret): Promise<{ userId: string; keyId: string | null }> {
    const trial = this.#trials.get(id) ?? this.#newTrial(trialId(id), server)
    this.#trials.set(id, trial)
    return trial.run(value)
  }

  /** Drops the tokens of test logins too; they are not stored under any account's id. */
  forget(): void {
    this.#tokens.clear()
  }

  retain(accountIds: readonly string[]): void {
    removeApps(this.#options.folder, (accountId) => !accountIds.includes(accountId))
  }

  #newTrial(id: string, server: Server | null): KeyTrial {
    this.#tokens.keepInMemory(id)
    const app = this.#appOf(id, server)
    return new KeyTrial(new SdkKeyServer(id, app, this.#transport, this.#tokens), app)
  }

  /** @returns the app, opened at the first call: listing and revealing need no SDK session */
  #appOf(id: string, server: Server | null): OpenApp {
    const { folder, network, embedded } = this.#options
    const baseUrl = this.#transport.connect(
      id,
      server === null
        ? { server: { url: 'http://embedded.latchkey.invalid', appId: embedded.appId }, reach: embedded.reach }
        : { server, reach: network },
    )
    let app: SdkApp | null = null
    return (onFullDisk) => {
      if (app === null || onFullDisk === undefined) requireDiskSpace(folder)
      return (app ??= openApp(folder, id, baseUrl))
    }
  }
}
