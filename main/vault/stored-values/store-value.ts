import { switchAccount } from '../accounts/sign-in.ts'
import { type KeySummary, parseKeyName } from '../model/key.ts'
import { summaryOf } from '../model/key-summary.ts'
import { Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'
import { requireWritable } from '../session/read-only.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { type PlannedValue, planImport } from './import-plan.ts'
import { storeValues } from './stored-values.ts'
import { parseValue } from './value-fault.ts'

/**
 * Stores a value that a person has from elsewhere, and makes the account of stored values the current one.
 * @param maxBytes bytes of a value that the keychain in use takes
 * @returns its key, and the key that already had this value; null if no key had it
 * @throws Refusal `name-invalid`, `value-unreadable`, `value-too-long`, or those of `storeValues`. Nothing is stored then
 */
export async function storeValue(
  vault: UnlockedVault,
  { name, value: typed, maxBytes }: { readonly name: string; readonly value: Secret; readonly maxBytes: number },
): Promise<{ key: KeySummary; same: PlannedValue['same'] }> {
  requireWritable(vault)
  parseKeyName(name)
  const value = parseValue(typed, maxBytes)
  const [planned] = await planImport(vault, [{ name, value }])
  const account = await storeValues(vault, [{ name, value }])
  switchAccount(vault, account.id)
  const record = vault.cache.keys(account.id).find((key) => key.name === name)
  if (record === undefined) throw new Refusal('key-not-found') // removed meanwhile
  return { key: summaryOf(vault, record), same: planned?.same ?? null }
}
