import { createHash, type KeyObject, sign } from 'node:crypto'
import { labelIn } from '../keys/find-key.ts'
import { journalEntry, readJournal } from './journal.ts'
import { genesisHash, lineContent, type Line } from './journal-line.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { requireWritable } from '../session/read-only.ts'
import { Refusal } from '../refusal.ts'

/** Lines that are signed before the event loop runs other work; some milliseconds. */
const batchSize = 100

/**
 * Exports the journal as a self-verifying file, in pieces: JSON Lines, each ended by a line feed.
 *
 * The first line is the head: the vault's public key (Ed25519, derived from the root key), the line before the first exported one, the
 * accounts' labels. The middle lines each have the hash of the previous line, their own hash, and a signature of it, so that a changed line
 * can be told from its neighbours. The last line is the end: number and hash of the last journal line, the digests of the head and of
 * everything before, signed.
 *
 * `latchkey journal verify` checks the file without the app. Nobody who has only the file can produce another one signed by this key.
 *
 * The export itself is journaled, and that line is part of the file.
 *
 * @throws Refusal `read-only`; `locked` if the vault was locked meanwhile
 */
export async function* exportJournal(vault: UnlockedVault): AsyncGenerator<string> {
  requireWritable(vault)
  vault.cache.commit(journalEntry(vault, 'exported', { detail: 'journal' }))
  const lines = await readJournal(vault.cache)
  const { key, publicKey } = vault.root.signer()
  const head = headLine(vault, lines, publicKey)
  const all = createHash('sha256').update(head)
  yield head
  for (let start = 0; start < lines.length; start += batchSize) {
    await new Promise(setImmediate)
    if (!vault.isOpen()) throw new Refusal('locked')
    const piece = lines
      .slice(start, start + batchSize)
      .map((line) => signedLine(line, key))
      .join('')
    all.update(piece)
    yield piece
  }
  const digests = { head: digestOf(head), all: all.digest('hex') }
  yield endLine(lines, digests, vault.clock(), key)
}

/** The fingerprint by which a person recognises the vault's key, as `8f3a 02c1 …`: the first half of its SHA-256. */
export function journalFingerprint(vault: UnlockedVault): string {
  const digest = createHash('sha256').update(Buffer.from(vault.root.signer().publicKey, 'base64url')).digest('hex')
  return digest.slice(0, 32).replace(/.{4}(?=.)/g, '$& ')
}

function headLine(vault: UnlockedVault, lines: readonly Line[], publicKey: string): string {
  const [first] = lines
  const accounts = vault.cache.accounts().map((account) => [account.id, labelIn(vault, account)])
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
