import * as v from 'valibot'
import { Refusal } from '../../vault/refusal.ts'
import { Secret } from '../../vault/secret.ts'
import type { Snapshot } from '../../vault/backup/snapshot.ts'
import { contents, type Contents } from './snapshot-schema.ts'

/** What a backup holds. */
export interface Backup {
  readonly snapshot: Snapshot
  /** The embedded backend's file; null where there is no vault on this computer. */
  readonly backend: Buffer | null
  /** As the profile has them, by name. */
  readonly preferences: Readonly<Record<string, unknown>>
}

/**
 * A backup as bytes: pieces, each after its length in four bytes. The first is JSON, of everything but the secrets: these are pieces of
 * their own, so that the bytes can be overwritten once they are sealed, as a part of a larger text could not.
 */
export function bodyOf({ snapshot: { secrets, ...records }, backend, preferences }: Backup): Buffer {
  const json: Contents = {
    records: { ...records, accounts: [...records.accounts], marks: [...records.marks] } as Contents['records'],
    secrets: [...secrets.keys()],
    backend: backend !== null,
    preferences,
  }
  const bytes = [...secrets.values()].map((secret) => Buffer.from(secret.expose()))
  const body = Buffer.concat([Buffer.from(JSON.stringify(json)), ...bytes, ...(backend === null ? [] : [backend])].flatMap(piece))
  for (const each of bytes) each.fill(0)
  return body
}

/** @throws Refusal `backup-invalid` for what `bodyOf` never made */
export function parseBody(body: Buffer): Backup {
  const [json, ...pieces] = piecesOf(body)
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), contents), json?.toString() ?? '')
  if (!parsed.success) throw new Refusal('backup-invalid')
  const { records, secrets: names, backend, preferences } = parsed.output
  if (pieces.length !== names.length + (backend ? 1 : 0)) throw new Refusal('backup-invalid')
  const secrets = new Map(names.map((name, at) => [name, new Secret(pieces[at]?.toString() ?? '')]))
  const last = pieces.at(-1)
  return { snapshot: { ...records, secrets }, backend: backend && last !== undefined ? Buffer.from(last) : null, preferences }
}

function piece(bytes: Buffer): [Buffer, Buffer] {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return [length, bytes]
}

function piecesOf(body: Buffer): Buffer[] {
  const pieces: Buffer[] = []
  for (let at = 0; at < body.length;) {
    if (at + 4 > body.length) throw new Refusal('backup-invalid')
    const end = at + 4 + body.readUInt32BE(at)
    if (end > body.length) throw new Refusal('backup-invalid')
    pieces.push(body.subarray(at + 4, end))
    at = end
  }
  return pieces
}
