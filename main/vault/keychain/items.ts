import type { Keychain } from '../ports/keychain.ts'
import { Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'

/** The names of Latchkey's keychain items, below the profile's prefix. */
export const items = {
  root: 'root',
  /** An item that was found in the root key's place and is not a root key. */
  rootAside: 'root-aside',
  /** `RootKey.check()` of the root key, which proves that this is still the same keychain. */
  canary: 'canary',
  /** Number and hash of the journal's last line. */
  journalHead: 'journal-head',
  /** Journal lines that a read-only vault could not write to its journal. */
  pendingLines: (page: number): string => `pending-lines/${page}`,
  /** Written and removed to test whether the keychain accepts an item now. */
  trial: 'trial',
  /** The ids of the accounts. After a lost cache the accounts are rebuilt from this list and from `account/…`. */
  accounts: 'accounts',
  /** A list of ids that could not be read, set aside. */
  accountsAside: 'accounts-aside',
  account: (accountId: string): string => `account/${accountId}`,
  /** The local vault's sign-in. Written before the account, so that a lost cache does not lock its person out. */
  local: 'local',
  /** The sign-ins in progress, whose accounts are not on disk yet. */
  signIns: 'sign-ins',
  session: (accountId: string): string => `session/${accountId}`,
  /** One page of the index of values that no server lists. */
  storedPage: (accountId: string, page: number): string => `stored/${accountId}/${page}`,
  /** A page of that index that could not be read, set aside. */
  storedPageAside: (accountId: string, page: number): string => `stored-aside/${accountId}/${page}`,
  /** One page of the index of an account's values whose keys are listed by a server. */
  listedPage: (accountId: string, page: number): string => `listed/${accountId}/${page}`,
  listedPageAside: (accountId: string, page: number): string => `listed-aside/${accountId}/${page}`,
  value: (accountId: string, keyId: string): string => `value/${accountId}/${keyId}`,
}

/** @returns null if the keychain has no such item. @throws Refusal `keychain-…` if it cannot be read */
export async function readItem(keychain: Keychain, item: string): Promise<Secret | null> {
  const read = await keychain.read(item)
  if (read.outcome === 'ok') return read.secret
  if (read.outcome === 'absent') return null
  throw new Refusal(`keychain-${read.outcome}`)
}

/**
 * Like `readItem`, for one of several items: a foreign item must not hide the others.
 * @param prompt see `Keychain.read`
 * @returns `unreadable` if the item is not what this vault stored
 */
export async function readListItem(keychain: Keychain, item: string, prompt = true): Promise<Secret | 'unreadable' | null> {
  const read = await keychain.read(item, prompt)
  if (read.outcome === 'ok') return read.secret
  if (read.outcome === 'mismatch') return 'unreadable'
  if (read.outcome === 'absent') return null
  throw new Refusal(`keychain-${read.outcome}`)
}

/** Resolves once the keychain returned the same value. @throws Refusal `keychain-…` or `value-too-large` */
export async function writeItem(keychain: Keychain, item: string, secret: Secret): Promise<void> {
  const { outcome } = await keychain.write(item, secret)
  if (outcome === 'too-large') throw new Refusal('value-too-large')
  if (outcome !== 'ok') throw new Refusal(`keychain-${outcome}`)
}

/** @throws Refusal `keychain-…` if the item may still exist */
export async function removeItem(keychain: Keychain, item: string): Promise<void> {
  const { outcome } = await keychain.remove(item)
  if (outcome !== 'ok') throw new Refusal(`keychain-${outcome}`)
}
