import type { backedUpValueStates } from '../../../shared/lists/keys.ts'
import type { Account } from '../model/account.ts'
import { items, readItem } from '../keychain/items.ts'
import type { Line } from '../journal/journal-line.ts'
import { readJournal } from '../journal/journal.ts'
import type { KeyRecord } from '../model/key.ts'
import type { AccountLabel } from '../model/account-label.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { ourKeyOf } from '../release/pairings.ts'
import type { Intent } from '../model/pending-change.ts'
import type { LastingGrant } from '../model/grant.ts'
import type { News } from '../model/notification.ts'
import type { Pairing } from '../model/pairing.ts'
import type { Site } from '../model/site.ts'
import { requireWritable } from '../session/read-only.ts'
import { releaseForBackup } from '../release/release.ts'
import { Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'

/**
 * A key's record without what only this vault's root key can read, and without what its value tells. A value in the trash gets its full retention time again: a time that was
 * written into a backup must not empty the trash.
 */
export type SavedKey = Omit<KeyRecord, 'sealed' | 'fingerprint' | 'goneFor' | 'service' | 'value'> & {
  readonly value: (typeof backedUpValueStates)[number]
}
/** Sessions are not backed up. After a restore on another computer each account signs in again, except the local vault's. */
export type SavedAccount = Omit<Account, 'signedIn' | 'trouble'>
export type SavedPairing = Omit<Pairing, 'ourKey'>

/** Everything of a vault, for a vault with another root key. */
export interface Snapshot {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly accounts: readonly SavedAccount[]
  readonly current: string | null
  readonly marks: readonly AccountLabel[]
  readonly keys: readonly SavedKey[]
  readonly intents: readonly Intent[]
  readonly news: readonly News[]
  readonly sites: readonly Site[]
  readonly grants: readonly LastingGrant[]
  readonly pairings: readonly SavedPairing[]
  /** The journal, oldest first, with its original hash chain. */
  readonly lines: readonly Line[]
  /** By the name of the keychain item: the values of keys, our private keys of pairings, the local vault's sign-in. */
  readonly secrets: ReadonlyMap<string, Secret>
}

export function pairingItem(id: string): string {
  return `pairing/${id}`
}

/**
 * Takes a snapshot while no operation of any account is in progress, so that it contains nothing half done.
 * @param also runs under the same locks, to read what else is to be saved
 * @param progress counts the values that were read
 * @throws Refusal `read-only`, `keychain-…`, `locked`; the reason of `stop` while values are read
 */
export function takeSnapshot<T>(
  vault: UnlockedVault,
  also: () => Promise<T>,
  progress: (done: number, total: number) => void = () => {},
  stop?: AbortSignal,
): Promise<{ snapshot: Snapshot; also: T }> {
  requireWritable(vault)
  // The queue of the stored values is entered first: operations that hold two queues enter theirs first too, and another order would
  // deadlock.
  const ids = [...vault.cache.accounts()].sort((account) => (account.method === 'values' ? -1 : 1)).map(({ id }) => id)
  const read = async (): Promise<{ snapshot: Snapshot; also: T }> => {
    const values = await releaseForBackup(vault, progress, stop)
    return { snapshot: await readAll(vault, values), also: await also() }
  }
  return ids.reduceRight<() => Promise<{ snapshot: Snapshot; also: T }>>((inner, id) => () => vault.queues.runExclusive(id, inner), read)()
}

async function readAll(vault: UnlockedVault, values: ReadonlyMap<string, Secret>): Promise<Snapshot> {
  const secrets = new Map(values)
  for (const pairing of vault.cache.pairings()) secrets.set(pairingItem(pairing.id), ourKeyOf(vault, pairing))
  const local = await readItem(vault.keychain, items.local)
  if (local !== null) secrets.set(items.local, local)
  const at = vault.clock()
  const records = await recordsIn(vault.cache)
  if (!vault.isOpen()) throw new Refusal('locked')
  return { ...records, at, secrets }
}

/** All records except secrets, as of the call. @throws Refusal `locked` if the vault was locked while the journal was read */
export async function recordsIn(cache: UnlockedVault['cache']): Promise<Omit<Snapshot, 'at' | 'secrets'>> {
  const accounts = cache.accounts()
  const collect = <T>(of: (accountId: string) => readonly T[]): T[] => accounts.flatMap(({ id }) => of(id))
  const records = {
    accounts: accounts.map(({ signedIn: _, trouble: __, ...account }) => account),
    current: cache.current(),
    marks: cache.labels(),
    keys: collect((id) => cache.keys(id)).map(toSavedKey),
    intents: collect((id) => cache.intents(id)),
    news: collect((id) => cache.news(id)),
    sites: collect((id) => cache.sites(id)),
    grants: collect((id) => cache.grants(id)),
    pairings: cache.pairings().map(({ ourKey: _, ...pairing }) => pairing),
  }
  return { ...records, lines: await readJournal(cache) }
}

/** A value that another program changed in the keychain is `missing` in a vault whose keychain has no such item. */
function toSavedKey({ sealed: _, fingerprint: __, goneFor: ___, service: ____, value, ...key }: KeyRecord): SavedKey {
  return { ...key, value: value === 'changed' ? 'missing' : value }
}
