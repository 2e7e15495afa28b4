import type { Account } from '../model/account.ts'
import type { KeyRecord } from '../model/key.ts'
import { presentKeys } from './list-keys.ts'
import type { AccountLabel } from '../model/account-label.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { readable } from '../model/readable.ts'
import { Refusal } from '../refusal.ts'
import { withoutScheme } from '../model/server.ts'

/**
 * Finds a key by how it is named outside the app. Of two that could be meant, none is.
 * @param reference `account`: its label, a name of it that no other account could have, or its id; null for whichever account has
 *   such a key.
 *   `key`: a name, exactly, or an id
 * @throws Refusal `account-not-found`, `key-not-found`, `key-ambiguous`
 */
export function findKey(opened: UnlockedVault, reference: { account: string | null; key: string }): KeyRecord {
  return keyFinder(opened)(reference)
}

/** As `findKey`, for several references: each account's keys are read once. */
export function keyFinder(opened: UnlockedVault): (reference: { account: string | null; key: string }) => KeyRecord {
  const all = opened.cache.accounts()
  const marks = opened.cache.marks()
  const read = new Map<string, KeyRecord[]>()
  const keysOf = ({ id }: Account): KeyRecord[] => {
    const keys = read.get(id) ?? presentKeys(opened, id)
    read.set(id, keys)
    return keys
  }
  return ({ account, key }) => {
    const candidates =
      account === null ? all : all.filter((one) => one.id === account || unambiguousNames(one, all, marks).includes(account))
    if (account !== null && candidates.length === 0) throw new Refusal('account-not-found')
    const found = candidates.flatMap(keysOf).filter((one) => one.name === key || one.id === key)
    const [first, second] = found
    if (first === undefined) throw new Refusal('key-not-found')
    if (second !== undefined) throw new Refusal('key-ambiguous')
    return first
  }
}

/**
 * What an account is called where there is no picture of it: the label its person gave it, else the shortest of its names; of these only
 * one that no other account could have.
 */
export function accountLabel(account: Account, all: readonly Account[], marks: readonly AccountLabel[]): string {
  return unambiguousNames(account, all, marks)[0] ?? account.id
}

/** As `accountLabel`, of an open vault. */
export function labelIn({ cache }: Pick<UnlockedVault, 'cache'>, account: Account): string {
  return accountLabel(account, cache.accounts(), cache.marks())
}

function unambiguousNames(account: Account, all: readonly Account[], marks: readonly AccountLabel[]): string[] {
  const named = (one: Account): string[] => {
    const label = marks.find(({ accountId }) => accountId === one.id)?.label ?? null
    return label === null ? namesOf(one) : [label, ...namesOf(one)]
  }
  const others = new Set(all.filter(({ id }) => id !== account.id).flatMap((other) => [other.id, ...named(other)]))
  return named(account).filter((name) => !others.has(name))
}

/** Shortest first. */
function namesOf({ id, server, method, email, userId }: Account): string[] {
  if (server === null) return [method === 'values' ? storedValues : thisComputer]
  const name = email ?? readable(userId, 64) // which its server chooses
  const place = withoutScheme(server.url)
  return [name, `${name} (${place})`, `${name} (${place}, ${server.appId})`, `${name} (${id})`].filter(
    (one) => one !== thisComputer && one !== storedValues,
  )
}

const thisComputer = 'This computer'
const storedValues = 'Stored values'
