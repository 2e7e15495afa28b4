import type { Account } from '../../../main/vault/account.ts'
import type { KeyRecord } from '../../../main/vault/key.ts'
import type { Cache, Intent, News } from '../../../main/vault/ports.ts'

export const key = new Uint8Array(64).fill(7)
export const account: Account = {
  id: 'a0',
  server: { url: 'https://keys.example', appId: 'app-1' },
  method: 'email',
  email: 'ada@example.test',
  userId: 'u0',
  signedIn: true,
  syncedAt: 1_700_000_000_123,
  trouble: { code: 'server-timeout', at: 1_700_000_000_456, since: 1_700_000_000_400 },
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
  fingerprint: '0123456789abcdef0123456789abcdef',
  verified: { verdict: 'works', at: 1_700_000_000_321 },
}
export const sealed: KeyRecord = {
  ...record,
  id: '64a000000000000000000002',
  name: 'new',
  value: 'sealed',
  sealed: 'AbC_-',
  goneAt: 5,
  fingerprint: null,
  verified: null,
}
/** In their order, which is neither the order of their ids nor of their times. */
export const creation = {
  accountId: 'a0',
  id: 'f000000000000001',
  order: 1,
  kind: 'create',
  keyId: null,
  name: 'next',
  at: 1_700_000_000_789,
  wasEnabled: null,
  sent: false,
} satisfies Intent
export const deletion = {
  accountId: 'a0',
  id: 'a000000000000002',
  order: 2,
  kind: 'delete',
  keyId: record.id,
  name: 'ci',
  at: 1_700_000_000_788,
  wasEnabled: true,
  sent: true,
} satisfies Intent
/** Oldest first. */
export const made: News = { accountId: 'a0', id: 'f000000000000003', what: 'made', keyId: sealed.id, name: 'new', at: 6 }
export const refused: News = { accountId: 'a0', id: 'a000000000000004', what: 'not-created-full', keyId: null, name: 'next', at: 7 }

/** Puts one record of every kind into a cache, and some for two accounts. */
export function filled(cache: Cache): Cache {
  cache.commit([
    { op: 'put-account', account },
    { op: 'put-account', account: local },
    { op: 'put-current', id: 'a0' },
    { op: 'put-key', key: record },
    { op: 'put-key', key: sealed },
    { op: 'put-key', key: { ...record, accountId: 'a1' } },
    { op: 'put-intent', intent: deletion },
    { op: 'put-intent', intent: creation },
    { op: 'put-intent', intent: { ...creation, accountId: 'a1' } },
    { op: 'put-news', news: refused },
    { op: 'put-news', news: made },
    { op: 'put-news', news: { ...made, accountId: 'a1' } },
    { op: 'put-release', release: { accountId: 'a0', keyId: record.id, purpose: 'copy', requester: { kind: 'person' }, at: 3 } },
    { op: 'put-release', release: { accountId: 'a0', keyId: record.id, purpose: 'copy', requester: { kind: 'person' }, at: 3 } },
    { op: 'put-release', release: { accountId: 'a1', keyId: record.id, purpose: 'reveal', requester: { kind: 'person' }, at: 4 } },
  ])
  return cache
}
