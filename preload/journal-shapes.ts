/** What messages about the journal are made of: every line that the vault wrote of itself. No value is in any of them. */
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
  /** What the key was called then; null where it was about none. */
  name: v.nullable(v.string()),
  /** What its account is called; null if that is no more known. */
  account: v.nullable(v.string()),
  purpose: v.nullable(v.picklist(purposes)),
  requester: v.nullable(party),
  detail: v.nullable(v.string()),
})

/** `before`: lines with smaller numbers alone, as the last of the page before. `key`: of this key alone. */
export const journalWanted = v.strictObject({ before: v.nullable(count), key: v.nullable(key) })

export const journalPage = v.strictObject({
  /** The newest first. */
  lines: v.array(line),
  /** Whether there are older ones. */
  more: v.boolean(),
  /** Those that can be asked for by themselves, in every account. */
  keys: v.array(v.strictObject({ accountId, keyId, name: v.string(), account: v.string() })),
  /** By which an export is known to be this vault's. */
  fingerprint: v.string(),
})

/** Null where the person chose no file. */
export const journalExported = v.nullable(v.strictObject({ file: v.string(), lines: count }))
