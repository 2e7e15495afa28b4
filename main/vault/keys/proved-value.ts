import type { Turn } from '../../../shared/serial-queue.ts'
import { randomBytes } from 'node:crypto'
import { items, readItem } from '../keychain/items.ts'
import { journalEntry } from '../journal/journal.ts'
import { sealedRecord } from './persist-new-key.ts'
import type { KeyRecord } from '../model/key.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { codeOf, Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'
import { flushSealedValue } from './flush-sealed-values.ts'

/**
 * Keeps a value that has opened a key's account as that key's value. A value that is there already, and is another one, is replaced only
 * when the login named this very key. It then goes to the trash, in the same commit.
 *
 * @param provedKeyId the id of the key that the login was told to be by; null if the server does not tell
 * @throws Refusal `value-other-key` for the value of another key of this account; `value-unproved` if it cannot be told which key's value
 *   it is, and this one has or had another; `keychain-…` if it cannot be told what is there. Nothing is changed then
 */
export async function persistProvedValue(
  opened: UnlockedVault,
  _turn: Turn,
  key: KeyRecord,
  value: Secret,
  provedKeyId: string | null,
): Promise<KeyRecord> {
  const { accountId, id } = key
  const isProved = provedKeyId === id
  if (!isProved && (isAnotherKey(opened, accountId, id, provedKeyId) || isValueOfAnotherKey(opened, key, value)))
    throw new Refusal('value-other-key')
  const held = await storedValue(opened, key, isProved)
  const replacedValue = held === null || held.equals(value) ? null : held
  if (!isProved && (replacedValue !== null || (held === null && hadOtherValue(opened, key, value)))) throw new Refusal('value-unproved')
  const trashedRecord = replacedValue === null ? null : toTrashedRecord(opened, key, replacedValue)
  const record: KeyRecord = { ...sealedRecord(opened, accountId, key, value), verified: { verdict: 'works', at: opened.clock() } }
  opened.cache.commit([
    ...(trashedRecord === null ? [] : [{ op: 'put-key' as const, key: trashedRecord }]),
    { op: 'put-key', key: record },
    ...journalEntry(opened, 'value-added', { key: record }),
  ])
  // The keychain has the old value in its new place before the new one is written over it.
  if (trashedRecord !== null && (await flushSealedValue(opened, trashedRecord)).sealed !== null) return record
  return flushSealedValue(opened, record)
}

/**
 * Whether a login told that its value is another key's. Only an id that is a key of this account tells that: on a server of another make
 * it may name something else.
 */
export function isAnotherKey(opened: UnlockedVault, accountId: string, id: string, named: string | null): boolean {
  return named !== null && named !== id && opened.cache.key(accountId, named) !== null
}

/** Whether it is the value that another key of the account has or had here. */
function isValueOfAnotherKey({ cache, root }: UnlockedVault, { accountId, id }: KeyRecord, value: Secret): boolean {
  return cache.keys(accountId).some((key) => {
    return key.id !== id && key.fingerprint !== null && key.fingerprint === root.fingerprint(value, items.value(accountId, key.id))
  })
}

/** An item that was damaged in the keychain can be shown by nobody: a proved value may take its place. */
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

/** A keychain may have nothing to give for a moment, as a keyring that has just been started: the value may come back. */
function hadOtherValue({ root }: UnlockedVault, { accountId, id, fingerprint }: KeyRecord, value: Secret): boolean {
  return fingerprint !== null && fingerprint !== root.fingerprint(value, items.value(accountId, id))
}

/** The old value as what is left of a key that no server lists. Its id begins with the key's own time. */
function toTrashedRecord(opened: UnlockedVault, key: KeyRecord, value: Secret): KeyRecord {
  const id = key.id.slice(0, 8) + randomBytes(8).toString('hex')
  return { ...sealedRecord(opened, key.accountId, { ...key, id, enabled: false }, value), goneAt: opened.clock() }
}
