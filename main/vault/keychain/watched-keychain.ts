import { items } from './items.ts'
import type { Keychain, KeychainFailure, WriteOutcome } from '../ports/keychain.ts'
import type { RefusalCode } from '../refusal.ts'

/** Why the last read failed: for one item, or for the whole keychain; null if it succeeded. */
export type KeychainTrouble = (item?: string) => RefusalCode | null

/**
 * Wraps a keychain and remembers its last outcomes, so that the key list shows whether values can be read before anybody clicks. A keychain
 * can have several keyrings of which one is locked: a locked item says nothing about the others as long as those can be read.
 */
export function watchKeychain(keychain: Keychain, changed: () => void): { keychain: Keychain; trouble: KeychainTrouble } {
  let trouble: RefusalCode | null = null
  const codeByItem = new Map<string, RefusalCode>()

  async function recordOutcome<R extends { outcome: Outcome }>(item: string, result: R): Promise<R> {
    const { outcome } = result
    const code: RefusalCode | null = isFailure(outcome) ? `keychain-${outcome}` : null
    const keychainCode = isFailure(outcome) && (await failsForOthers(item, outcome)) ? code : null
    const previousCode = codeByItem.get(item) ?? null
    if (keychainCode !== null) codeByItem.clear()
    else if (code === null) codeByItem.delete(item)
    else codeByItem.set(item, code)
    const isNew = keychainCode !== trouble || (keychainCode === null && previousCode !== code)
    trouble = keychainCode
    if (isNew) changed()
    return result
  }

  /** Whether other items fail too. Checked without a prompt, on an item that every vault has. */
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
    trouble: (item) => trouble ?? (item === undefined ? null : (codeByItem.get(item) ?? null)),
  }
}

type Outcome = WriteOutcome | 'absent'

function isFailure(outcome: Outcome): outcome is KeychainFailure {
  return outcome !== 'ok' && outcome !== 'absent' && outcome !== 'mismatch' && outcome !== 'too-large'
}
