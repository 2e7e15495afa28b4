import type Realm from 'realm'
import { areEqualDetails, type KeyDetails, noDetails } from '../../../shared/key-details.ts'
import type { Account } from '../../vault/model/account.ts'
import type { Colour, SignInMethod } from '../../../shared/lists/accounts.ts'
import type { KeyRecord } from '../../vault/model/key.ts'
import type { ValueState, Verdict } from '../../../shared/lists/keys.ts'
import type { AccountLabel } from '../../vault/model/account-label.ts'
import type { Intent } from '../../vault/model/pending-change.ts'
import type { LastingGrant } from '../../vault/model/grant.ts'
import type { News } from '../../vault/model/notification.ts'
import type { Pairing } from '../../vault/model/pairing.ts'
import type { Purpose } from '../../../shared/lists/purposes.ts'
import type { Site } from '../../vault/model/site.ts'
import type { RefusalCode } from '../../vault/refusal.ts'
import { lineSchema } from './journal-rows.ts'

const optional = { type: 'string', optional: true } as const
const ofAccount = { type: 'string', indexed: true } as const

/** Increase it with every change of `schema`. After the first release each increase needs a migration: see `openFile`. */
export const schemaVersion = 7

/** Records have composed ids, so that a commit replaces exactly the records that it names. */
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
      troubleSince: 'double?',
      current: 'bool',
    },
  },
  { name: 'Mark', primaryKey: 'accountId', properties: { accountId: 'string', label: optional, colour: optional } },
  {
    name: 'Key',
    primaryKey: 'recordId',
    properties: {
      recordId: 'string',
      accountId: ofAccount,
      id: 'string',
      name: 'string',
      enabled: 'bool',
      value: 'string',
      lastFour: optional,
      sealed: optional,
      goneAt: 'double?',
      goneFor: 'double',
      fingerprint: optional,
      verdict: optional,
      verifiedAt: 'double?',
      service: optional,
      details: optional,
    },
  },
  {
    name: 'Intent',
    primaryKey: 'recordId',
    properties: {
      recordId: 'string',
      accountId: ofAccount,
      id: 'string',
      order: 'double',
      kind: 'string',
      keyId: optional,
      name: 'string',
      at: 'double',
      wasEnabled: 'bool?',
      sent: 'bool',
      details: optional,
    },
  },
  {
    name: 'News',
    primaryKey: 'recordId',
    properties: { recordId: 'string', accountId: ofAccount, id: 'string', what: 'string', keyId: optional, name: 'string', at: 'double' },
  },
  lineSchema,
  {
    name: 'Site',
    primaryKey: 'recordId',
    properties: {
      recordId: 'string',
      accountId: ofAccount,
      keyId: 'string',
      id: 'string',
      origin: 'string',
      subdomains: 'bool',
      at: 'double',
    },
  },
  {
    name: 'Grant',
    primaryKey: 'recordId',
    properties: {
      recordId: 'string',
      accountId: ofAccount,
      keyId: 'string',
      id: 'string',
      purpose: 'string',
      requester: 'string',
      at: 'double',
    },
  },
  {
    name: 'Pairing',
    primaryKey: 'id',
    properties: { id: 'string', browser: 'string', theirKey: 'string', ourKey: 'string', at: 'double', lastAt: 'double?' },
  },
]

export interface AccountRow extends Omit<Account, 'server' | 'method' | 'trouble'> {
  readonly url: string | null
  readonly appId: string | null
  readonly method: string
  readonly troubleCode: string | null
  readonly troubleAt: number | null
  readonly troubleSince: number | null
  current: boolean
}
export type LabelRow = Omit<AccountLabel, 'colour'> & { readonly colour: string | null }
/** `details` are stored as JSON, like a requester: no query uses them. Null for a key without details. */
export interface KeyRow extends Omit<KeyRecord, 'value' | 'verified' | 'details'> {
  readonly recordId: string
  readonly details: string | null
  readonly value: string
  readonly verdict: string | null
  readonly verifiedAt: number | null
}
export type IntentRow = Omit<Intent, 'details'> & { readonly recordId: string; readonly details: string | null }
export type NewsRow = News & { readonly recordId: string }
export type SiteRow = Site & { readonly recordId: string }
/** `requester` is stored as JSON, like the journal's. */
export type GrantRow = Omit<LastingGrant, 'purpose' | 'requester' | 'until'> & {
  readonly recordId: string
  readonly purpose: string
  readonly requester: string
}

