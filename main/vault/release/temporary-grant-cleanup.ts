import type { TemporaryGrants } from './temporary-grants.ts'
import type { Cache, Change } from '../ports/cache.ts'

/**
 * Wraps a cache so that temporary grants in memory end together with the record that they are for. Grants on disk are dropped in the same
 * commit. Without this, those in memory would be valid again if a server listed a key of the same id later.
 */
export function withTemporaryGrantCleanup(cache: Cache, temporaryGrants: TemporaryGrants): Cache {
  const commit = (changes: readonly Change[]): void => {
    cache.commit(changes)
    for (const change of changes) dropGrantsFor(change, temporaryGrants)
  }
  return new Proxy(cache, {
    get(target, name) {
      if (name === 'commit') return commit
      const member: unknown = Reflect.get(target, name)
      return typeof member === 'function' ? (member.bind(target) as unknown) : member
    },
  })
}

function dropGrantsFor(change: Change, temporaryGrants: TemporaryGrants): void {
  switch (change.op) {
    case 'drop-key':
      return temporaryGrants.drop(({ accountId, keyId }) => accountId === change.accountId && keyId === change.id)
    case 'put-key':
      if (change.key.goneAt === null) return
      return temporaryGrants.drop(({ accountId, keyId }) => accountId === change.key.accountId && keyId === change.key.id)
    case 'drop-account':
      return temporaryGrants.drop(({ accountId }) => accountId === change.id)
    case 'drop-pairing':
      return temporaryGrants.drop(({ requester }) => requester.kind === 'site' && requester.pairing === change.id)
    case 'drop-grant':
      return temporaryGrants.drop(({ accountId, id }) => accountId === change.accountId && id === change.id)
    default:
  }
}
