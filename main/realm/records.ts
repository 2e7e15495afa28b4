import type Realm from 'realm'
import type { Account, SignInMethod } from '../vault/account.ts'
import type { KeyRecord } from '../vault/key.ts'
import type { Intent, Release } from '../vault/ports.ts'
import type { RefusalCode } from '../vault/refusal.ts'

const optional = { type: 'string', optional: true } as const

/** Records are found by composed ids, so that one commit replaces what it names and nothing twice. */
export const schema: Realm.ObjectSchema[] = [
  {
    name: 'Account',
    primaryKey: 'id',
    properties: {
      id: 'string',
      url: optional,
      appId: optional,
      method: 'string',
      email: optional,
      userId: 'string',
      signedIn: 'bool',
      syncedAt: 'double?',
      troubleCode: optional,
      troubleAt: 'double?',
      current: 'bool',
    },
  },
  {
    name: 'Key',
    primaryKey: 'recordId',
    properties: {
      recordId: 'string',
      accountId: { type: 'string', indexed: true },
      id: 'string',
      name: 'string',
      enabled: 'bool',
      value: 'string',
      lastFour: optional,
      sealed: optional,
      goneAt: 'double?',
    },
  },
  {
    name: 'Intent',
    primaryKey: 'recordId',
    properties: {
      recordId: 'string',
      accountId: { type: 'string', indexed: true },
      name: 'string',
      startedAt: 'double',
    },
  },
  {
    name: 'Release',
    properties: { accountId: { type: 'string', indexed: true }, keyId: 'string', purpose: 'string', at: 'double' },
  },
]

export interface AccountRow {
  id: string
  url: string | null
  appId: string | null
  method: string
  email: string | null
  userId: string
  signedIn: boolean
  syncedAt: number | null
  troubleCode: string | null
  troubleAt: number | null
  current: boolean
}
export type KeyRow = Omit<KeyRecord, 'value'> & { value: string; recordId: string }
export type IntentRow = Intent & { recordId: string }
export type ReleaseRow = Omit<Release, 'purpose'> & { purpose: string }

export function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    server: row.url === null || row.appId === null ? null : { url: row.url, appId: row.appId },
    method: row.method as SignInMethod,
    email: row.email,
    userId: row.userId,
    signedIn: row.signedIn,
    syncedAt: row.syncedAt,
    trouble:
      row.troubleCode === null || row.troubleAt === null
        ? null
        : { code: row.troubleCode as RefusalCode, at: row.troubleAt },
  }
}

export function rowOf({ server, trouble, ...account }: Account, current: boolean): AccountRow {
  return {
    ...account,
    url: server?.url ?? null,
    appId: server?.appId ?? null,
    troubleCode: trouble?.code ?? null,
    troubleAt: trouble?.at ?? null,
    current,
  }
}
