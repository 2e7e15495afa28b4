import type { UnlockedVault } from './unlocked-vault.ts'
import { Refusal } from '../refusal.ts'

/** @throws Refusal `read-only`: what would be changed on a cache of the moment would be forgotten with it */
export function requireWritable({ readOnly }: Pick<UnlockedVault, 'readOnly'>): void {
  if (readOnly !== null) throw new Refusal('read-only')
}
