import type { Account } from '../../../main/vault/model/account.ts'
import { type Line, nextLine, releaseIn } from '../../../main/vault/journal/journal-line.ts'
import type { KeyRef, KeyRecord } from '../../../main/vault/model/key.ts'
import type { AccountLabel } from '../../../main/vault/model/account-label.ts'
import type { Cache, Change } from '../../../main/vault/ports/cache.ts'
import type { Intent } from '../../../main/vault/model/pending-change.ts'
import type { LastingGrant } from '../../../main/vault/model/grant.ts'
import type { News } from '../../../main/vault/model/notification.ts'
import type { Pairing } from '../../../main/vault/model/pairing.ts'
import type { Release } from '../../../main/vault/model/release-record.ts'
import type { Site } from '../../../main/vault/model/site.ts'
import { Refusal } from '../../../main/vault/refusal.ts'

/** The content of a cache. */
export interface Records {
  readonly accounts: Map<string, Account>
  readonly labels: Map<string, AccountLabel>
  readonly keys: Map<string, KeyRecord>
  readonly intents: Map<string, Intent>
  readonly news: Map<string, News>
  readonly lines: Line[]
  readonly sites: Map<string, Site>
  readonly grants: Map<string, LastingGrant>
  readonly pairings: Map<string, Pairing>
  current: string | null
}

function none(): Records {
  const maps = {
    accounts: new Map(),
    labels: new Map(),
    keys: new Map(),
    intents: new Map(),
    news: new Map(),
    sites: new Map(),
    grants: new Map(),
  }
  return { ...maps, pairings: new Map(), lines: [], current: null }
}

/** The disk under the fake cache. Like a file, it outlives the caches that are opened on it. */
export class MemoryDisk {
  /** The records that were set aside, oldest first. */
  readonly aside: Records[] = []
  #records: Records = none()
  #key: Buffer | null = null
  #damaged = false
  /** While true, every commit fails. */
  full = false

  get exists(): boolean {
    return this.#key !== null
  }

  get records(): Records {
    return this.#records
  }

