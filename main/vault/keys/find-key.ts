import type { Account } from '../model/account.ts'
import type { KeyRecord } from '../model/key.ts'
import { presentKeys } from './list-keys.ts'
import type { AccountLabel } from '../model/account-label.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { readable } from '../model/readable.ts'
import { Refusal } from '../refusal.ts'
import { withoutScheme } from '../model/server.ts'

/**
 * Finds a key by how it is named outside the app. Ambiguous references are refused.
 * @param reference `account`: the account's label, one of its names that no other account could have, or its id; null to search all
 *   accounts. `key`: an exact name, or an id
 * @throws Refusal `account-not-found`, `key-not-found`, `key-ambiguous`
 */
export function findKey(vault: UnlockedVault, reference: { account: string | null; key: string }): KeyRecord {
  return keyFinder(vault)(reference)
}

/** Like `findKey`, for several references: reads each account's keys only once. */
export function keyFinder(vault: UnlockedVault): (reference: { account: string | null; key: string }) => KeyRecord {
  const accounts = vault.cache.accounts()
  const labels = vault.cache.labels()
  const keysByAccount = new Map<string, KeyRecord[]>()
  const keysOf = ({ id }: Account): KeyRecord[] => {
    const keys = keysByAccount.get(id) ?? presentKeys(vault, id)
    keysByAccount.set(id, keys)
    return keys
  }
  return ({ account, key }) => {
    const candidates =
      account === null
        ? accounts
        : accounts.filter((candidate) => candidate.id === account || unambiguousNames(candidate, accounts, labels).includes(account))
    if (account !== null && candidates.length === 0) throw new Refusal('account-not-found')
    const found = candidates.flatMap(keysOf).filter((record) => record.name === key || record.id === key)
    const [first, second] = found
    if (first === undefined) throw new Refusal('key-not-found')
    if (second !== undefined) throw new Refusal('key-ambiguous')
    return first
  }
}

/**
 * The text that identifies an account: its label, else the shortest of its names that no other account could have. A label that another
 * account could have is not used.
 */
export function accountLabel(account: Account, all: readonly Account[], labels: readonly AccountLabel[]): string {
  return unambiguousNames(account, all, labels)[0] ?? account.id
}

/** Like `accountLabel`, for an unlocked vault. */
export function labelIn({ cache }: Pick<UnlockedVault, 'cache'>, account: Account): string {
  return accountLabel(account, cache.accounts(), cache.labels())
}

function unambiguousNames(account: Account, all: readonly Account[], labels: readonly AccountLabel[]): string[] {
  const named = (account: Account): string[] => {
    const label = labels.find(({ accountId }) => accountId === account.id)?.label ?? null
    return label === null ? namesOf(account) : [label, ...namesOf(account)]
  }
  const others = new Set(all.filter(({ id }) => id !== account.id).flatMap((other) => [other.id, ...named(other)]))
  return named(account).filter((name) => !others.has(name))
}

/** The names of an account, shortest first. */
function namesOf({ id, server, method, email, userId }: Account): string[] {
  if (server === null) return [method === 'values' ? storedValues : thisComputer]
  const name = email ?? readable(userId, 64) // the server chooses it, so it may hold anything
  const place = withoutScheme(server.url)
  return [name, `${name} (${place})`, `${name} (${place}, ${server.appId})`, `${name} (${id})`].filter(
    (text) => text !== thisComputer && text !== storedValues,
  )
}

const thisComputer = 'This computer'
const storedValues = 'Stored values'
