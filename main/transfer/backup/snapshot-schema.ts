/**
 * The schema of a backup's contents, as strict as that of a window's messages: anybody who knows the passphrase can have written the file.
 * Unknown fields are refused; a later version that adds fields has another version number in the file's head.
 */
import * as v from 'valibot'
import { journalEvents } from '../../../shared/lists/journal-events.ts'
import { areEqualDetails, noDetails, parseDetails } from '../../../shared/key-details.ts'
import { backedUpValueStates, environments, keyChanges, verdicts } from '../../../shared/lists/keys.ts'
import { newsKinds } from '../../../shared/lists/news-kinds.ts'
import { purposes } from '../../../shared/lists/purposes.ts'
import { genesisHash, hashOf } from '../../vault/journal/journal-line.ts'
import { accountsWithoutServer, colours, signInMethods } from '../../../shared/lists/accounts.ts'
import type { Requester } from '../../vault/model/requester.ts'
import { maxAnswerLength, parseServer } from '../../vault/model/server.ts'
import { parseSite } from '../../vault/release/site-match.ts'
import { orElse } from '../../../shared/or-else.ts'

const text = (maxLength: number) => v.pipe(v.string(), v.maxLength(maxLength))
const hex = (length: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${length}}$`)))
/** Whole milliseconds from 1970 to the end of 9999: the windows' contracts refuse fractions, and larger numbers are no valid dates. */
const time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Date.UTC(10_000, 0) - 1))
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const [sixteen, keyId] = [hex(16), hex(24)]

const server = v.pipe(
  v.strictObject({ url: text(2048), appId: text(128) }),
  v.check(({ url, appId }) => orElse(() => parseServer(url, appId).url === url, false)),
)
const purpose = v.picklist(purposes)
const asking = v.variant('kind', [
  v.strictObject({ kind: v.literal('site'), origin: text(2048), browser: text(4096), pairing: text(128) }),
  v.strictObject({
    kind: v.literal('program'),
    program: text(4096),
    folder: text(4096),
    terminal: v.nullable(text(256)),
    session: text(256),
    process: v.exactOptional(v.strictObject({ pid: whole, startedAt: time, startedBy: v.nullable(text(4096)) })),
  }),
])
const requester = v.variant('kind', [
  v.strictObject({ kind: v.literal('person') }),
  v.strictObject({ kind: v.literal('window'), program: text(4096), title: text(1024) }),
  ...asking.options,
])

const account = v.pipe(
  v.strictObject({
    id: sixteen,
    server: v.nullable(server),
    method: v.picklist(signInMethods),
    email: v.nullable(text(512)),
    userId: text(maxAnswerLength),
    syncedAt: v.nullable(time),
  }),
  // With a server address, the local vault would send its password to that server.
  v.check(({ method, server }) => (server === null) === accountsWithoutServer.some((withoutServer) => withoutServer === method)),
)

const details = v.pipe(
  v.strictObject({
    notes: v.nullable(v.string()),
    tags: v.array(v.string()),
    environment: v.nullable(v.picklist(environments)),
    user: v.nullable(v.string()),
    expires: v.nullable(v.string()),
    renewal: v.nullable(v.string()),
  }),
  v.check((all) => {
    const parsed = parseDetails(all)
    return 'details' in parsed && areEqualDetails(parsed.details, all)
  }),
)

const key = v.strictObject({
  accountId: sixteen,
  id: keyId,
  name: text(maxAnswerLength),
  enabled: v.boolean(),
  value: v.picklist(backedUpValueStates),
  lastFour: v.nullable(v.pipe(v.string(), v.length(4))),
  goneAt: v.nullable(time),
  verified: v.nullable(v.strictObject({ verdict: v.picklist(verdicts), at: time })),
  /** Absent in backups of version 1. */
  details: v.optional(details, noDetails),
})

const ofIntent = { accountId: sixteen, id: sixteen, order: whole, name: text(maxAnswerLength), at: time, sent: v.boolean() }
const intent = v.variant('kind', [
  v.strictObject({ ...ofIntent, kind: v.literal('create'), keyId: v.null(), wasEnabled: v.null(), details: v.exactOptional(details) }),
  v.strictObject({ ...ofIntent, kind: v.picklist(keyChanges), keyId, wasEnabled: v.boolean() }),
])

const news = v.strictObject({
  accountId: sixteen,
  id: sixteen,
  what: v.picklist(newsKinds),
  keyId: v.nullable(keyId),
  name: text(maxAnswerLength),
  at: time,
})

const site = v.strictObject({
  accountId: sixteen,
  keyId,
  id: sixteen,
  origin: v.pipe(
    text(2048),
    v.check((origin) => parseSite(origin) === origin),
  ),
  subdomains: v.boolean(),
  at: time,
})
const grant = v.strictObject({ accountId: sixteen, keyId, id: sixteen, purpose, requester: asking, at: time, until: v.null() })
const pairing = v.strictObject({ id: sixteen, browser: text(4096), theirKey: text(1024), at: time, lastAt: v.nullable(time) })

/** Later lines count on from it, so it must stay far below the largest safe integer, beyond which two lines would get the same number. */
const lineNumber = v.pipe(whole, v.maxValue(1_000_000_000_000))

const line = v.strictObject({
  seq: lineNumber,
  at: time,
  event: v.picklist(journalEvents),
  accountId: v.nullable(text(64)),
  keyId: v.nullable(text(64)),
  name: v.nullable(text(maxAnswerLength)),
  purpose: v.nullable(purpose),
  /** Kept as it is in the file: a line's hash is over its text, and a parser would reorder its fields. */
  requester: v.nullable(v.custom<Requester>((value) => v.is(requester, value))),
  detail: v.nullable(text(4096)),
  previous: hex(64),
  hash: hex(64),
})

/** A hash chain: each line's hash is correct, and each names the hash of the line before. */
const lines = v.pipe(
  v.array(line),
  v.check((all) => all.every((line, at) => line.hash === hashOf(line) && (at === 0 ? isFirst(line) : follows(all[at - 1], line)))),
)

const mark = v.strictObject({ accountId: sixteen, label: v.nullable(text(64)), colour: v.nullable(v.picklist(colours)) })

const records = v.strictObject({
  at: time,
  accounts: v.array(account),
  current: v.nullable(sixteen),
  marks: v.array(mark),
  keys: v.array(key),
  intents: v.array(intent),
  news: v.array(news),
  sites: v.array(site),
  grants: v.array(grant),
  pairings: v.array(pairing),
  lines,
})

/** Everything except the bytes of the secrets and of the backend, which follow in the file. */
export const contents = v.pipe(
  v.strictObject({
    records,
    /** The names of the keychain items whose bytes follow, in this order. */
    secrets: v.array(text(256)),
    /** Whether the backend's bytes are the last. */
    backend: v.boolean(),
    /** Of any version: unknown preferences are ignored, not refused. */
    preferences: v.record(v.string(), v.unknown()),
  }),
  v.check(({ records: { accounts, current } }) => {
    const ids = accounts.map(({ id }) => id)
    return new Set(ids).size === ids.length && (current === null || ids.includes(current))
  }),
  v.check(({ records: { accounts, marks, keys, intents, news: newsEntries, sites, grants } }) => {
    const ids = new Set(accounts.map(({ id }) => id))
    return [...marks, ...keys, ...intents, ...newsEntries, ...sites, ...grants].every(({ accountId }) => ids.has(accountId))
  }),
)
export type Contents = v.InferOutput<typeof contents>

type Line = v.InferOutput<typeof line>

function isFirst({ seq, previous }: Line): boolean {
  return seq > 1 || (seq === 1 && previous === genesisHash)
}

function follows(before: Line | undefined, { seq, previous }: Line): boolean {
  return before !== undefined && seq === before.seq + 1 && previous === before.hash
}
