import type { Keychain } from '../ports/keychain.ts'
import { Refusal } from '../refusal.ts'
import type { Secret } from '../secret.ts'

/** The names of Latchkey's keychain items, below the profile's own prefix. */
export const items = {
  root: 'root',
  /** What was found in the root key's place and was none. */
  rootAside: 'root-aside',
  /** Says that this is still the keychain that the root key was put in: `RootKey.check()`. */
  canary: 'canary',
  /** The journal's last line: its number and its hash. */
  journalHead: 'journal-head',
  /** Lines of the journal that a read-only vault could not write into it. */
  pendingLines: (page: number): string => `pending-lines/${page}`,
  /** Written and removed, to see whether the keychain takes an item now. */
  trial: 'trial',
  /** The ids of the accounts, and what each is: a cache that is lost is made anew from these. */
  accounts: 'accounts',
  /** What was found in the place of the list of ids and could not be read as one. */
  accountsAside: 'accounts-aside',
  account: (accountId: string): string => `account/${accountId}`,
  /** The local vault's sign-in: written before the account is, so that a lost cache loses no way in. */
  local: 'local',
  /** The sign-ins under way, whose accounts are not on record yet. */
  signIns: 'sign-ins',
  session: (accountId: string): string => `session/${accountId}`,
  /** A part of the list of the values that no server lists. */
  storedPage: (accountId: string, page: number): string => `stored/${accountId}/${page}`,
  /** What was found in the place of such a part and could not be read as one. */
  storedPageAside: (accountId: string, page: number): string => `stored-aside/${accountId}/${page}`,
  /** A part of the list of an account's values, whose keys are a server's. */
  listedPage: (accountId: string, page: number): string => `listed/${accountId}/${page}`,
  listedPageAside: (accountId: string, page: number): string => `listed-aside/${accountId}/${page}`,
  value: (accountId: string, keyId: string): string => `value/${accountId}/${keyId}`,
}

/** @returns null if the keychain has no such item. @throws Refusal `keychain-…` if that cannot be told */
export async function readItem(keychain: Keychain, item: string): Promise<Secret | null> {
  const read = await keychain.read(item)
  if (read.outcome === 'ok') return read.secret
  if (read.outcome === 'absent') return null
  throw new Refusal(`keychain-${read.outcome}`)
}

/**
 * As `readItem`, for one of several items: one that is not ours must not hide the others.
 * @param prompt as of `Keychain.read`
 * @returns `unreadable` if what is there is not what this vault put there
 */
export async function readListItem(keychain: Keychain, item: string, prompt = true): Promise<Secret | 'unreadable' | null> {
  const read = await keychain.read(item, prompt)
  if (read.outcome === 'ok') return read.secret
  if (read.outcome === 'mismatch') return 'unreadable'
  if (read.outcome === 'absent') return null
  throw new Refusal(`keychain-${read.outcome}`)
}

/** Resolves once the keychain gave the same value back. @throws Refusal `keychain-…` or `value-too-large` */
export async function writeItem(keychain: Keychain, item: string, secret: Secret): Promise<void> {
  const { outcome } = await keychain.write(item, secret)
  if (outcome === 'too-large') throw new Refusal('value-too-large')
  if (outcome !== 'ok') throw new Refusal(`keychain-${outcome}`)
}

/** @throws Refusal `keychain-…` if the item may still be there */
export async function removeItem(keychain: Keychain, item: string): Promise<void> {
  const { outcome } = await keychain.remove(item)
  if (outcome !== 'ok') throw new Refusal(`keychain-${outcome}`)
}
