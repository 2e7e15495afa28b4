/** The schemas of messages about the journal. None contains a value. */
import * as v from 'valibot'
import { journalEvents } from '../shared/lists/journal-events.ts'
import { party } from './outlet-shapes.ts'
import { purposes } from '../shared/lists/purposes.ts'
import { accountId, count, keyId, time } from './shapes.ts'

const key = v.strictObject({ accountId, keyId })

const line = v.strictObject({
  seq: count,
  at: time,
  event: v.picklist(journalEvents),
  /** The key's name at that time; null if the line is not about a key. */
  name: v.nullable(v.string()),
  /** The name of the key's account; null if the account no longer exists. */
  account: v.nullable(v.string()),
  purpose: v.nullable(v.picklist(purposes)),
  requester: v.nullable(party),
  detail: v.nullable(v.string()),
})

/** `before`: only lines with smaller numbers, for the page that follows. `key`: only lines about this key. Null: all lines. */
export const journalWanted = v.strictObject({ before: v.nullable(count), key: v.nullable(key) })

export const journalPage = v.strictObject({
  /** Newest first. */
  lines: v.array(line),
  /** Whether there are older lines. */
  more: v.boolean(),
  /** The keys of all accounts to which the list can be narrowed. */
  keys: v.array(v.strictObject({ accountId, keyId, name: v.string(), account: v.string() })),
  /** Fingerprint of the key that signs exports, by which a person recognises an export of this vault. */
  fingerprint: v.string(),
})

/** Null if the person chose no file. */
export const journalExported = v.nullable(v.strictObject({ file: v.string(), lines: count }))
