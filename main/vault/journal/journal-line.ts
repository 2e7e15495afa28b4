import { createHash } from 'node:crypto'
import type { KeyRef } from '../model/key.ts'
import type { Purpose, Requester } from '../model/requester.ts'
import type { Release } from '../model/release-record.ts'

/** What the journal tells of. */
export const journalEvents = [
  'release',
  'created',
  'deleted',
  'enabled',
  'disabled',
  'value-added',
  'value-removed',
  'approved',
  'revoked',
  'unlocked',
  'locked',
  'exported',
  'backed-up',
  'restored',
  'older-file',
  'imported',
  'server-confirmed',
  'sent',
] as const
export type JournalEvent = (typeof journalEvents)[number]

/** What happened, when, to which key, for whom; null for what does not apply. Never a value. */
export interface Entry {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly event: JournalEvent
  readonly accountId: string | null
  readonly keyId: string | null
  /** What the key was called then. */
  readonly name: string | null
  readonly purpose: Purpose | null
  readonly requester: Requester | null
  /** A word more: for how long was approved, what was exported, which server something was sent to. */
  readonly detail: string | null
}

/** An entry in its place. Whoever changes, drops or moves one breaks the chain there. */
export interface Line extends Entry {
  /** From 1, by 1. */
  readonly seq: number
  /** `hash` of the line before, as 64 hex digits; of the first line ever, zeros. */
  readonly previous: string
  /** `hashOf` the line. */
  readonly hash: string
}

/** Before the first line. */
export const genesisHash = '0'.repeat(64)

/** @param last the journal's last line; null for the first */
export function nextLine(last: Line | null, entry: Entry): Line {
  const line = { ...entry, seq: (last?.seq ?? 0) + 1, previous: last?.hash ?? genesisHash }
  return { ...line, hash: hashOf(line) }
}

/** SHA-256 over the hash before and the line's text: 64 hex digits. */
export function hashOf(line: Omit<Line, 'hash'>): string {
  return createHash('sha256')
    .update(`latchkey journal v1\n${line.previous}\n${JSON.stringify(lineContent(line))}`)
    .digest('hex')
}

/** A line as it is exported and hashed: these fields in this order, its time as people write it. */
export function lineContent({
  seq,
  at,
  event,
  accountId,
  keyId,
  name,
  purpose,
  requester,
  detail,
}: Omit<Line, 'hash' | 'previous'>): object {
  return { seq, at: new Date(at).toISOString(), event, accountId, keyId, name, purpose, requester, detail }
}

/** @returns null for a line that tells of something else */
export function releaseIn({ event, accountId, keyId, purpose, requester, at }: Entry): Release | null {
  if (event !== 'release' || accountId === null || keyId === null || purpose === null || requester === null) return null
  return { accountId, keyId, purpose, requester, at }
}

/** A value that left, as an entry. @param detail the server that it went to; null if it went to none */
export function releaseEntry(
  { accountId, keyId, purpose, requester, at }: Release,
  name: string | null,
  detail: string | null = null,
): Entry {
  return { at, event: 'release', accountId, keyId, name, purpose, requester, detail }
}

export function isAboutKey({ accountId, keyId }: Entry, key: KeyRef): boolean {
  return accountId === key.accountId && keyId === key.keyId
}
