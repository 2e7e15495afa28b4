import { SerialQueue } from '../../../shared/serial-queue.ts'
import { items, readItem, writeItem } from './items.ts'
import { areAllValuesKnown } from './known-values.ts'
import { refreshKeys } from '../keys/list-keys.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import { flushPendingLines } from '../journal/pending-lines.ts'
import type { Keychain, KeychainFailure } from '../ports/keychain.ts'
import { requireWritable } from '../session/read-only.ts'
import { Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'
import { endInterruptedSignIns } from '../accounts/pending-sign-ins.ts'

/** Those of no account. */
const vaultItems = [
  items.root,
  items.rootAside,
  items.canary,
  items.journalHead,
  items.local,
  items.signIns,
  items.accounts,
  items.accountsAside,
]

/**
 * Every item that the vault may have in its keychain, as far as the cache and the indexes that were read know; values of keys that are gone
 * among them.
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
 * Makes sure that the cache knows of every value before its keychain is left: the list of an account that was never fetched is fetched,
 * and so is what became of a creation that was sent.
 * @throws Refusal why that cannot be: the server's reason, `signed-out`, `creation-unsettled`; `read-only`
 */
export async function requireAllValuesKnown(opened: UnlockedVault): Promise<void> {
  requireWritable(opened)
  // Both have items in the keychain that no account names: tokens, and lines of the journal. They would stay behind.
  await endInterruptedSignIns(opened)
  await flushPendingLines(opened)
  for (const account of opened.cache.accounts()) {
    const { id } = account
    await opened.valueIndexes.entries(account) // so that `itemsOf` names the values that only it has
    if (!areAllValuesKnown(opened, id)) await refreshKeys(opened, id)
    if (areAllValuesKnown(opened, id)) continue
    const { signedIn, syncedAt, trouble } = accountOf(opened, id)
    throw new Refusal(!signedIn ? 'signed-out' : syncedAt === null ? (trouble?.code ?? 'server-unreachable') : 'creation-unsettled')
  }
}

/**
 * Moves items into another keychain. Killed at any point, the keychain that the profile names has everything: the items are copied
 * and compared, then `commit` makes the profile name the other one, and only then they are removed here.
 *
 * An item that `to` has and `from` has not is left alone: it may be the last copy. Without the root key nothing is switched: the profile
 * would name a keychain in which the vault is not.
 * @param commit all or nothing, on disk when it returns; given the items that `from` is to let go of, for a process that ends before it has
 * @returns the items that `from` did not let go of; each is in `to` as well
 * @throws Refusal `keychain-…` or `value-too-large` if they could not be copied, `keychain-reset` if there is no root key: nothing is switched, `from` is as it was, and what was
 *   put into `to` is taken out again as far as `to` lets it. What `commit` throws, with all items in both
 */
export async function moveItems(
  from: Keychain,
  to: Keychain,
  names: Iterable<string>,
  commit: (copied: readonly string[]) => void,
): Promise<string[]> {
  const copied = await copyItems(from, to, new Set(names))
  commit(copied)
  const left: string[] = []
  for (const name of copied) {
    const { outcome } = await from.remove(name)
    if (outcome !== 'ok') left.push(name)
  }
  return left
}

async function copyItems(from: Keychain, to: Keychain, names: ReadonlySet<string>): Promise<string[]> {
  // Before anything is written: if `from` is not where the vault is, `to` may be, and what it has must not be taken out again.
  if ((await readItem(from, items.root)) === null) throw new Refusal('keychain-reset')
  const copied: string[] = []
  try {
    for (const name of names) {
      const secret = await readItem(from, name)
      if (secret === null) continue
      copied.push(name) // before it is written: a write that failed may have left something
      await writeItem(to, name, secret)
    }
    for (const name of copied) await requireEqualCopy(name, from, to)
    return copied
  } catch (error) {
    for (const name of copied) await to.remove(name) // one that stays is a copy: `from` has it
    throw error
  }
}

/** @throws Refusal `keychain-mismatch` */
async function requireEqualCopy(name: string, from: Keychain, to: Keychain): Promise<void> {
  const [original, copy] = [await readItem(from, name), await readItem(to, name)]
  if (original === null || copy === null || !copy.equals(original)) throw new Refusal('keychain-mismatch')
}

/**
 * What the vault and its sessions hold as their keychain, so that items can move while they work: during a move their calls wait,
 * and then go to the keychain that has the items. A value written behind a move's back would be looked for in the other one.
 */
export class MovableKeychain implements Keychain {
  #current: Keychain
  readonly #queue = new SerialQueue()
  /** Accounts that are just being made are in the keychain before they are in the cache. */
  readonly #written = new Set<string>()

  constructor(current: Keychain) {
    this.#current = current
  }

  read(item: string, prompt?: boolean): ReturnType<Keychain['read']> {
    return this.#queue.runExclusive(() => this.#current.read(item, prompt))
  }

  write(item: string, secret: Secret): Promise<{ outcome: 'ok' | 'mismatch' | 'too-large' | KeychainFailure }> {
    this.#written.add(item)
    return this.#queue.runExclusive(() => this.#current.write(item, secret))
  }

  remove(item: string): Promise<{ outcome: 'ok' | KeychainFailure }> {
    return this.#queue.runExclusive(() => this.#current.remove(item))
  }

  /** As `moveItems`, from the current keychain; `to` is the current one from `commit` on. @param names asked for when no call is under way */
  move(to: Keychain, names: () => readonly string[], commit: (copied: readonly string[]) => void): Promise<string[]> {
    return this.#queue.runExclusive(() =>
      moveItems(this.#current, to, [...names(), ...this.#written], (copied) => {
        commit(copied)
        this.#current = to
      }),
    )
  }
}
