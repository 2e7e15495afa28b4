import type { Turn } from '../../../shared/serial-queue.ts'
import { randomBytes } from 'node:crypto'
import { type Account, newAccountId } from '../model/account.ts'
import { dropStoredAccount } from '../accounts/sign-in.ts'
import { saveDirectoryEntry } from '../accounts/account-directory.ts'
import { items, removeItem } from '../keychain/items.ts'
import { journalEntry } from '../journal/journal.ts'
import { sealedRecord, trackCreation } from '../keys/persist-new-key.ts'
import { storedLimit, type KeyRecord } from '../model/key.ts'
import { issuingService } from './issuing-service.ts'
import { isEarlierValue } from '../keys/earlier-value.ts'
import { requireKey } from '../keys/list-keys.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import type { Change } from '../ports/cache.ts'
import { requireWritable } from '../session/read-only.ts'
import { ignoreRefusal, Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'
import { flushSealedValue } from '../keys/flush-sealed-values.ts'
import { TimeSlice } from '../session/time-slice.ts'
import { removeValue } from '../keychain/value-items.ts'

/**
 * Stored values come from elsewhere and belong to an account without a server. They are revealed, copied and filled like others, but no
 * server can tell whether they still work.
 */
export interface NewValue {
  /** Valid for `parseKeyName`. */
  readonly name: string
  readonly value: Secret
}

/**
 * Stores values, all or none, and creates their account if it does not exist.
 * @param progress called after each value that was offered to the keychain
 * @param stop rolls back what was stored so far, including a new account
 * @returns the account
 * @throws Refusal `name-taken`, `stored-limit`, `read-only`, `keychain-…` if their index could not be written, `disk-full`. The reason of
 *   `stop`, after the rollback
 */
export function storeValues(
  vault: UnlockedVault,
  values: readonly NewValue[],
  progress: (done: number) => void = () => {},
  stop?: AbortSignal,
): Promise<Account> {
  return vault.queues.runExclusive('stored-values', async () => {
    requireWritable(vault)
    const existing = vault.cache.accounts().find(({ method }) => method === 'values')
    const account = existing ?? newStoredAccount()
    return vault.queues.runExclusive(account.id, async (turn) => {
      stop?.throwIfAborted()
      const before = vault.cache.keys(account.id)
      requireRoom(before, values)
      const records = await sealValues(vault, account.id, values)
      stop?.throwIfAborted()
      // The account is on disk before anything of it is in the keychain: after an interruption here it is listed, empty, and can be
      // forgotten.
      if (existing === undefined) vault.cache.commit([{ op: 'put-account', account }])
      try {
        await saveDirectoryEntry(vault, account)
        await vault.valueIndexes.list(account, [...before, ...records])
        await trackCreation(vault, () => commitInBatches(vault, turn, account, records))
      } catch (error) {
        const ids = records.map(({ id }) => id).filter((id) => vault.isOpen() && vault.cache.key(account.id, id) === null)
        if (ids.length > 0) await vault.valueIndexes.unlist(account, ids).catch(ignoreRefusal)
        if (existing === undefined && vault.isOpen() && vault.cache.keys(account.id).length === 0)
          await dropStoredAccount(vault, turn, account.id).catch(ignoreRefusal)
        throw error
      }
      vault.announce('accounts')
      let keychainAccepts = vault.keychainTrouble() === null
      for (const [done, record] of records.entries()) {
        if (stop?.aborted === true) {
          await rollBack(vault, turn, account.id, records.slice(0, done), records.slice(done))
          if (existing === undefined) await dropStoredAccount(vault, turn, account.id)
          stop.throwIfAborted()
        }
        if (keychainAccepts) await flushSealedValue(vault, record) // otherwise it stays sealed until the keychain takes it
        keychainAccepts &&= vault.keychainTrouble(items.value(account.id, record.id)) === null // each further try may prompt
        progress(done + 1)
      }
      vault.announce('keys', account.id)
      return account
    })
  })
}

/** Records per commit; some milliseconds. */
const batchSize = 100

/**
 * Commits in batches: a thousand values in one commit blocked the event loop for 56 ms. A lock waits for the last batch. If a batch fails,
 * the earlier ones are rolled back; none of their values has reached the keychain.
 * @throws Refusal `disk-full`
 */
async function commitInBatches(vault: UnlockedVault, turn: Turn, account: Account, records: readonly KeyRecord[]): Promise<void> {
  for (let start = 0; start < records.length; start += batchSize) {
    if (start > 0) await new Promise(setImmediate)
    const piece = records.slice(start, start + batchSize)
    try {
      vault.cache.commit([
        { op: 'put-account', account },
        ...piece.flatMap((key): Change[] => [{ op: 'put-key', key }, ...journalEntry(vault, 'imported', { key })]),
      ])
    } catch (error) {
      // What could not be rolled back is listed and can be removed later.
      if (start > 0) await rollBack(vault, turn, account.id, [], records.slice(0, start)).catch(ignoreRefusal)
      throw error
    }
  }
}

/** @throws Refusal `locked` if the vault was locked meanwhile */
async function sealValues(vault: UnlockedVault, accountId: string, values: readonly NewValue[]): Promise<KeyRecord[]> {
  const slice = new TimeSlice()
  const records: KeyRecord[] = []
  for (const { name, value } of values) {
    if (slice.isOver) await slice.next()
    records.push(
      sealedRecord(
        vault,
        accountId,
        { id: newStoredValueId(vault.clock()), name, enabled: true, service: await issuingService(value) },
        value,
      ),
    )
  }
  return records
}

/**
 * Removes a stored value and its earlier values for good. `typedName` is the person's confirmation.
 * @throws Refusal `name-mismatch`, `key-not-found`, `read-only`, `keychain-…`
 */
export function removeStoredValue(vault: UnlockedVault, accountId: string, id: string, typedName: string): Promise<void> {
  return vault.queues.runExclusive(accountId, async (turn) => {
    requireWritable(vault)
    requireStoredAccount(vault, accountId)
    const record = requireKey(vault, accountId, id)
    if (record.name !== typedName) throw new Refusal('name-mismatch')
    for (const earlier of vault.cache.keys(accountId).filter((one) => isEarlierValue(one, record)))
      await dropStoredValue(vault, turn, earlier)
    await dropStoredValue(vault, turn, record)
    vault.announce('keys', accountId)
  })
}

/** The value is removed first and the record last: after an interruption it can be removed again. */
export async function dropStoredValue(vault: UnlockedVault, _turn: Turn, record: KeyRecord): Promise<void> {
  const { accountId, id } = record
  await removeValue(vault, accountId, id)
  vault.cache.commit([{ op: 'drop-key', accountId, id }, ...journalEntry(vault, 'value-removed', { key: record })])
}

/**
 * Records of values that the keychain never got are dropped first: after a lock meanwhile, none may remain that would be stored later. A
 * value that the keychain does not remove stays listed and can be removed again.
 * @throws Refusal `keychain-…`
 */
async function rollBack(
  vault: UnlockedVault,
  _turn: Turn,
  accountId: string,
  given: readonly KeyRecord[],
  sealed: readonly KeyRecord[],
): Promise<void> {
  const drop = (key: KeyRecord): Change[] => [{ op: 'drop-key', accountId, id: key.id }, ...journalEntry(vault, 'value-removed', { key })]
  try {
    for (let start = 0; start < sealed.length; start += batchSize) {
      if (start > 0) await new Promise(setImmediate)
      vault.cache.commit(sealed.slice(start, start + batchSize).flatMap(drop))
    }
    for (const key of given) {
      await removeItem(vault.keychain, items.value(accountId, key.id))
      vault.cache.commit(drop(key))
    }
  } finally {
    vault.announce('keys', accountId)
  }
  await vault.valueIndexes.unlist(
    accountOf(vault, accountId),
    [...given, ...sealed].map(({ id }) => id),
  )
}

/** @throws Refusal `not-allowed` for an account with a server, which deletes its keys itself */
export function requireStoredAccount(vault: UnlockedVault, accountId: string): void {
  if (accountOf(vault, accountId).method !== 'values') throw new Refusal('not-allowed')
}

function requireRoom(before: readonly KeyRecord[], values: readonly NewValue[]): void {
  const taken = new Set(before.filter(({ goneAt }) => goneAt === null).map(({ name }) => name.toLowerCase()))
  if (before.length + values.length > storedLimit) throw new Refusal('stored-limit')
  for (const { name } of values) {
    if (taken.has(name.toLowerCase())) throw new Refusal('name-taken')
    taken.add(name.toLowerCase())
  }
}

function newStoredAccount(): Account {
  const nobody = { server: null, method: 'values', email: null, userId: '' } as const
  return { id: newAccountId(), ...nobody, signedIn: true, syncedAt: null, trouble: null }
}

/** Formatted like a server's id, which starts with the time. @param at milliseconds since 1970 */
function newStoredValueId(at: number): string {
  return (
    Math.floor(at / 1000)
      .toString(16)
      .padStart(8, '0')
      .slice(-8) + randomBytes(8).toString('hex')
  )
}
