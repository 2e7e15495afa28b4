import { type KeySummary, parseKeyName } from '../model/key.ts'
import { summaryOf } from '../model/key-summary.ts'
import { Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'
import { requireWritable } from '../session/read-only.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { type PlannedValue, planImport } from './import-plan.ts'
import { storeValues } from './stored-values.ts'
import { parseValue } from './value-fault.ts'

type Same = PlannedValue['same']

export interface ValueToStore {
  readonly name: string
  readonly value: Secret
  /** Bytes of a value that the keychain in use takes. */
  readonly maxBytes: number
  /** Called when everything is valid and nothing is stored. What it throws is thrown, and nothing is stored. */
  readonly confirm?: (same: Same) => Promise<void>
}

/**
 * Stores a value that a person has from elsewhere.
 * @returns its account and key, and the key that already had this value; null if no key had it
 * @throws Refusal `name-invalid`, `name-taken`, `value-unreadable`, `value-too-long`, or those of `storeValues`. Nothing is stored then
 */
export async function storeValue(
  vault: UnlockedVault,
  { name, value: typed, maxBytes, confirm }: ValueToStore,
): Promise<{ accountId: string; key: KeySummary; same: Same }> {
  requireWritable(vault)
  parseKeyName(name)
  const value = parseValue(typed, maxBytes)
  const [planned] = await planImport(vault, [{ name, value }])
  if (planned?.name !== name) throw new Refusal('name-taken')
  await confirm?.(planned.same)
  const { id: accountId } = await storeValues(vault, [{ name, value }])
  const record = vault.cache.keys(accountId).find((key) => key.name === name && key.goneAt === null)
  if (record === undefined) throw new Refusal('key-not-found') // removed meanwhile
  return { accountId, key: summaryOf(vault, record), same: planned.same }
}
