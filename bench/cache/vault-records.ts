import { randomBytes } from 'node:crypto'
import { noDetails } from '../../shared/key-details.ts'
import type { Account } from '../../main/vault/model/account.ts'
import { releaseEntry } from '../../main/vault/journal/journal-line.ts'
import type { Change } from '../../main/vault/ports/cache.ts'

/** The lists of the encrypted cache, as a file that is read whole would hold them. */
export interface RecordLists {
  readonly accounts: Account[]
  readonly keys: Extract<Change, { op: 'put-key' }>['key'][]
  readonly rest: Exclude<Change, { op: 'put-account' | 'put-key' }>[]
}

const accounts = 250

/**
 * 10,000 records of 250 accounts: for each 20 keys, four left-over values, two news, a pending change and thirteen journal lines. One
 * key in a hundred has `deploy` in its name.
 */
export function vaultRecords(): Change[] {
  return Array.from({ length: accounts }, (_, index) => recordsOf(index)).flat()
}

export function asLists(changes: readonly Change[]): RecordLists {
  return {
    accounts: changes.flatMap((change) => (change.op === 'put-account' ? [change.account] : [])),
    keys: changes.flatMap((change) => (change.op === 'put-key' ? [change.key] : [])),
    rest: changes.filter((change) => change.op !== 'put-account' && change.op !== 'put-key'),
  }
}

function recordsOf(index: number): Change[] {
  const at = 1_700_000_000_000 + index
  const accountId = hex(8)
  const server = { url: `https://keys-${index}.example`, appId: `app-${index}` }
  const email = `person-${index}@example.test`
  const account: Account = { id: accountId, server, method: 'email', email, userId: hex(12), signedIn: true, syncedAt: at, trouble: null }
  return [
    { op: 'put-account', account },
    ...some(24, (key): Change => {
      const name = `${(index * 24 + key) % 100 === 0 ? 'deploy' : 'service'}-${index}-${key}`
      const verified = { verdict: 'works', at } as const
      const known = {
        value: 'here',
        lastFour: 'wxyz',
        sealed: null,
        fingerprint: hex(16),
        verified,
        service: null,
        details: noDetails,
      } as const
      return { op: 'put-key', key: { accountId, id: hex(12), name, enabled: true, goneAt: key < 20 ? null : at, goneFor: 0, ...known } }
    }),
    ...some(2, (): Change => ({ op: 'put-news', news: { accountId, id: hex(8), what: 'made', keyId: hex(12), name: 'new', at } })),
    {
      op: 'put-intent',
      intent: { accountId, id: hex(8), order: 1, kind: 'create', keyId: null, name: 'next', at, wasEnabled: null, sent: false },
    },
    ...some(13, (): Change => ({
      op: 'note',
      entry: releaseEntry({ accountId, keyId: hex(12), purpose: 'copy', requester: { kind: 'person' }, at }, 'service'),
    })),
  ]
}

function some(length: number, make: (index: number) => Change): Change[] {
  return Array.from({ length }, (_, index) => make(index))
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}
