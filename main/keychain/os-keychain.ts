import type { Keychain, KeychainFailure } from '../vault/ports/keychain.ts'
import { Secret } from '../vault/secret.ts'
import { callKeytar, type Called, type Keytar } from './native-calls.ts'

const service = 'Latchkey'
/** Windows keeps no more in one credential, in bytes. */
const windowsLimit = 2560

export interface Options {
  /** Goes before every item's name, so that profiles do not see one another's items. */
  readonly profile: string
  /** A call may wait for a person who is asked for the keychain's password. In milliseconds. */
  readonly deadline?: number
  readonly platform?: NodeJS.Platform
}

/**
 * The OS keychain by keytar: Keychain on macOS, Credential Manager on Windows, a Secret Service on Linux.
 * `findCredentials` is never called: it crashes on a locked keyring and returns other programs' items.
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
      const found = await this.#locate(account)
      if (found !== 'unlocked') return { outcome: found }
    }
    const read = await this.#call(account, (keytar) => keytar.getPassword(service, account))
    if (read.outcome !== 'ok') return read
    if (read.value !== null) return { outcome: 'ok', secret: new Secret(read.value) }
    return { outcome: await this.#whyNothing(account) }
  }

  async write(item: string, secret: Secret): Promise<{ outcome: 'ok' | 'mismatch' | 'too-large' | KeychainFailure }> {
    const text = secret.expose()
    // keytar refuses an empty value and cuts at a NUL; caught here, neither is found out by a value that comes back other.
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

  /** On Linux keytar says nothing found for a locked item too; the Secret Service itself is asked which it is. */
  async #whyNothing(account: string): Promise<'absent' | KeychainFailure> {
    if (this.#platform !== 'linux') return 'absent'
    const found = await this.#locate(account)
    // Found and unlocked, but not given: a person said no, or the daemon failed between the two looks.
    return found === 'unlocked' ? 'denied' : found
  }

  /** Without a prompt. Only a Secret Service can be asked so; elsewhere an item counts as locked. */
  async #locate(account: string): Promise<'unlocked' | 'absent' | KeychainFailure> {
    if (this.#platform !== 'linux') return 'locked'
    const { locate } = await import('./secret-service.ts') // a D-Bus client, which a good day does not need
    return locate({ service, account })
  }

  async #call<T>(account: string, call: (keytar: Keytar) => Promise<T>): Promise<Called<T>> {
    const done = await callKeytar(call, this.#deadline)
    // Nobody answered the system's question for the keyring's password: that is a locked keychain, not a broken one.
    if (done.outcome === 'timeout' && (await this.#whyNothing(account)) === 'locked') return { outcome: 'locked' }
    return done
  }
}