/** The primary key of an account's record; ids are unique only within an account. */
export function recordId({ accountId, id }: { accountId: string; id: string }): string {
  return `${accountId}/${id}`
}

export function accountOf(row: AccountRow): Account {
  const { troubleCode: code, troubleAt: at, troubleSince: since } = row
  return {
    id: row.id,
    server: row.url === null || row.appId === null ? null : { url: row.url, appId: row.appId },
    method: row.method as SignInMethod,
    email: row.email,
    userId: row.userId,
    signedIn: row.signedIn,
    syncedAt: row.syncedAt,
    trouble: code === null || at === null || since === null ? null : { code: code as RefusalCode, at, since },
  }
}

export function accountRow({ server, trouble, ...account }: Account, current: boolean): AccountRow {
  return {
    ...account,
    url: server?.url ?? null,
    appId: server?.appId ?? null,
    troubleCode: trouble?.code ?? null,
    troubleAt: trouble?.at ?? null,
    troubleSince: trouble?.since ?? null,
    current,
  }
}

export function labelOf({ accountId, label, colour }: LabelRow): AccountLabel {
  return { accountId, label, colour: colour as Colour | null }
}

export function keyOf(row: KeyRow): KeyRecord {
  const { accountId, id, name, enabled, lastFour, sealed, goneAt, goneFor, fingerprint, verdict, verifiedAt: at, service } = row
  const value = row.value as ValueState
  const verified = verdict === null || at === null ? null : { verdict: verdict as Verdict, at }
  const details = detailsOf(row)
  return { accountId, id, name, enabled, value, lastFour, sealed, goneAt, goneFor, fingerprint, verified, service, details }
}

export function keyRow({ verified, ...key }: KeyRecord): KeyRow {
  const verdict = { verdict: verified?.verdict ?? null, verifiedAt: verified?.at ?? null }
  return { ...key, ...verdict, recordId: recordId(key), details: detailsText(key.details) }
}

export function intentOf({ accountId, id, order, kind, keyId, name, at, wasEnabled, sent, details }: IntentRow): Intent {
  const intent = { accountId, id, order, kind, keyId, name, at, wasEnabled, sent }
  return (details === null ? intent : { ...intent, details: detailsOf({ details }) }) as Intent
}

export function intentRow(intent: Intent): IntentRow {
  const details = intent.kind === 'create' ? detailsText(intent.details ?? noDetails) : null
  return { ...intent, recordId: recordId(intent), details }
}

function detailsOf({ details }: { readonly details: string | null }): KeyDetails {
  return details === null ? noDetails : (JSON.parse(details) as KeyDetails)
}

function detailsText(details: KeyDetails): string | null {
  return areEqualDetails(details, noDetails) ? null : JSON.stringify(details)
}

export function newsOf({ accountId, id, what, keyId, name, at }: NewsRow): News {
  return { accountId, id, what, keyId, name, at }
}

export function siteOf({ accountId, keyId, id, origin, subdomains, at }: SiteRow): Site {
  return { accountId, keyId, id, origin, subdomains, at }
}

export function grantOf({ accountId, keyId, id, purpose, requester, at }: GrantRow): LastingGrant {
  const asking = JSON.parse(requester) as LastingGrant['requester']
  return { accountId, keyId, id, purpose: purpose as Purpose, requester: asking, at, until: null }
}

export function grantRow({ until: _, ...grant }: LastingGrant): GrantRow {
  return { ...grant, recordId: recordId(grant), requester: JSON.stringify(grant.requester) }
}

export function pairingOf({ id, browser, theirKey, ourKey, at, lastAt }: Pairing): Pairing {
  return { id, browser, theirKey, ourKey, at, lastAt }
}
