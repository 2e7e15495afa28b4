import type { Account } from '../../../main/vault/account.ts'
import type { KeyRecord } from '../../../main/vault/key.ts'
import type { Cache } from '../../../main/vault/ports.ts'

export const key = new Uint8Array(64).fill(7)
export const account: Account = {
  id: 'a0',
  server: { url: 'https://keys.example', appId: 'app-1' },
  method: 'email',
  email: 'ada@example.test',
  userId: 'u0',
  signedIn: true,
  syncedAt: 1_700_000_000_123,
  trouble: { code: 'server-timeout', at: 1_700_000_000_456 },
}
export const local: Account = { ...account, id: 'a1', server: null, method: 'local', email: null, syncedAt: null, trouble: null }
export const record: KeyRecord = {
  accountId: 'a0',
  id: '64a000000000000000000001',
  name: 'ci',
  enabled: true,
  value: 'here',
  lastFour: 'wxyz',
  sealed: null,
  goneAt: null,
}
export const sealed: KeyRecord = { ...record, id: '64a000000000000000000002', name: 'new', value: 'sealed', sealed: 'AbC_-', goneAt: 5 }

/** Puts one record of every kind into a cache, and some for two accounts. */
export function filled(cache: Cache): Cache {
  cache.commit([
    { op: 'put-account', account },
    { op: 'put-account', account: local },
    { op: 'put-current', id: 'a0' },
    { op: 'put-key', key: record },
    { op: 'put-key', key: sealed },
    { op: 'put-key', key: { ...record, accountId: 'a1' } },
    { op: 'put-intent', intent: { accountId: 'a0', name: 'next', startedAt: 1_700_000_000_789 } },
    { op: 'put-intent', intent: { accountId: 'a1', name: 'next', startedAt: 2 } },
    { op: 'put-release', release: { accountId: 'a0', keyId: record.id, purpose: 'copy', at: 3 } },
    { op: 'put-release', release: { accountId: 'a0', keyId: record.id, purpose: 'copy', at: 3 } },
    { op: 'put-release', release: { accountId: 'a1', keyId: record.id, purpose: 'reveal', at: 4 } },
  ])
  return cache
}
