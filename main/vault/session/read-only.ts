import type { UnlockedVault } from './unlocked-vault.ts'
import { Refusal } from '../refusal.ts'

/** @throws Refusal `read-only`: a change to the temporary cache would be lost with it */
export function requireWritable({ readOnly }: Pick<UnlockedVault, 'readOnly'>): void {
  if (readOnly !== null) throw new Refusal('read-only')
}
