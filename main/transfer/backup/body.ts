import * as v from 'valibot'
import { Refusal } from '../../vault/refusal.ts'
import { Secret } from '../../vault/secret.ts'
import type { Snapshot } from '../../vault/backup/snapshot.ts'
import { contents, type Contents } from './snapshot-schema.ts'

/** What a backup holds. */
export interface Backup {
  readonly snapshot: Snapshot
  /** The embedded backend's file; null if there is no vault on this computer. */
  readonly backend: Buffer | null
  /** The profile's preferences, by name. */
  readonly preferences: Readonly<Record<string, unknown>>
}

/**
 * Serializes a backup as pieces, each after its length in four bytes. The first piece is JSON with everything except the secrets. Each
 * secret is a piece of its own, so that its bytes can be overwritten after sealing, which is impossible within a JSON string.
 */
export function serializeBackup({ snapshot: { secrets, ...records }, backend, preferences }: Backup): Buffer {
  const json: Contents = {
    records: { ...records, accounts: [...records.accounts], marks: [...records.marks] } as Contents['records'],
    secrets: [...secrets.keys()],
    backend: backend !== null,
    preferences,
  }
  const bytes = [...secrets.values()].map((secret) => Buffer.from(secret.expose()))
  const body = Buffer.concat([Buffer.from(JSON.stringify(json)), ...bytes, ...(backend === null ? [] : [backend])].flatMap(lengthPrefixed))
  for (const each of bytes) each.fill(0)
  return body
}

/** @throws Refusal `backup-invalid` if the bytes are not from `serializeBackup` */
export function parseBackup(body: Buffer): Backup {
  const [json, ...pieces] = splitPieces(body)
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), contents), json?.toString() ?? '')
  if (!parsed.success) throw new Refusal('backup-invalid')
  const { records, secrets: names, backend, preferences } = parsed.output
  if (pieces.length !== names.length + (backend ? 1 : 0)) throw new Refusal('backup-invalid')
  const secrets = new Map(names.map((name, at) => [name, new Secret(pieces[at]?.toString() ?? '')]))
  const last = pieces.at(-1)
  return { snapshot: { ...records, secrets }, backend: backend && last !== undefined ? Buffer.from(last) : null, preferences }
}

function lengthPrefixed(bytes: Buffer): [Buffer, Buffer] {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return [length, bytes]
}

function splitPieces(body: Buffer): Buffer[] {
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
