import type { KeyName } from './key.ts'
import type { Opened } from './opened.ts'
import type { Change, Purpose, Release, Requester } from './ports.ts'
import { readable } from './readable.ts'

/** Lines that are kept of each key. */
const most = 500

/** The changes that write down that values leave, and keep the journal to its length. */
export function noteUses(
  opened: Opened,
  keys: readonly KeyName[],
  purpose: Purpose,
  requester: Requester,
): Change[] {
  const at = opened.clock()
  return keys.flatMap(({ accountId, keyId }): Change[] => [
    { op: 'put-release', release: { accountId, keyId, purpose, requester: kept(requester), at } },
    { op: 'trim-releases', accountId, keyId, most },
  ])
}

/** A window says of itself what it likes, at any length. */
function kept(requester: Requester): Requester {
  if (requester.kind !== 'window') return requester
  return { ...requester, program: readable(requester.program, 1024), title: readable(requester.title, 256) }
}

/** What a key was last used for, newest first. Proving it is no use of it. */
export function usesOf(opened: Opened, accountId: string, keyId: string, most: number): Release[] {
  return opened.cache.lastReleases(accountId, keyId, most)
}

/** The last use of each key of an account that was used, by the key's id. */
export function lastUses(opened: Opened, accountId: string): Map<string, Release> {
  const uses = opened.cache.keys(accountId).flatMap(({ id }) => usesOf(opened, accountId, id, 1))
  return new Map(uses.map((use) => [use.keyId, use]))
}
