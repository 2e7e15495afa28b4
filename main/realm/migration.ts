import { randomBytes } from 'node:crypto'
import type Realm from 'realm'
import { recordId } from './records.ts'

/** Brings the records of an older file up to this version, step by step. */
export function migrate(old: Realm, renewed: Realm): void {
  if (old.schemaVersion < 2) fromOne(old, renewed)
  if (old.schemaVersion < 3) fromTwo(renewed)
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

/** Up to version 2, values left the vault in its own window only. */
function fromTwo(renewed: Realm): void {
  const person = JSON.stringify({ kind: 'person' })
  for (const release of renewed.objects<{ requester: string }>('Release')) release.requester = person
}
