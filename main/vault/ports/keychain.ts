import type { Secret } from '../secret.ts'

/** Why the keychain did not do as asked. `absent` is a finding and not a failure: the keychain was read and has no such item. */
export type KeychainFailure = 'locked' | 'unavailable' | 'denied' | 'timeout' | 'library-missing'

/**
 * The OS keychain. Items are named by path-like strings of ASCII. Never rejects: every outcome is one of these, and a
 * write is only `ok` once it was read back and compared.
 */
export interface Keychain {
  /**
   * `mismatch`: what is there is not what this vault put there.
   * @param prompt false: nobody is asked for a password. An item that would need one is `locked`, and so is one of which that cannot be told
   */
  read(item: string, prompt?: boolean): Promise<{ outcome: 'ok'; secret: Secret } | { outcome: 'absent' | 'mismatch' | KeychainFailure }>
  write(item: string, secret: Secret): Promise<{ outcome: 'ok' | 'mismatch' | 'too-large' | KeychainFailure }>
  /** `ok` also when there was nothing to remove. */
  remove(item: string): Promise<{ outcome: 'ok' | KeychainFailure }>
}
