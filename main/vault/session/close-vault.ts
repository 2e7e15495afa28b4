import { everyStep } from '../../../shared/every-step.ts'
import { journalEntry } from '../journal/journal.ts'
import { Refusal } from '../refusal.ts'
import type { UnlockedVault } from './unlocked-vault.ts'

/** Closes everything, whatever fails on the way. @throws the first failure, once everything is closed */
export async function closeVault(vault: UnlockedVault): Promise<void> {
  const failures: unknown[] = []
  const failed = (error: unknown): void => void failures.push(error)
  await everyStep(
    [
      () => journalLockState(vault, 'locked'),
      () => (vault.creations.size === 0 ? forgetUnlocked(vault) : Promise.allSettled(vault.creations).then(() => forgetUnlocked(vault))),
    ],
    failed,
  )
  if (failures.length > 0) throw failures[0]
}

/** Wipes the keys first. @throws the first failure, once everything is closed */
export async function forgetUnlocked({ root, cache, servers, anchor }: UnlockedVault): Promise<void> {
  const failures: unknown[] = []
  await everyStep(
    [() => root.wipe(), () => anchor?.close(), () => cache.close(), () => servers.forget()],
    (error) => void failures.push(error),
  )
  if (failures.length > 0) throw failures[0]
}

/** Opening and locking go on even if the journal line cannot be written; releases do not. */
export function journalLockState(vault: UnlockedVault, event: 'unlocked' | 'locked', detail: string | null = null): void {
  ifWritable(vault, () => vault.cache.commit(journalEntry(vault, event, { detail })))
}

function ifWritable(vault: UnlockedVault, write: () => void): void {
  try {
    if (vault.readOnly === null) write()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
