import Realm from 'realm'
import { saysDiskFull } from '../../../shared/system-error.ts'
import type { Account } from '../../vault/model/account.ts'
import type { Line } from '../../vault/journal/journal-line.ts'
import type { KeyRef, KeyRecord } from '../../vault/model/key.ts'
import type { AccountLabel } from '../../vault/model/account-label.ts'
import type { Cache, Change } from '../../vault/ports/cache.ts'
import type { Intent } from '../../vault/model/pending-change.ts'
import type { LastingGrant } from '../../vault/model/grant.ts'
import type { News } from '../../vault/model/notification.ts'
import type { Pairing } from '../../vault/model/pairing.ts'
import type { Release } from '../../vault/model/release-record.ts'
import type { Site } from '../../vault/model/site.ts'
import { Refusal } from '../../vault/refusal.ts'
import { JournalWrite, lastReleasesIn, lastUsesIn, linesIn, releasesIn } from './journal-rows.ts'
import type { AccountRow, GrantRow, IntentRow, KeyRow, LabelRow, NewsRow, SiteRow } from './records.ts'
import {
  accountOf,
  accountRow,
  grantOf,
  grantRow,
  intentOf,
  intentRow,
  keyOf,
  keyRow,
  labelOf,
  newsOf,
  pairingOf,
  recordId,
  siteOf,
} from './records.ts'

/** The records of one open file. */
export class RealmCache implements Cache {
  readonly #file: Realm

  constructor(file: Realm) {
    this.#file = file
  }

  /** An operation in progress at a lock may get here after the file was closed. */
  get #realm(): Realm {
    if (this.#file.isClosed) throw new Refusal('locked')
    return this.#file
  }

  accounts(): Account[] {
    return Array.from(this.#realm.objects<AccountRow>('Account'), accountOf)
  }

  current(): string | null {
    return this.#realm.objects<AccountRow>('Account').filtered('current == true')[0]?.id ?? null
  }

  labels(): AccountLabel[] {
    return Array.from(this.#realm.objects<LabelRow>('Mark'), labelOf)
  }

  keys(accountId: string): KeyRecord[] {
    return Array.from(this.#of<KeyRow>('Key', accountId), keyOf)
  }

  key(accountId: string, id: string): KeyRecord | null {
    const row = this.#realm.objectForPrimaryKey<KeyRow>('Key', recordId({ accountId, id }))
    return row === null || row === undefined ? null : keyOf(row)
  }

  intents(accountId: string): Intent[] {
    return Array.from(this.#of<IntentRow>('Intent', accountId).sorted('order'), intentOf)
  }

  news(accountId: string): News[] {
    return Array.from(this.#of<NewsRow>('News', accountId).sorted('at'), newsOf)
  }

  lines(wanted: { limit: number; before?: number; key?: KeyRef }): Line[] {
    return linesIn(this.#realm, wanted)
  }

  releases(accountId: string): Release[] {
    return releasesIn(this.#realm, accountId)
  }

  lastReleases(accountId: string, keyId: string, limit: number): Release[] {
    return lastReleasesIn(this.#realm, { accountId, keyId }, limit)
  }

  lastUses(accountId: string): Map<string, number> {
    return lastUsesIn(this.#realm, accountId)
  }

  sites(accountId: string): Site[] {
    return Array.from(this.#of<SiteRow>('Site', accountId).sorted('at'), siteOf)
  }

  grants(accountId: string): LastingGrant[] {
    return Array.from(this.#of<GrantRow>('Grant', accountId).sorted('at'), grantOf)
  }

  pairings(): Pairing[] {
    return Array.from(this.#realm.objects<Pairing>('Pairing').sorted('at'), pairingOf)
  }

  commit(changes: readonly Change[]): void {
    try {
      this.#realm.write(() => {
        const journal = new JournalWrite(this.#realm)
        for (const change of changes) this.#apply(change, journal)
        journal.end()
      })
    } catch (error) {
      throw refusalOf(error, this.#file.path)
    }
  }

  close(): void {
    this.#file.close()
  }

  #of<Row>(table: string, accountId: string): Realm.Results<Row & Realm.Object> {
    return this.#realm.objects<Row>(table).filtered('accountId == $0', accountId)
  }

  #apply(change: Change, journal: JournalWrite): void {
    switch (change.op) {
      case 'put-account':
        return this.#put('Account', accountRow(change.account, this.current() === change.account.id))
      case 'put-current':
        return this.#putCurrent(change.id)
      case 'put-label':
        return this.#put('Mark', change.label)
      case 'put-key':
        return this.#put('Key', keyRow(change.key))
      case 'put-intent':
        return this.#put('Intent', intentRow(change.intent))
      case 'put-news':
        return this.#put('News', { ...change.news, recordId: recordId(change.news) })
      case 'note':
      case 'put-line':
      case 'trim-journal':
        return journal.change(change)
      case 'put-site':
        return this.#put('Site', { ...change.site, recordId: recordId(change.site) })
      case 'put-pairing':
        return this.#put('Pairing', change.pairing)
      case 'put-grant':
        return this.#put('Grant', grantRow(change.grant))
      case 'drop-key':
        for (const table of ['Site', 'Grant']) this.#realm.delete(this.#of(table, change.accountId).filtered('keyId == $0', change.id))
        return this.#drop('Key', recordId(change))
      case 'drop-intent':
        return this.#drop('Intent', recordId(change))
      case 'drop-news':
        return this.#drop('News', recordId(change))
      case 'drop-site':
        return this.#drop('Site', recordId(change))
      case 'drop-grant':
        return this.#drop('Grant', recordId(change))
      case 'drop-pairing':
        return this.#dropPairing(change.id)
      case 'drop-account':
        for (const table of ['Key', 'Intent', 'News', 'Site', 'Grant']) this.#realm.delete(this.#of(table, change.id))
        this.#drop('Mark', change.id)
        return this.#drop('Account', change.id)
    }
  }

  #putCurrent(id: string | null): void {
    for (const row of this.#realm.objects<AccountRow>('Account')) row.current = row.id === id
  }

  #dropPairing(id: string): void {
    for (const row of Array.from(this.#realm.objects<GrantRow & Realm.Object>('Grant'))) {
      const { requester } = grantOf(row)
      if (requester.kind === 'site' && requester.pairing === id) this.#realm.delete(row)
    }
    this.#drop('Pairing', id)
  }

  #put(table: string, row: object): void {
    this.#realm.create(table, row, Realm.UpdateMode.Modified)
  }

  #drop(table: string, id: string): void {
    const row = this.#realm.objectForPrimaryKey(table, id)
    if (row !== null && row !== undefined) this.#realm.delete(row)
  }
}

/**
 * Realm's error messages contain paths, so only their kind is passed on. `profile-corrupt` stands only for what Realm finds in the file
 * itself: an intact file that the system did not allow to be opened must not be treated as damaged.
 */
export function refusalOf(error: unknown, path: string): Refusal {
  if (error instanceof Refusal) return error
  const [sentence = ''] = error instanceof Error ? error.message.replaceAll(path, '').split('\n') : []
  if (/has been closed|invalidated/i.test(sentence)) return new Refusal('locked')
  if (saysDiskFull(sentence)) return new Refusal('disk-full')
  if (/last set version/i.test(sentence)) return new Refusal('profile-newer')
  return new Refusal(fileErrors.test(sentence) ? 'profile-corrupt' : 'profile-unusable')
}

const fileErrors =
  /decrypt|unencrypted|invalid (mnemonic|top array|logical file size|streaming)|top ref|bad size|file format|format version|unable to open realm:|migration is required/i
