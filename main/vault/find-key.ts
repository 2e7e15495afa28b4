import type { Account } from './account.ts'
import type { KeyRecord } from './key.ts'
import { present } from './listing.ts'
import type { Opened } from './opened.ts'
import { readable } from './readable.ts'
import { Refusal } from './refusal.ts'

/**
 * Finds a key by how it is named outside the app. Of two that could be meant, none is.
 * @param reference `account`: a name as `accountLabel` gives it, or an account's id; null for whichever account has such a key.
 *   `key`: a name, exactly, or an id
 * @throws Refusal `account-not-found`, `key-not-found`, `key-ambiguous`
 */
export function findKey(opened: Opened, { account, key }: { account: string | null; key: string }): KeyRecord {
  const all = opened.cache.accounts()
  const among = account === null ? all : all.filter((one) => one.id === account || accountLabel(one, all) === account)
  if (account !== null && among.length === 0) throw new Refusal('account-not-found')
  const found = among.flatMap(({ id }) => present(opened, id)).filter((one) => one.name === key || one.id === key)
  const [first, second] = found
  if (first === undefined) throw new Refusal('key-not-found')
  if (second !== undefined) throw new Refusal('key-ambiguous')
  return first
}

/** What an account is called where there is no picture of it: the shortest of its names that no other account could have. */
export function accountLabel(account: Account, all: readonly Account[]): string {
  const names = namesOf(account)
  const others = new Set(all.filter(({ id }) => id !== account.id).flatMap((other) => [other.id, ...namesOf(other)]))
  return names.find((name) => !others.has(name)) ?? account.id
}

/** Shortest first. */
function namesOf({ id, server, email, userId }: Account): string[] {
  if (server === null) return [thisComputer]
  const name = email ?? readable(userId, 64) // which its server chooses
  const { host } = new URL(server.url)
  return [name, `${name} (${host})`, `${name} (${host}, ${server.appId})`, `${name} (${id})`].filter((one) => one !== thisComputer)
}

const thisComputer = 'This computer'
