import { randomBytes } from 'node:crypto'
import type Realm from 'realm'
import { lineAfter, releaseEntry, type Line } from '../../vault/journal/journal-line.ts'
import type { Purpose, Requester } from '../../vault/model/requester.ts'
import { recordId } from './records.ts'

/** Brings the records of an older file up to this version, step by step. What version 5 is the first to count begins at 0. */
export function migrate(old: Realm, renewed: Realm): void {
  if (old.schemaVersion < 2) fromOne(old, renewed)
  if (old.schemaVersion < 4) fromThree(old, renewed)
}

/**
 * Version 1 knew one kind of intent, a creation that was under way, found by its name. It may have been asked for, as far as
 * that version could tell. What version 1 did not keep is null, which the properties new in version 2 are by themselves.
 */
function fromOne(old: Realm, renewed: Realm): void {
  const begun = Array.from(old.objects<{ accountId: string; name: string; startedAt: number }>('Intent'), (row) => ({
    accountId: row.accountId,
    name: row.name,
    startedAt: row.startedAt,
  }))
  renewed.delete(renewed.objects('Intent'))
  for (const { accountId, name, startedAt } of begun) {
    const id = randomBytes(8).toString('hex')
    const found = { recordId: recordId({ accountId, id }), accountId, id, order: startedAt }
    renewed.create('Intent', { ...found, kind: 'create', keyId: null, name, at: startedAt, wasEnabled: null, sent: true })
  }
  for (const account of renewed.objects<{ troubleAt: number | null; troubleSince: number | null }>('Account')) {
    account.troubleSince = account.troubleAt
  }
}

/** Up to version 3 the journal was of releases alone, and nothing chained them. Up to version 2, values left in the vault's own window only. */
function fromThree(old: Realm, renewed: Realm): void {
  const person: Requester = { kind: 'person' }
  const names = new Map(Array.from(old.objects<{ recordId: string; name: string }>('Key'), (key) => [key.recordId, key.name]))
  let last: Line | null = null
  for (const { accountId, keyId, purpose, requester, at } of Array.from(old.objects<ReleaseRow>('Release'))) {
    const asked = old.schemaVersion < 3 ? person : (JSON.parse(requester) as Requester)
    const name = names.get(recordId({ accountId, id: keyId })) ?? null
    last = lineAfter(last, releaseEntry({ accountId, keyId, purpose: purpose as Purpose, requester: asked, at }, name))
    renewed.create('Line', { ...last, requester: JSON.stringify(asked) })
  }
  renewed.deleteModel('Release')
}

interface ReleaseRow {
  readonly accountId: string
  readonly keyId: string
  readonly purpose: string
  readonly requester: string
  readonly at: number
}
