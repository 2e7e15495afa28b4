import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { openCache } from '../../../main/realm/cache/open-cache.ts'
import { setCacheAside } from '../../../main/realm/cache/set-aside.ts'
import type { Cache } from '../../../main/vault/ports/cache.ts'
import { MemoryDisk } from '../fakes/cache.ts'
import {
  account,
  creation,
  deletion,
  grant,
  key,
  local,
  made,
  accountLabel,
  otherSite,
  record,
  refused,
  releases,
  sealed,
  site,
  siteGrant,
} from './cache-records.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

let folder: string
const open = new Set<Cache>()
beforeEach(() => void (folder = temporaryFolder('latchkey-cache-')))
afterEach(() => {
  for (const cache of open) cache.close()
  open.clear()
})

function kept(cache: Cache): Cache {
  open.add(cache)
  return cache
}

/** The storage under a cache. */
export interface Disk {
  /** Opens the same cache repeatedly, one at a time. */
  open(withKey?: Uint8Array): Cache
  damage(): void
  setAside(): void
}

/** Both kinds of cache, for suites that run over each. */
export const kinds: { kind: string; disk: () => Disk }[] = [
  {
    kind: 'the encrypted cache',
    disk: () => {
      const path = join(folder, 'cache', 'cache.realm')
      return {
        open: (withKey = key) => kept(openCache(path, withKey)),
        damage: () => writeFileSync(path, readFileSync(path).fill(1, 0, 100)),
        setAside: () => setCacheAside(path),
      }
    },
  },
  {
    kind: 'the in-memory fake',
    disk: () => {
      const disk = new MemoryDisk()
      return { open: (withKey = key) => kept(disk.open(withKey)), damage: () => disk.damage(), setAside: () => disk.setAside() }
    },
  },
]

/** Everything of the two accounts of `filled`. */
export function contents(cache: Cache): unknown {
  return ['a0', 'a1'].map((id) => ({
    account: cache.accounts().find((one) => one.id === id),
    label: cache.labels().find((one) => one.accountId === id),
    keys: cache.keys(id),
    intents: cache.intents(id),
    news: cache.news(id),
    releases: cache.releases(id),
    sites: cache.sites(id),
    grants: cache.grants(id),
    isCurrent: cache.current() === id,
  }))
}

export const nothing = {
  account: undefined,
  label: undefined,
  keys: [],
  intents: [],
  news: [],
  releases: [],
  sites: [],
  grants: [],
  isCurrent: false,
}
export const whole = [
  {
    account,
    label: accountLabel,
    keys: [record, sealed],
    intents: [creation, deletion],
    news: [made, refused],
    releases,
    sites: [site, otherSite],
    grants: [grant, siteGrant],
    isCurrent: true,
  },
  {
    account: local,
    label: { accountId: 'a1', label: null, colour: 'grey' },
    keys: [{ ...record, accountId: 'a1' }],
    intents: [{ ...creation, accountId: 'a1' }],
    news: [{ ...made, accountId: 'a1' }],
    releases: [{ accountId: 'a1', keyId: record.id, purpose: 'reveal', requester: { kind: 'person' }, at: 4 }],
    sites: [{ ...site, accountId: 'a1' }],
    grants: [{ ...grant, accountId: 'a1' }],
    isCurrent: false,
  },
]
