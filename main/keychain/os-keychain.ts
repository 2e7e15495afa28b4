import type { Keychain, KeychainFailure, WriteOutcome } from '../vault/ports/keychain.ts'
import { Secret } from '../vault/secret.ts'
import { callKeytar, type Called, type Keytar } from './native-calls.ts'

const service = 'Latchkey'
/** Windows' limit for one credential, in bytes. */
const windowsLimit = 2560

export interface Options {
  /** Prefix of every item's name, so that profiles do not share items. */
  readonly profile: string
  /** How long a call may take, including a prompt for the keychain's password, in milliseconds. */
  readonly deadline?: number
  readonly platform?: NodeJS.Platform
}

/**
 * The OS keychain through keytar: Keychain on macOS, Credential Manager on Windows, a Secret Service on Linux. `findCredentials` is never
 * called: it crashes on a locked keyring and returns other programs' items.
 */
export class OsKeychain implements Keychain {
  readonly #profile: string
  readonly #deadline: number
  readonly #platform: NodeJS.Platform

  constructor({ profile, deadline = 60_000, platform = process.platform }: Options) {
    this.#profile = profile
    this.#deadline = deadline
    this.#platform = platform
  }

  async read(item: string, prompt = true): Promise<{ outcome: 'ok'; secret: Secret } | { outcome: 'absent' | KeychainFailure }> {
    const account = this.#account(item)
    if (!prompt) {
      const state = await this.#locate(account)
      if (state !== 'unlocked') return { outcome: state }
    }
    const read = await this.#call(account, (keytar) => keytar.getPassword(service, account))
    if (read.outcome !== 'ok') return read
    if (read.value !== null) return { outcome: 'ok', secret: new Secret(read.value) }
    return { outcome: await this.#whyNothing(account) }
  }

  async write(item: string, secret: Secret): Promise<{ outcome: WriteOutcome }> {
    const text = secret.expose()
    // keytar refuses an empty value and truncates at a NUL; both are refused here, before the read-back would notice.
    if (text === '' || text.includes('\0')) return { outcome: 'mismatch' }
    if (this.#platform === 'win32' && Buffer.byteLength(text) > windowsLimit) return { outcome: 'too-large' }
    const account = this.#account(item)
    const written = await this.#call(account, (keytar) => keytar.setPassword(service, account, text))
    if (written.outcome !== 'ok') return written
    const back = await this.read(item)
    if (back.outcome === 'ok') return { outcome: back.secret.equals(secret) ? 'ok' : 'mismatch' }
    return { outcome: back.outcome === 'absent' ? 'mismatch' : back.outcome }
  }

  async remove(item: string): Promise<{ outcome: 'ok' | KeychainFailure }> {
    const account = this.#account(item)
    const removed = await this.#call(account, (keytar) => keytar.deletePassword(service, account))
    if (removed.outcome !== 'ok') return removed
    if (removed.value) return { outcome: 'ok' }
    const why = await this.#whyNothing(account)
    return { outcome: why === 'absent' ? 'ok' : why }
  }

  #account(item: string): string {
    return `${this.#profile}/${item}`
  }

  /** On Linux keytar reports nothing for a locked item too, so the Secret Service itself is asked which it is. */
  async #whyNothing(account: string): Promise<'absent' | KeychainFailure> {
    if (this.#platform !== 'linux') return 'absent'
    const state = await this.#locate(account)
    // Found and unlocked, but not returned: a person declined, or the daemon failed between the two calls.
    return state === 'unlocked' ? 'denied' : state
  }

  /** Looks for the item without a prompt. Only a Secret Service allows that; elsewhere an item counts as locked. */
  async #locate(account: string): Promise<'unlocked' | 'absent' | KeychainFailure> {
    if (this.#platform !== 'linux') return 'locked'
    const { locate } = await import('./secret-service.ts') // loads a D-Bus client, which is only needed after a failure
    return locate({ service, account })
  }

  async #call<T>(account: string, call: (keytar: Keytar) => Promise<T>): Promise<Called<T>> {
    const result = await callKeytar(call, this.#deadline)
    // Nobody answered the system's prompt for the keyring's password, so the keychain is locked and not broken.
    if (result.outcome === 'timeout' && (await this.#whyNothing(account)) === 'locked') return { outcome: 'locked' }
    return result
  }
}
