import { SerialQueue } from '../../../shared/serial-queue.ts'
import { items, readItem, writeItem } from './items.ts'
import { areAllValuesKnown } from './known-values.ts'
import { refreshKeys } from '../keys/list-keys.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import { flushPendingLines } from '../journal/pending-lines.ts'
import type { Keychain, KeychainFailure, WriteOutcome } from '../ports/keychain.ts'
import { requireWritable } from '../session/read-only.ts'
import { Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'
import { endInterruptedSignIns } from '../accounts/pending-sign-ins.ts'

/** The items that belong to no account. */
const vaultItems = [
  items.root,
  items.rootAside,
  items.canary,
  items.trial, // a replacement that was killed may have left it
  items.journalHead,
  items.local,
  items.signIns,
  items.accounts,
  items.accountsAside,
]

/**
 * Every item that the vault may have in its keychain, as far as the cache and the indexes that were read know. They include the values of
 * deleted keys.
 */
export function itemsOf({ cache, valueIndexes }: Pick<UnlockedVault, 'cache' | 'valueIndexes'>): string[] {
  const accounts = cache.accounts().flatMap((account) => {
    const { id } = account
    const index = valueIndexes.known(account)
    const values = new Set([...cache.keys(id).map((key) => key.id), ...index.ids])
    return [items.account(id), items.session(id), ...index.items, ...[...values].map((key) => items.value(id, key))]
  })
  return [...vaultItems, ...accounts]
}

/**
 * Ensures that the cache knows every value before the vault leaves its keychain: fetches the list of an account that never fetched one, and
 * settles a creation whose outcome is unknown.
 * @throws Refusal why that is impossible: the server's reason, `signed-out`, `creation-unsettled`; `read-only`
 */
export async function requireAllValuesKnown(vault: UnlockedVault): Promise<void> {
  requireWritable(vault)
  // Interrupted sign-ins and pending journal lines have items that no account lists, and that would be left behind.
  await endInterruptedSignIns(vault)
  await flushPendingLines(vault)
  for (const account of vault.cache.accounts()) {
    const { id } = account
    await vault.valueIndexes.entries(account) // so that `itemsOf` names values that only the index knows
    if (!areAllValuesKnown(vault, id)) await refreshKeys(vault, id)
    if (areAllValuesKnown(vault, id)) continue
    const { signedIn, syncedAt, trouble } = accountOf(vault, id)
    throw new Refusal(!signedIn ? 'signed-out' : syncedAt === null ? (trouble?.code ?? 'server-unreachable') : 'creation-unsettled')
  }
}

/**
 * Moves items into another keychain. The keychain that the profile names is complete at every point, even if the process is killed: the
 * items are copied and compared, then `commit` makes the profile name the other keychain, and only then the originals are removed.
 *
 * An item that only `to` has is left alone, because it may be the last copy. Without the root key nothing is moved: the profile would name
 * a keychain without the vault.
 * @param commit atomic, and on disk when it returns; gets the items that must still be removed from `from`, in case the process ends before
 *   that
 * @param begin called before anything is written; gets the items that may be in `to` if the process ends before `commit`
 * @returns the items that could not be removed from `from`; each is in `to` as well
 * @throws Refusal `keychain-…` or `value-too-large` if the items could not be copied, `keychain-reset` if there is no root key: `from` is
 *   unchanged, and the copies in `to` are removed as far as possible. What `commit` throws; all items are then in both
 */
export async function migrateItems(
  from: Keychain,
  to: Keychain,
  names: Iterable<string>,
  commit: (copied: readonly string[]) => void,
  begin: (found: readonly string[]) => void = () => {},
): Promise<string[]> {
  const copied = await copyItems(from, to, new Set(names), begin)
  commit(copied)
  const remaining: string[] = []
  for (const name of copied) {
    const { outcome } = await from.remove(name)
    if (outcome !== 'ok') remaining.push(name)
  }
  return remaining
}

async function copyItems(
  from: Keychain,
  to: Keychain,
  names: ReadonlySet<string>,
  begin: (found: readonly string[]) => void,
): Promise<string[]> {
  // Checked before anything is written: if `from` does not hold the vault, `to` may, and its items must not be removed.
  if ((await readItem(from, items.root)) === null) throw new Refusal('keychain-reset')
  const found: string[] = []
  for (const name of names) if ((await readItem(from, name)) !== null) found.push(name)
  begin(found)
  const copied: string[] = []
  try {
    for (const name of found) {
      const secret = await readItem(from, name)
      if (secret === null) continue
      copied.push(name) // before the write, because a failed write may leave an item
      await writeItem(to, name, secret)
    }
    for (const name of copied) await requireEqualCopy(name, from, to)
    return copied
  } catch (error) {
    for (const name of copied) await to.remove(name) // a copy that stays is harmless: `from` has the original
    throw error
  }
}

/** @throws Refusal `keychain-mismatch` */
async function requireEqualCopy(name: string, from: Keychain, to: Keychain): Promise<void> {
  const [original, copy] = [await readItem(from, name), await readItem(to, name)]
  if (original === null || copy === null || !copy.equals(original)) throw new Refusal('keychain-mismatch')
}

/**
 * The keychain of the vault and its sessions, which allows items to be moved while they work: calls during a move wait, and then go to the
 * keychain that has the items. A value written to the old keychain during a move would not be found later.
 */
export class MovableKeychain implements Keychain {
  #current: Keychain
  readonly #queue = new SerialQueue()
  /** Items written since the start. Accounts in creation are in the keychain before they are in the cache. */
  readonly #written = new Set<string>()

  constructor(current: Keychain) {
    this.#current = current
  }

  read(item: string, prompt?: boolean): ReturnType<Keychain['read']> {
    return this.#queue.runExclusive(() => this.#current.read(item, prompt))
  }

  write(item: string, secret: Secret): Promise<{ outcome: WriteOutcome }> {
    this.#written.add(item)
    return this.#queue.runExclusive(() => this.#current.write(item, secret))
  }

  remove(item: string): Promise<{ outcome: 'ok' | KeychainFailure }> {
    return this.#queue.runExclusive(() => this.#current.remove(item))
  }

  /**
   * Like `migrateItems`, from the current keychain; `to` is the current one from `commit` on.
   * @param names called when no other call is in progress
   */
  move(
    to: Keychain,
    names: () => readonly string[],
    commit: (copied: readonly string[]) => void,
    begin?: (found: readonly string[]) => void,
  ): Promise<string[]> {
    const committed = (copied: readonly string[]): void => {
      commit(copied)
      this.#current = to
    }
    return this.#queue.runExclusive(() => migrateItems(this.#current, to, [...names(), ...this.#written], committed, begin))
  }
}
