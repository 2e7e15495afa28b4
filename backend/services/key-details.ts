import * as v from 'valibot'
import { text } from '../http/body.ts'
import type { ChangedDetails, KeyRow } from '../store/key-details.ts'

/** What services know of a key beside whose it is. */
export interface KeyDetails {
  /** RFC 3339, UTC. Null: the key does not expire. */
  readonly expires_at: string | null
  readonly scopes: readonly string[]
  readonly metadata: Readonly<Record<string, string>>
}

export function detailsOf(row: Pick<KeyRow, 'expires_at' | 'scopes' | 'metadata'>): KeyDetails {
  return {
    expires_at: timeOf(row.expires_at),
    scopes: row.scopes === '' ? [] : row.scopes.split(' '),
    metadata: row.metadata === '{}' ? {} : (JSON.parse(row.metadata) as Record<string, string>),
  }
}

/** A key as a service that manages keys sees it. The value is stored nowhere. */
export function describeKey(row: KeyRow): object {
  return {
    ...{ key_id: row.id, user_id: row.user_id, name: row.name, disabled: row.disabled !== 0 },
    ...{ created_at: timeOf(row.created_at), ...detailsOf(row), last_used_at: timeOf(row.last_used_at) },
  }
}

function timeOf(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString()
}

const time = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/),
  v.transform((written) => Date.parse(written)),
  v.safeInteger(), // a month 13 is no time
)
/** A scope is a `scope-token` of RFC 6749: no space, quotation mark or backslash. */
const scopes = v.pipe(
  v.array(v.pipe(v.string(), v.regex(/^[\x21\x23-\x5B\x5D-\x7E]{1,64}$/))),
  v.maxLength(50),
  v.check((list) => new Set(list).size === list.length),
)
const metadata = v.custom<Record<string, string>>(isMetadata)

/** At least one of the three; what is absent stays as it is. */
export const detailsBody = v.strictObject({
  expires_at: v.exactOptional(v.nullable(time)),
  scopes: v.exactOptional(scopes),
  metadata: v.exactOptional(metadata),
})

/** The body as it is stored. */
export function changesOf(body: v.InferOutput<typeof detailsBody>): ChangedDetails {
  return {
    ...(body.expires_at === undefined ? {} : { expires_at: body.expires_at }),
    ...(body.scopes === undefined ? {} : { scopes: body.scopes.join(' ') }),
    ...(body.metadata === undefined ? {} : { metadata: JSON.stringify(body.metadata) }),
  }
}

/** Not `v.record`, which drops some names without a word. */
function isMetadata(input: unknown): boolean {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return false
  const entries = Object.entries(input)
  const isEntry = ([name, value]: [string, unknown]): boolean =>
    /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(name) && v.is(text, value) && value.length <= 512
  return entries.length <= 20 && entries.every(isEntry)
}
