import type { Turn } from '../../../shared/serial-queue.ts'
import { items, readItem } from '../keychain/items.ts'
import type { KeyRecord } from '../model/key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { codeOf, Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'
import { replaceValue } from './replace-value.ts'

/**
 * Stores a value that has opened a key's account as that key's value. A different value that is already stored is replaced only if the
 * login named this very key; it goes to the trash in the same commit.
 *
 * @param provedKeyId the id of the key that the login was made with; null if the server does not tell
 * @throws Refusal `value-other-key` for the value of another key of this account; `value-unproved` if it is unknown whose value it is, and
 *   this key has or had another one; `keychain-…` if the stored value cannot be read. Nothing is changed then
 */
export async function persistProvedValue(
  vault: UnlockedVault,
  turn: Turn,
  key: KeyRecord,
  value: Secret,
  provedKeyId: string | null,
): Promise<KeyRecord> {
  const { accountId, id } = key
  const isProved = provedKeyId === id
  if (!isProved && (isAnotherKey(vault, accountId, id, provedKeyId) || isValueOfAnotherKey(vault, key, value)))
    throw new Refusal('value-other-key')
  const currentValue = await storedValue(vault, key, isProved)
  const replacedValue = currentValue === null || currentValue.equals(value) ? null : currentValue
  if (!isProved && (replacedValue !== null || (currentValue === null && hadOtherValue(vault, key, value))))
    throw new Refusal('value-unproved')
  return replaceValue(vault, turn, key, {
    value,
    before: currentValue,
    verified: { verdict: 'works', at: vault.clock() },
    service: null,
    details: key.details,
    event: 'value-added',
  })
}

/**
 * Whether a login proved that its value is another key's. Only the id of a key of this account proves that: another implementation of the
 * server may put something else there.
 */
export function isAnotherKey(vault: UnlockedVault, accountId: string, id: string, named: string | null): boolean {
  return named !== null && named !== id && vault.cache.key(accountId, named) !== null
}

/** Whether another key of the account has or had this value here. */
function isValueOfAnotherKey({ cache, root }: UnlockedVault, { accountId, id }: KeyRecord, value: Secret): boolean {
  return cache.keys(accountId).some((key) => {
    return key.id !== id && key.fingerprint !== null && key.fingerprint === root.fingerprint(value, items.value(accountId, key.id))
  })
}

/** A damaged keychain item cannot be read by anybody, so a proved value may replace it. */
async function storedValue(
  { root, keychain }: UnlockedVault,
  { accountId, id, sealed }: KeyRecord,
  isProved: boolean,
): Promise<Secret | null> {
  const item = items.value(accountId, id)
  if (sealed !== null) return root.open(sealed, item)
  return readItem(keychain, item).catch((error: unknown) => {
    if (isProved && codeOf(error) === 'keychain-mismatch') return null
    throw error
  })
}

/** A keyring that has just started may report nothing for a moment. The old value may come back. */
function hadOtherValue({ root }: UnlockedVault, { accountId, id, fingerprint }: KeyRecord, value: Secret): boolean {
  return fingerprint !== null && fingerprint !== root.fingerprint(value, items.value(accountId, id))
}
