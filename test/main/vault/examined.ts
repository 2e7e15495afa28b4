import { items } from '../../../main/vault/items.ts'
import type { KeyRecord } from '../../../main/vault/key.ts'
import type { RootKey } from '../../../main/vault/seal.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { account, record } from '../ports/cache-records.ts'

export function valueOf(name: string): Secret {
  return new Secret(`value of ${name}`)
}

/** The record of a key whose value, `valueOf` its name, was put into the keychain. */
export function newRecord(name: string, root: RootKey): KeyRecord {
  const id = Buffer.from(name.padEnd(12, '.')).toString('hex')
  const fingerprint = root.fingerprint(valueOf(name), items.value(account.id, id))
  return { ...record, accountId: account.id, id, name, fingerprint }
}
