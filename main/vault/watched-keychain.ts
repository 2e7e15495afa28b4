import type { Keychain, KeychainFailure } from './ports.ts'
import type { RefusalCode } from './refusal.ts'

/** The keychain, and how it last went: whether values can be read is told with the list, and not found out by a click. */
export function watched(keychain: Keychain, changed: () => void): { keychain: Keychain; trouble: () => RefusalCode | null } {
  let trouble: RefusalCode | null = null
  const note = <R extends { outcome: Outcome }>(result: R): R => {
    const { outcome } = result
    const now: RefusalCode | null = isFailure(outcome) ? `keychain-${outcome}` : null
    if (now !== trouble) {
      trouble = now
      changed()
    }
    return result
  }
  return {
    keychain: {
      read: async (item) => note(await keychain.read(item)),
      write: async (item, secret) => note(await keychain.write(item, secret)),
      remove: async (item) => note(await keychain.remove(item)),
    },
    trouble: () => trouble,
  }
}

type Outcome = 'ok' | 'absent' | 'mismatch' | 'too-large' | KeychainFailure

function isFailure(outcome: Outcome): outcome is KeychainFailure {
  return outcome !== 'ok' && outcome !== 'absent' && outcome !== 'mismatch' && outcome !== 'too-large'
}
