import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { type End, type Head, type Line, parseEnd, parseHead, parseLine } from './read.ts'
import { orElse } from '../../../shared/or-else.ts'

/** What is wrong with an export. `row`: the line of the file, from 1; `seq`: the sequence number inside a line of the journal. */
export type JournalFault =
  /** Not written by Latchkey at all. */
  | { readonly kind: 'no-journal' }
  | { readonly kind: 'head-changed' }
  /** `seq` is null if it cannot be read either. */
  | { readonly kind: 'changed'; readonly row: number; readonly seq: number | null }
  /** Lines are missing before this row. */
  | { readonly kind: 'dropped'; readonly row: number; readonly from: number; readonly to: number }
  | { readonly kind: 'moved'; readonly row: number; readonly seq: number }
  | { readonly kind: 'repeated'; readonly row: number; readonly seq: number }
  /** The line that ends an export is missing. */
  | { readonly kind: 'cut-off'; readonly row: number }
  | { readonly kind: 'end-changed'; readonly row: number }
  /** There is content after the end. */
  | { readonly kind: 'more'; readonly row: number }

export interface Verdict {
  /** In the order of the file. Empty if the export is intact. */
  readonly faults: readonly JournalFault[]
  /** Fingerprint of the key that the export says it is signed with, as the app shows it. Null if it cannot be read. */
  readonly fingerprint: string | null
  readonly first: number
  readonly last: number
  readonly lines: number
}

/** Verifies that an export of the journal was signed by the holder of its key and is complete. Needs nothing but the text. */
export function verifyJournal(text: string): Verdict {
  const rows = text.split('\n')
  const ended = rows.at(-1) === ''
  if (ended) rows.pop()
  const [first = ''] = rows
  const head = parseHead(first)
  const key = head && publicKey(head.key)
  if (head === null || key === null) return { faults: [{ kind: 'no-journal' }], fingerprint: null, first: 0, last: 0, lines: 0 }
  const fromEnd = [...rows].reverse().findIndex((row) => parseEnd(row) !== null)
  const endsAt = fromEnd < 0 ? -1 : rows.length - 1 - fromEnd
  const end = endsAt < 0 ? null : parseEnd(rows[endsAt] ?? '')
  const body = rows.slice(1, endsAt < 0 ? undefined : endsAt)
  const lines = body.map(parseLine)
  const before = rows
    .slice(0, Math.max(0, endsAt))
    .map((row) => `${row}\n`)
    .join('')
  const whole = end !== null && ended && isEnd(end, before, key) && isChain(head, lines, end) && rows.length === endsAt + 1
  const faults = whole ? [] : faultsOf({ head, first, key, lines, end, ended, rows: rows.length })
  const known = lines.filter((line) => line !== null)
  return { faults, fingerprint: fingerprintOf(head.key), first: known[0]?.seq ?? 0, last: known.at(-1)?.seq ?? 0, lines: body.length }
}

/** The signed end covers the last hash, which covers every line before it. If the chain holds, no other signature has to be verified. */
function isChain({ after }: Head, lines: readonly (Line | null)[], end: End): boolean {
  let { seq, hash } = after
  for (const line of lines) {
    if (line === null || line.seq !== seq + 1 || line.previous !== hash || line.hash !== hashOf(line)) return false
    ;({ seq, hash } = line)
  }
  return lines.length === end.lines && (lines.length === 0 || (end.end === seq && end.hash === hash))
}

interface Broken {
  readonly head: Head
  readonly first: string
  readonly key: KeyObject
  readonly lines: readonly (Line | null)[]
  readonly end: End | null
  readonly ended: boolean
  readonly rows: number
}

/** Verifies each line by its own signature. Signed lines are unchanged, and their sequence numbers show what happened to the others. */
function faultsOf({ head, first, key, lines, end, ended, rows }: Broken): JournalFault[] {
  const faults: JournalFault[] = []
  const genuine = lines.map((line) => line !== null && line.hash === hashOf(line) && isSigned(`line v1\n${line.hash}`, line.signature, key))
  const present = new Set(lines.flatMap((line, place) => (line !== null && genuine[place] === true ? [line.seq] : [])))
  const seen = new Set<number>()
  const endHolds = end !== null && isSigned(`end v1\n${end.content}`, end.signature, key)
  if (endHolds && end.head !== digest(`${first}\n`)) faults.push({ kind: 'head-changed' })
  let expected = head.after.seq + 1
  lines.forEach((line, place) => {
    const row = place + 2
    if (line === null || genuine[place] !== true) {
      faults.push({ kind: 'changed', row, seq: line?.seq ?? null })
      if (!present.has(expected)) expected += 1 // it takes the place of the expected line
      return
    }
    const { seq } = line
    if (seen.has(seq)) faults.push({ kind: 'repeated', row, seq })
    else if (seq < expected) faults.push({ kind: 'moved', row, seq })
    else {
      faults.push(...missing(expected, seq, present, row))
      expected = seq + 1
    }
    seen.add(seq)
  })
  const row = lines.length + 2
  if (end === null || !ended) faults.push({ kind: 'cut-off', row: Math.min(row, rows + 1) })
  else if (!endHolds) faults.push({ kind: 'end-changed', row })
  else {
    faults.push(...missing(expected, end.end + 1, present, row))
    if (rows > row) faults.push({ kind: 'more', row: row + 1 })
  }
  // An export whose chain does not hold is never reported as intact, even if no single line shows why.
  return faults.length > 0 ? faults : [{ kind: 'end-changed', row }]
}

/**
 * The lines from `from` on and before `until` that are nowhere in the file. A line that is elsewhere in the file was moved, and is reported
 * there.
 */
function missing(from: number, until: number, present: ReadonlySet<number>, row: number): JournalFault[] {
  const faults: { kind: 'dropped'; row: number; from: number; to: number }[] = []
  const stretch = [...present].filter((seq) => seq >= from && seq < until).sort((one, other) => one - other)
  let start = from
  for (const seq of [...stretch, until]) {
    if (seq > start) faults.push({ kind: 'dropped', row, from: start, to: seq - 1 })
    start = seq + 1
  }
  return faults
}

function isEnd(end: End, before: string, key: KeyObject): boolean {
  return end.all === digest(before) && isSigned(`end v1\n${end.content}`, end.signature, key)
}

function hashOf({ previous, content }: Line): string {
  return digest(`latchkey journal v1\n${previous}\n${content}`)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function isSigned(text: string, signature: string, key: KeyObject): boolean {
  return verify(null, Buffer.from(`latchkey journal ${text}`), key, Buffer.from(signature, 'base64url'))
}

function publicKey(x: string): KeyObject | null {
  return orElse(() => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), null)
}

/** Half of its SHA-256, in groups of four. */
function fingerprintOf(key: string): string {
  const hex = createHash('sha256').update(Buffer.from(key, 'base64url')).digest('hex')
  return hex.slice(0, 32).replace(/.{4}(?=.)/g, '$& ')
}
