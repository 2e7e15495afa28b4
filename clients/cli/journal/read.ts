import { orElse } from '../../../shared/or-else.ts'

/** Reads what `exportJournal` of the app writes. Parsed by hand, because the command has no schema library and must not trust any line. */

export interface Head {
  /** Ed25519, 32 bytes, base64url. */
  readonly key: string
  /** The sequence number of the last line that was pruned, or 0. */
  readonly after: { readonly seq: number; readonly hash: string }
  readonly accounts: readonly (readonly [id: string, label: string])[]
}

export interface Line {
  readonly seq: number
  /** What was hashed together with `previous`: the line without the three fields below. */
  readonly content: string
  readonly previous: string
  readonly hash: string
  readonly signature: string
}

export interface End {
  readonly end: number
  readonly hash: string
  readonly lines: number
  /** SHA-256 of the first line, with its line feed. */
  readonly head: string
  /** SHA-256 of everything before this line. */
  readonly all: string
  /** The text that was signed. */
  readonly content: string
  readonly signature: string
}

const lineFields = ['seq', 'at', 'event', 'accountId', 'keyId', 'name', 'purpose', 'requester', 'detail', 'previous', 'hash', 'signature']

/** @returns null unless the line is exactly as the app writes it */
export function parseHead(text: string): Head | null {
  const read = parse(text, ['format', 'version', 'key', 'after', 'accounts'])
  if (read === null || read['format'] !== 'latchkey journal' || read['version'] !== 1) return null
  const { key, after, accounts } = read
  if (!isMatch(key, /^[A-Za-z0-9_-]{43}$/) || !isPlace(after) || !isPairs(accounts)) return null
  return { key, after, accounts }
}

/** Like `parseHead`. */
export function parseLine(text: string): Line | null {
  const read = parse(text, lineFields)
  if (read === null) return null
  const { previous, hash, signature, ...content } = read
  if (!isCount(content['seq']) || !isHash(previous) || !isHash(hash) || !isSignature(signature)) return null
  return { seq: content['seq'], content: JSON.stringify(content), previous, hash, signature }
}

/** Like `parseHead`. */
export function parseEnd(text: string): End | null {
  const read = parse(text, ['end', 'hash', 'lines', 'head', 'all', 'at', 'signature'])
  if (read === null) return null
  const { signature, ...content } = read
  const { end, hash, lines, head, all } = content
  if (!isCount(end) || !isHash(hash) || !isCount(lines) || !isHash(head) || !isHash(all) || !isSignature(signature)) return null
  return { end, hash, lines, head, all, content: JSON.stringify(content), signature }
}

/** Parses an object with exactly these fields in this order, serialised as `JSON.stringify` does: each content has one valid text. */
function parse(text: string, fields: readonly string[]): Record<string, unknown> | null {
  const read = orElse(() => JSON.parse(text) as unknown, null)
  if (typeof read !== 'object' || read === null || Array.isArray(read) || JSON.stringify(read) !== text) return null
  const names = Object.keys(read)
  return names.length === fields.length && names.every((name, place) => name === fields[place]) ? (read as Record<string, unknown>) : null
}

function isMatch(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value)
}

function isHash(value: unknown): value is string {
  return isMatch(value, /^[0-9a-f]{64}$/)
}

function isSignature(value: unknown): value is string {
  return isMatch(value, /^[A-Za-z0-9_-]{86}$/) && Buffer.from(value, 'base64url').toString('base64url') === value
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isPlace(value: unknown): value is Head['after'] {
  if (typeof value !== 'object' || value === null) return false
  const { seq, hash, ...more } = value as Record<string, unknown>
  return isCount(seq) && isHash(hash) && Object.keys(more).length === 0
}

function isPairs(value: unknown): value is Head['accounts'] {
  return (
    Array.isArray(value) &&
    value.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string'))
  )
}
