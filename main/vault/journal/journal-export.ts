import { createHash, type KeyObject, sign } from 'node:crypto'
import { labelIn } from '../keys/find-key.ts'
import { journalEntry, readJournal } from './journal.ts'
import { genesisHash, lineContent, type Line } from './journal-line.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { requireWritable } from '../session/read-only.ts'
import { Refusal } from '../refusal.ts'

/** Lines signed before other work has its turn: some milliseconds. */
const batchSize = 100

/**
 * The journal as a file that proves itself, piece by piece: JSON Lines, each ended by a line feed.
 *
 *   the first   whose it is: the vault's public key (Ed25519, made of the root key), what went before the lines, what accounts are called
 *   the lines   each with the hash of the one before, its own, and a signature of that: a changed one can be told from those around it
 *   the last    that it ends here: the last line's number and hash, the digests of the first line and of all there is before, signed
 *
 * `latchkey journal verify` reads it, without the app. Whoever has only the file can make no other that this key has signed.
 *
 * That it was exported is a line of it.
 *
 * @throws Refusal `read-only`; `locked` if the vault was meanwhile
 */
export async function* exportJournal(opened: UnlockedVault): AsyncGenerator<string> {
  requireWritable(opened)
  opened.cache.commit(journalEntry(opened, 'exported', { detail: 'journal' }))
  const lines = await readJournal(opened.cache)
  const { key, publicKey } = opened.root.signer()
  const head = headLine(opened, lines, publicKey)
  const all = createHash('sha256').update(head)
  yield head
  for (let start = 0; start < lines.length; start += batchSize) {
    await new Promise(setImmediate)
    if (!opened.isOpen()) throw new Refusal('locked')
    const piece = lines
      .slice(start, start + batchSize)
      .map((line) => signedLine(line, key))
      .join('')
    all.update(piece)
    yield piece
  }
  const digests = { head: digestOf(head), all: all.digest('hex') }
  yield endLine(lines, digests, opened.clock(), key)
}

/** By which a person knows the vault's key again, as `8f3a 02c1 …`: half of its SHA-256. */
export function journalFingerprint(opened: UnlockedVault): string {
  const digest = createHash('sha256').update(Buffer.from(opened.root.signer().publicKey, 'base64url')).digest('hex')
  return digest.slice(0, 32).replace(/.{4}(?=.)/g, '$& ')
}

function headLine(opened: UnlockedVault, lines: readonly Line[], publicKey: string): string {
  const [first] = lines
  const accounts = opened.cache.accounts().map((account) => [account.id, labelIn(opened, account)])
  const after = { seq: (first?.seq ?? 1) - 1, hash: first?.previous ?? genesisHash }
  return `${JSON.stringify({ format: 'latchkey journal', version: 1, key: publicKey, after, accounts })}\n`
}

function signedLine(line: Line, key: KeyObject): string {
  const { previous, hash } = line
  return `${JSON.stringify({ ...lineContent(line), previous, hash, signature: signatureOf(`line v1\n${hash}`, key) })}\n`
}

function endLine(lines: readonly Line[], digests: { head: string; all: string }, at: number, key: KeyObject): string {
  const last = lines.at(-1)
  const end = {
    end: last?.seq ?? 0,
    hash: last?.hash ?? genesisHash,
    lines: lines.length,
    ...digests,
    at: new Date(at).toISOString(),
  }
  return `${JSON.stringify({ ...end, signature: signatureOf(`end v1\n${JSON.stringify(end)}`, key) })}\n`
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function signatureOf(text: string, key: KeyObject): string {
  return sign(null, Buffer.from(`latchkey journal ${text}`), key).toString('base64url')
}
