import { createHash } from 'node:crypto'
import type { JournalEvent } from '../../../shared/lists/journal-events.ts'
import type { Requester } from '../model/requester.ts'
import type { Purpose } from '../../../shared/lists/purposes.ts'
import type { Release } from '../model/release-record.ts'

/** What happened, when, to which key and for whom; null for what does not apply. Never contains a value. */
export interface Entry {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly event: JournalEvent
  readonly accountId: string | null
  readonly keyId: string | null
  /** The key's name at that time. */
  readonly name: string | null
  readonly purpose: Purpose | null
  readonly requester: Requester | null
  /** Further detail: how long an approval lasts, what was exported, which server something was sent to. */
  readonly detail: string | null
}

/** A journal entry with its position in the hash chain. Changing, dropping or moving a line breaks the chain there. */
export interface Line extends Entry {
  /** Counts from 1 without gaps. */
  readonly seq: number
  /** `hash` of the previous line, as 64 hex digits; zeros for the very first line. */
  readonly previous: string
  /** `hashOf` this line. */
  readonly hash: string
}

/** The hash before the first line. */
export const genesisHash = '0'.repeat(64)

/** @param last the journal's last line; null if the journal is empty */
export function nextLine(last: Line | null, entry: Entry): Line {
  const line = { ...entry, seq: (last?.seq ?? 0) + 1, previous: last?.hash ?? genesisHash }
  return { ...line, hash: hashOf(line) }
}

/** SHA-256 over the previous hash and the line's content, as 64 hex digits. */
export function hashOf(line: Omit<Line, 'hash'>): string {
  return createHash('sha256')
    .update(`latchkey journal v1\n${line.previous}\n${JSON.stringify(lineContent(line))}`)
    .digest('hex')
}

/** The fields of a line as they are exported and hashed, in this order, with an ISO 8601 time. */
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

/** @returns null for any other event than a release */
export function releaseIn({ event, accountId, keyId, purpose, requester, at }: Entry): Release | null {
  if (event !== 'release' || accountId === null || keyId === null || purpose === null || requester === null) return null
  return { accountId, keyId, purpose, requester, at }
}

/** The entry of a released value. @param detail the server that it was sent to; null if it was sent to none */
export function releaseEntry(
  { accountId, keyId, purpose, requester, at }: Release,
  name: string | null,
  detail: string | null = null,
): Entry {
  return { at, event: 'release', accountId, keyId, name, purpose, requester, detail }
}
