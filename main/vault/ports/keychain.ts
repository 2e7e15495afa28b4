import type { Secret } from '../secret.ts'

/** Why a keychain operation failed. `absent` is a result and not a failure: the keychain was read and has no such item. */
export type KeychainFailure = 'locked' | 'unavailable' | 'denied' | 'timeout' | 'library-missing'

export type WriteOutcome = 'ok' | 'mismatch' | 'too-large' | KeychainFailure

/**
 * The OS keychain. Items are named by path-like ASCII strings. No method rejects; every result is one of these outcomes. A write is `ok`
 * only once the value was read back and compared.
 */
export interface Keychain {
  /**
   * `mismatch`: the item is not what this vault stored.
   * @param prompt false: never prompts for a password. An item that would need one is `locked`, and so is one for which that is unknown
   */
  read(item: string, prompt?: boolean): Promise<{ outcome: 'ok'; secret: Secret } | { outcome: 'absent' | 'mismatch' | KeychainFailure }>
  write(item: string, secret: Secret): Promise<{ outcome: WriteOutcome }>
  /** `ok` also if there was nothing to remove. */
  remove(item: string): Promise<{ outcome: 'ok' | KeychainFailure }>
}
