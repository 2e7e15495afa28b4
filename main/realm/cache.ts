import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Realm from 'realm'
import type { Account } from '../vault/account.ts'
import type { KeyRecord, ValueState } from '../vault/key.ts'
import type { Cache, Change, Intent, Purpose, Release } from '../vault/ports.ts'
import { Refusal } from '../vault/refusal.ts'
import type { AccountRow, IntentRow, KeyRow, ReleaseRow } from './records.ts'
import { accountOf, rowOf, schema } from './records.ts'

export function cacheExists(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false
    throw new Refusal('profile-unusable')
  }
}

/**
 * Opens the encrypted records, or makes them.
 * @param key 64 bytes
 * @throws Refusal `profile-corrupt` if the file is not one that this key opens: it is left as it is; `profile-unusable` if the
 *   folder cannot be used; `disk-full`
 */
export function openCache(path: string, key: Uint8Array): Cache {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new Refusal(isErrno(error, 'ENOSPC') ? 'disk-full' : 'profile-unusable')
  }
  // Realm takes an empty file for a new one and would write over what a crash or a bad copy left.
  if (cacheExists(path) && statSync(path).size < 4096) throw new Refusal('profile-corrupt')
  try {
    const realm = new Realm({ path, schema, schemaVersion: 1, encryptionKey: key })
    chmodSync(path, 0o600)
    return new RealmCache(realm)
  } catch (error) {
    throw refusalOf(error)
  }
}

class RealmCache implements Cache {
  readonly #file: Realm

  constructor(file: Realm) {
    this.#file = file
  }

  /** An operation under way when the vault is locked comes here after the file was closed. */
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

  keys(accountId: string): KeyRecord[] {
    return Array.from(this.#of<KeyRow>('Key', accountId), (row) => ({
      accountId: row.accountId,
      id: row.id,
      name: row.name,
      enabled: row.enabled,
      value: row.value as ValueState,
      lastFour: row.lastFour,
      sealed: row.sealed,
      goneAt: row.goneAt,
    }))
  }

  intents(accountId: string): Intent[] {
    return Array.from(this.#of<IntentRow>('Intent', accountId), ({ name, startedAt }) => ({ accountId, name, startedAt }))
  }

  releases(accountId: string): Release[] {
    return Array.from(this.#of<ReleaseRow>('Release', accountId), ({ keyId, purpose, at }) => ({
      accountId,
      keyId,
      purpose: purpose as Purpose,
      at,
    }))
  }

  commit(changes: readonly Change[]): void {
    try {
      this.#realm.write(() => {
        for (const change of changes) this.#apply(change)
      })
    } catch (error) {
      throw refusalOf(error)
    }
  }

  close(): void {
    this.#file.close()
  }

  #of<Row>(table: string, accountId: string): Realm.Results<Row & Realm.Object> {
    return this.#realm.objects<Row>(table).filtered('accountId == $0', accountId)
  }

  #apply(change: Change): void {
    switch (change.op) {
      case 'put-account':
        return this.#put('Account', rowOf(change.account, this.current() === change.account.id))
      case 'put-current':
        return this.#putCurrent(change.id)
      case 'put-key':
        return this.#put('Key', { ...change.key, recordId: `${change.key.accountId}/${change.key.id}` })
      case 'put-intent':
        return this.#put('Intent', { ...change.intent, recordId: `${change.intent.accountId}/${change.intent.name}` })
      case 'put-release':
        this.#realm.create('Release', { ...change.release })
        return
      case 'drop-key':
        return this.#drop('Key', `${change.accountId}/${change.id}`)
      case 'drop-intent':
        return this.#drop('Intent', `${change.accountId}/${change.name}`)
      case 'drop-account':
        for (const table of ['Key', 'Intent', 'Release']) this.#realm.delete(this.#of(table, change.id))
        return this.#drop('Account', change.id)
    }
  }

  #putCurrent(id: string | null): void {
    for (const row of this.#realm.objects<AccountRow>('Account')) row.current = row.id === id
  }

  #put(table: string, row: object): void {
    this.#realm.create(table, row, Realm.UpdateMode.Modified)
  }

  #drop(table: string, id: string): void {
    const row = this.#realm.objectForPrimaryKey(table, id)
    if (row !== null && row !== undefined) this.#realm.delete(row)
  }
}

/** Realm's errors are sentences with paths in them; only what they are is passed on. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const said = error instanceof Error ? error.message : ''
  if (/closed|invalidated/i.test(said)) return new Refusal('locked')
  if (/no space|ENOSPC|quota/i.test(said)) return new Refusal('disk-full')
  if (/permission|read-only|denied/i.test(said)) return new Refusal('profile-unusable')
  return new Refusal('profile-corrupt')
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
