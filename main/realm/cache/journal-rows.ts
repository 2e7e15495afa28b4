import type Realm from 'realm'
import { type Line, nextLine, releaseIn } from '../../vault/journal/journal-line.ts'
import type { KeyRef } from '../../vault/model/key.ts'
import type { Change } from '../../vault/ports/cache.ts'
import type { Requester } from '../../vault/model/requester.ts'
import type { Purpose } from '../../../shared/lists/purposes.ts'
import type { Release } from '../../vault/model/release-record.ts'

const optional = { type: 'string', optional: true } as const

/** Without a primary key, so that the rows keep the order in which they were added. */
export const lineSchema: Realm.ObjectSchema = {
  name: 'Line',
  properties: {
    seq: 'int',
    at: 'double',
    event: 'string',
    accountId: { ...optional, indexed: true },
    keyId: { ...optional, indexed: true },
    name: optional,
    purpose: optional,
    requester: optional,
    detail: optional,
    previous: 'string',
    hash: 'string',
  },
}

/** `requester` is stored as JSON: its variants share no field, and no query uses one. */
type LineRow = Omit<Line, 'purpose' | 'requester'> & { readonly purpose: string | null; readonly requester: string | null }
type LineRows = Realm.Results<LineRow & Realm.Object>

export function linesIn(file: Realm, { limit, before, key }: { limit: number; before?: number; key?: KeyRef }): Line[] {
  const rows = key === undefined ? all(file) : rowsOf(file, key)
  return newest(before === undefined ? rows : rows.filtered('seq < $0', before), limit).map(lineOf)
}

/** In the order in which they were added. */
export function releasesIn(file: Realm, accountId: string): Release[] {
  return Array.from(all(file).filtered('accountId == $0', accountId), lineOf).flatMap((line) => releaseIn(line) ?? [])
}

export function lastReleasesIn(file: Realm, key: KeyRef, limit: number): Release[] {
  const rows = rowsOf(file, key)
  const last: Release[] = []
  for (let index = rows.length - 1; index >= 0 && last.length < limit; index -= 1) {
    const row = rows[index]
    if (row === undefined || row.event !== 'release' || row.purpose === 'verify') continue
    const release = releaseIn(lineOf(row))
    if (release !== null) last.push(release)
  }
  return last
}

/** When each key was last released, by its id. One query: reading each key's own lines took 45 ms and more for a thousand keys. */
export function lastUsesIn(file: Realm, accountId: string): Map<string, number> {
  const last = all(file).filtered(`accountId == $0 && event == 'release' && purpose != 'verify' SORT(seq DESC) DISTINCT(keyId)`, accountId)
  return new Map(Array.from(last).flatMap(({ keyId, at }) => (keyId === null ? [] : [[keyId, at] as const])))
}

/** The journal during one write transaction: its length is read once and it is trimmed once, however many lines are added. */
export class JournalWrite {
  readonly #file: Realm
  #last: Line | null | undefined
  #length: number | undefined
  /** The number of lines at the beginning to be dropped. */
  #surplus = 0

  constructor(file: Realm) {
    this.#file = file
  }

  change(change: Extract<Change, { op: 'note' | 'put-line' | 'trim-journal' }>): void {
    this.#length ??= all(this.#file).length
    if (change.op === 'trim-journal') return this.#trim(this.#length - change.limit)
    const line = change.op === 'note' ? nextLine(this.#lastLine(), change.entry) : change.line
    this.#file.create('Line', { ...line, requester: line.requester && JSON.stringify(line.requester) })
    this.#last = line
    this.#length += 1
  }

  /** Call it after the last change. */
  end(): void {
    if (this.#surplus > 0) this.#file.delete(all(this.#file).slice(0, this.#surplus))
  }

  #lastLine(): Line | null {
    if (this.#last === undefined) this.#last = linesIn(this.#file, { limit: 1 })[0] ?? null
    return this.#last
  }

  #trim(surplus: number): void {
    this.#surplus = Math.max(this.#surplus, surplus)
    if (surplus === this.#length) this.#last = null
  }
}

function all(file: Realm): LineRows {
  return file.objects<LineRow>('Line')
}

/** The key id comes first, because it is the selective index. */
function rowsOf(file: Realm, { accountId, keyId }: KeyRef): LineRows {
  return all(file).filtered('keyId == $0 && accountId == $1', keyId, accountId)
}

function newest(rows: LineRows, limit: number): (LineRow & Realm.Object)[] {
  return rows.slice(Math.max(0, rows.length - limit)).reverse()
}

function lineOf({ seq, at, event, accountId, keyId, name, purpose, requester, detail, previous, hash }: LineRow): Line {
  const parsed = requester === null ? null : (JSON.parse(requester) as Requester)
  return { seq, at, event, accountId, keyId, name, purpose: purpose as Purpose | null, requester: parsed, detail, previous, hash }
}