  /** @throws Refusal `profile-corrupt` if the file is damaged, or the key is not the one that the first cache was opened with */
  open(key: Uint8Array): Cache {
    if (this.#damaged || (this.#key !== null && !this.#key.equals(key))) throw new Refusal('profile-corrupt')
    this.#key = Buffer.from(key)
    return new MemoryCache(this)
  }

  /** Damages the file. A cache that is already open keeps working. */
  damage(): void {
    this.#damaged = true
  }

  /** Sets the records aside in `aside`. The next cache that is opened is empty and accepts any key. */
  setAside(): void {
    if (this.exists) this.aside.push(this.#records)
    this.erase()
  }

  /** Deletes the profile folder. */
  erase(): void {
    this.#records = none()
    this.#key = null
    this.#damaged = false
  }

  /** Atomic: the records are replaced by a changed copy. */
  write(change: (records: Records) => void): void {
    if (this.full) throw new Refusal('disk-full')
    const copy = structuredClone(this.#records)
    change(copy)
    this.#records = copy
  }
}

/** The fake cache. It returns copies, like rows read from a file. */
class MemoryCache implements Cache {
  readonly #file: MemoryDisk
  #closed = false

  constructor(disk: MemoryDisk) {
    this.#file = disk
  }

  accounts(): Account[] {
    return [...this.#copy().accounts.values()]
  }

  current(): string | null {
    return this.#copy().current
  }

  labels(): AccountLabel[] {
    return [...this.#copy().labels.values()]
  }

  keys(accountId: string): KeyRecord[] {
    return [...this.#copy().keys.values()].filter((key) => key.accountId === accountId)
  }

  key(accountId: string, id: string): KeyRecord | null {
    this.#requireOpen()
    return structuredClone(this.#file.records.keys.get(recordId({ accountId, id })) ?? null)
  }

  intents(accountId: string): Intent[] {
    const intents = [...this.#copy().intents.values()].filter((intent) => intent.accountId === accountId)
    return intents.sort((one, other) => one.order - other.order)
  }

  news(accountId: string): News[] {
    const news = [...this.#copy().news.values()].filter((one) => one.accountId === accountId)
    return news.sort((one, other) => one.at - other.at)
  }

  lines({ limit, before = Infinity, key }: { limit: number; before?: number; key?: KeyRef }): Line[] {
    const lines = this.#copy().lines.filter(
      (line) => line.seq < before && (key === undefined || (line.accountId === key.accountId && line.keyId === key.keyId)),
    )
    return lines.reverse().slice(0, limit)
  }

  releases(accountId: string): Release[] {
    return this.#copy().lines.flatMap((line) => (line.accountId === accountId ? (releaseIn(line) ?? []) : []))
  }

  lastReleases(accountId: string, keyId: string, limit: number): Release[] {
    const uses = this.releases(accountId).filter((release) => release.keyId === keyId && release.purpose !== 'verify')
    return uses.reverse().slice(0, limit)
  }

  lastUses(accountId: string): Map<string, number> {
    const uses = this.releases(accountId).filter(({ purpose }) => purpose !== 'verify')
    return new Map(uses.map(({ keyId, at }) => [keyId, at]))
  }

  sites(accountId: string): Site[] {
    const sites = [...this.#copy().sites.values()].filter((site) => site.accountId === accountId)
    return sites.sort((one, other) => one.at - other.at)
  }

  grants(accountId: string): LastingGrant[] {
    const grants = [...this.#copy().grants.values()].filter((grant) => grant.accountId === accountId)
    return grants.sort((one, other) => one.at - other.at)
  }

  pairings(): Pairing[] {
    return [...this.#copy().pairings.values()].sort((one, other) => one.at - other.at)
  }

  commit(changes: readonly Change[]): void {
    this.#requireOpen()
    this.#file.write((records) => {
      for (const change of structuredClone(changes)) apply(records, change)
    })
  }

  close(): void {
    this.#closed = true
  }

  #copy(): Records {
    this.#requireOpen()
    return structuredClone(this.#file.records)
  }

  #requireOpen(): void {
    if (this.#closed) throw new Refusal('locked')
  }
}

function recordId({ accountId, id }: { accountId: string; id: string }): string {
  return `${accountId}/${id}`
}

function apply(records: Records, change: Change): void {
  switch (change.op) {
    case 'put-account':
      records.accounts.set(change.account.id, change.account)
      return
    case 'drop-account':
      return dropAccount(records, change.id)
    case 'put-current':
      records.current = change.id !== null && records.accounts.has(change.id) ? change.id : null
      return
    case 'put-label':
      records.labels.set(change.label.accountId, change.label)
      return
    case 'put-key':
      records.keys.set(recordId(change.key), change.key)
      return
    case 'drop-key':
      records.keys.delete(recordId(change))
      for (const rows of [records.sites, records.grants]) {
        for (const [rowId, row] of rows) if (row.accountId === change.accountId && row.keyId === change.id) rows.delete(rowId)
      }
      return
    case 'put-intent':
      records.intents.set(recordId(change.intent), change.intent)
      return
    case 'drop-intent':
      records.intents.delete(recordId(change))
      return
    case 'put-news':
      records.news.set(recordId(change.news), change.news)
      return
    case 'drop-news':
      records.news.delete(recordId(change))
      return
    case 'note':
      records.lines.push(nextLine(records.lines.at(-1) ?? null, change.entry))
      return
    case 'put-line':
      records.lines.push(change.line)
      return
    case 'trim-journal':
      records.lines.splice(0, Math.max(0, records.lines.length - change.limit))
      return
    case 'put-site':
      records.sites.set(recordId(change.site), change.site)
      return
    case 'drop-site':
      records.sites.delete(recordId(change))
      return
    case 'put-grant':
      records.grants.set(recordId(change.grant), change.grant)
      return
    case 'drop-grant':
      records.grants.delete(recordId(change))
      return
    case 'put-pairing':
      records.pairings.set(change.pairing.id, change.pairing)
      return
    case 'drop-pairing':
      records.pairings.delete(change.id)
      for (const [rowId, { requester }] of records.grants) {
        if (requester.kind === 'site' && requester.pairing === change.id) records.grants.delete(rowId)
      }
  }
}

function dropAccount(records: Records, id: string): void {
  records.accounts.delete(id)
  records.labels.delete(id)
  if (records.current === id) records.current = null
  for (const rows of [records.keys, records.intents, records.news, records.sites, records.grants]) {
    for (const [rowId, row] of rows) if (row.accountId === id) rows.delete(rowId)
  }
}
