import { noDetails } from '../../../shared/key-details.ts'
import type { Account } from '../../../main/vault/model/account.ts'
import { releaseEntry } from '../../../main/vault/journal/journal-line.ts'
import type { KeyRecord } from '../../../main/vault/model/key.ts'
import type { AccountLabel } from '../../../main/vault/model/account-label.ts'
import type { Cache } from '../../../main/vault/ports/cache.ts'
import type { Intent } from '../../../main/vault/model/pending-change.ts'
import type { LastingGrant } from '../../../main/vault/model/grant.ts'
import type { News } from '../../../main/vault/model/notification.ts'
import type { Pairing } from '../../../main/vault/model/pairing.ts'
import type { Release } from '../../../main/vault/model/release-record.ts'
import type { Site } from '../../../main/vault/model/site.ts'

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
export const accountLabel: AccountLabel = { accountId: 'a0', label: 'Töpfe "1"', colour: null }
export const record: KeyRecord = {
  accountId: 'a0',
  id: '64a000000000000000000001',
  name: 'ci',
  enabled: true,
  value: 'here',
  lastFour: 'wxyz',
  service: 'github',
  sealed: null,
  goneAt: null,
  goneFor: 0,
  fingerprint: '0123456789abcdef0123456789abcdef',
  verified: { verdict: 'works', at: 1_700_000_000_321 },
  details: {
    notes: 'Ask Grace\nbefore renewing "ci"',
    tags: ['Töpfe', 'billing'],
    environment: 'production',
    user: 'octocat',
    expires: '2027-01-31',
    renewal: 'https://renewal.example/settings',
  },
}
export const sealed: KeyRecord = {
  ...record,
  id: '64a000000000000000000002',
  name: 'new',
  value: 'sealed',
  sealed: 'AbC_-',
  goneAt: 5,
  goneFor: 86_400_001,
  fingerprint: null,
  verified: null,
  details: noDetails,
}
export const plainCreation = {
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
/** In their order, which is neither the order of their ids nor of their times. */
export const creation = { ...plainCreation, details: { ...noDetails, tags: ['next'] } } satisfies Intent
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

/** In the order in which they were added, with a clock that was set back. */
export const releases: Release[] = [
  { accountId: 'a0', keyId: record.id, purpose: 'copy', requester: { kind: 'person' }, at: 3 },
  { accountId: 'a0', keyId: record.id, purpose: 'copy', requester: { kind: 'person' }, at: 3 },
  {
    accountId: 'a0',
    keyId: record.id,
    purpose: 'type',
    requester: { kind: 'window', program: '/usr/bin/xterm', title: 'Töpfe "1" \u{1f511}' },
    at: 9,
  },
  { accountId: 'a0', keyId: record.id, purpose: 'verify', requester: { kind: 'person' }, at: 10 },
  { accountId: 'a0', keyId: sealed.id, purpose: 'reveal', requester: { kind: 'person' }, at: 8 },
  { accountId: 'a0', keyId: record.id, purpose: 'copy', requester: { kind: 'person' }, at: 4 },
]
export const pairing: Pairing = { id: 'f0', browser: '/usr/bin/chromium', theirKey: 'BTheirs', ourKey: 'AbC_-', at: 12, lastAt: 14 }
/** Older, and never used since. */
export const unused: Pairing = { ...pairing, id: 'a1', browser: '/usr/bin/firefox', at: 11, lastAt: null }
/** Oldest first, which is not the order of their ids. */
export const site: Site = { accountId: 'a0', keyId: record.id, id: 'f5', origin: 'https://example.com:8443', subdomains: true, at: 21 }
export const otherSite: Site = { accountId: 'a0', keyId: sealed.id, id: 'a6', origin: 'http://localhost', subdomains: false, at: 22 }
const program = { kind: 'program', program: '/usr/bin/zsh', folder: '/home/ada/"deploy"', terminal: null, session: '4711:99' } as const
const fromSite = { kind: 'site', origin: 'https://a.example.com:8443', browser: '/usr/bin/chromium', pairing: 'f0' } as const
export const grant: LastingGrant = { accountId: 'a0', keyId: record.id, id: 'f7', purpose: 'run', requester: program, at: 31, until: null }
export const siteGrant: LastingGrant = { ...grant, keyId: sealed.id, id: 'a8', purpose: 'fill', requester: fromSite, at: 32 }

/** Stores one record of every kind in a cache, and some for two accounts. */
export function filled(cache: Cache): Cache {
  cache.commit([
    { op: 'put-account', account },
    { op: 'put-account', account: local },
    { op: 'put-current', id: 'a0' },
    { op: 'put-label', label: accountLabel },
    { op: 'put-label', label: { accountId: 'a1', label: null, colour: 'grey' } },
    { op: 'put-key', key: record },
    { op: 'put-key', key: sealed },
    { op: 'put-key', key: { ...record, accountId: 'a1' } },
    { op: 'put-intent', intent: deletion },
    { op: 'put-intent', intent: creation },
    { op: 'put-intent', intent: { ...creation, accountId: 'a1' } },
    { op: 'put-news', news: refused },
    { op: 'put-news', news: made },
    { op: 'put-news', news: { ...made, accountId: 'a1' } },
    ...releases.map((release) => ({ op: 'note' as const, entry: releaseEntry(release, 'ci') })),
    {
      op: 'note',
      entry: releaseEntry({ accountId: 'a1', keyId: record.id, purpose: 'reveal', requester: { kind: 'person' }, at: 4 }, 'ci'),
    },
    { op: 'put-site', site: otherSite },
    { op: 'put-site', site },
    { op: 'put-site', site: { ...site, accountId: 'a1' } },
    { op: 'put-grant', grant: siteGrant },
    { op: 'put-grant', grant },
    { op: 'put-grant', grant: { ...grant, accountId: 'a1' } },
    { op: 'put-pairing', pairing },
    { op: 'put-pairing', pairing: unused },
  ])
  return cache
}
