import type { Keychain, KeychainFailure } from '../../../main/vault/ports/keychain.ts'
import { Secret } from '../../../main/vault/secret.ts'

export type KeychainCall = 'read' | 'write' | 'remove'

/** The fake keychain in memory: the same outcomes as the real one, in a state that a test sets. */
export class MemoryKeychain implements Keychain {
  /** The items in the keychain. Tests read this; the vault cannot. */
  readonly items = new Map<string, string>()
  /** Each call in order, such as `read root`. Names of items, never values. */
  readonly calls: string[] = []
  /** How every call fails; null while the keychain is open. */
  failure: KeychainFailure | null = null
  /** How a single call fails, called before each; null to let it succeed. May wait, like a system prompt. */
  failing: (call: KeychainCall, item: string) => KeychainFailure | null | Promise<KeychainFailure | null> = () => null
  /** Reports that it took a value although it did not. */
  forgetful = false
  /** Maximum size of an item in bytes: 2560 on Windows. */
  limit = Number.POSITIVE_INFINITY

  /** Called with each item that is read, and whether a prompt is allowed. */
  asked: (item: string, prompt: boolean) => void = () => undefined

  async read(item: string, prompt = true): Promise<{ outcome: 'ok'; secret: Secret } | { outcome: 'absent' | KeychainFailure }> {
    this.asked(item, prompt)
    const failure = await this.#begin('read', item)
    if (failure !== null) return { outcome: failure }
    const text = this.items.get(item)
    return text === undefined ? { outcome: 'absent' } : { outcome: 'ok', secret: new Secret(text) }
  }

  async write(item: string, secret: Secret): Promise<{ outcome: 'ok' | 'mismatch' | 'too-large' | KeychainFailure }> {
    const text = secret.expose()
    if (text === '' || text.includes('\0')) return { outcome: 'mismatch' }
    if (Buffer.byteLength(text) > this.limit) return { outcome: 'too-large' }
    const failure = await this.#begin('write', item)
    if (failure !== null) return { outcome: failure }
    if (this.forgetful) return { outcome: 'mismatch' }
    this.items.set(item, text)
    return { outcome: 'ok' }
  }

  async remove(item: string): Promise<{ outcome: 'ok' | KeychainFailure }> {
    const failure = await this.#begin('remove', item)
    if (failure !== null) return { outcome: failure }
    this.items.delete(item)
    return { outcome: 'ok' }
  }

  async #begin(call: KeychainCall, item: string): Promise<KeychainFailure | null> {
    this.calls.push(`${call} ${item}`)
    return this.failure ?? (await this.failing(call, item))
  }
}
