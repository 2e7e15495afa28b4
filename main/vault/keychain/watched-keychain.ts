import { items } from './items.ts'
import type { Keychain, KeychainFailure } from '../ports/keychain.ts'
import type { RefusalCode } from '../refusal.ts'

/** Why the keychain could not be read when it was last asked: for one item, or as a whole; null when it could. */
export type KeychainTrouble = (item?: string) => RefusalCode | null

/**
 * The keychain, and how it last went: whether values can be read is told with the list, and not found out by a click. A keychain can have
 * several keyrings of which one is locked: an item that it does not give says nothing of the others while it gives them.
 */
export function watchKeychain(keychain: Keychain, changed: () => void): { keychain: Keychain; trouble: KeychainTrouble } {
  let trouble: RefusalCode | null = null
  const refused = new Map<string, RefusalCode>()

  async function recordOutcome<R extends { outcome: Outcome }>(item: string, result: R): Promise<R> {
    const { outcome } = result
    const code: RefusalCode | null = isFailure(outcome) ? `keychain-${outcome}` : null
    const whole = isFailure(outcome) && (await failsForOthers(item, outcome)) ? code : null
    const known = refused.get(item) ?? null
    if (whole !== null) refused.clear()
    else if (code === null) refused.delete(item)
    else refused.set(item, code)
    const isNew = whole !== trouble || (whole === null && known !== code)
    trouble = whole
    if (isNew) changed()
    return result
  }

  /** Looked at in an item that every vault has, without a prompt. */
  async function failsForOthers(item: string, failure: KeychainFailure): Promise<boolean> {
    if (failure !== 'locked' && failure !== 'denied') return true
    return isFailure((await keychain.read(item === items.root ? items.canary : items.root, false)).outcome)
  }

  return {
    keychain: {
      read: async (item, prompt) => recordOutcome(item, await keychain.read(item, prompt)),
      write: async (item, secret) => recordOutcome(item, await keychain.write(item, secret)),
      remove: async (item) => recordOutcome(item, await keychain.remove(item)),
    },
    trouble: (item) => trouble ?? (item === undefined ? null : (refused.get(item) ?? null)),
  }
}

type Outcome = 'ok' | 'absent' | 'mismatch' | 'too-large' | KeychainFailure

function isFailure(outcome: Outcome): outcome is KeychainFailure {
  return outcome !== 'ok' && outcome !== 'absent' && outcome !== 'mismatch' && outcome !== 'too-large'
}
