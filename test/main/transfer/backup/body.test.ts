import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Backup, serializeBackup, parseBackup } from '../../../../main/transfer/backup/body.ts'
import { noDetails } from '../../../../shared/key-details.ts'
import { parseAnswer } from '../../../../main/realm/server/answers.ts'
import { journalEntry } from '../../../../main/vault/journal/journal.ts'
import { hashOf, type Line } from '../../../../main/vault/journal/journal-line.ts'
import type { KeyRecord } from '../../../../main/vault/model/key.ts'
import { codeOf } from '../../../../main/vault/refusal.ts'
import { recordsIn, takeSnapshot } from '../../../../main/vault/backup/snapshot.ts'
import { fullVault } from '../../vault/fixtures/full-vault.ts'

async function backup(): Promise<Backup> {
  const { fixture } = await fullVault()
  const { snapshot } = await takeSnapshot(fixture.opened, async () => null)
  return { snapshot, backend: Buffer.from('the store'), preferences: { clipboardSeconds: 20 } }
}

/** The body with its JSON changed; the pieces after it as they were. */
function withJson(body: Buffer, change: (json: Record<string, Record<string, unknown>>) => void): Buffer {
  const end = 4 + body.readUInt32BE(0)
  const json = JSON.parse(body.subarray(4, end).toString()) as Record<string, Record<string, unknown>>
  change(json)
  const text = Buffer.from(JSON.stringify(json))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, text, body.subarray(end)])
}

function detailsIn(records: Record<string, unknown> | undefined): object {
  return (records?.['keys'] as { details: object }[])[0]?.details ?? {}
}

function refusal(body: Buffer): string | null {
  try {
    parseBackup(body)
    return null
  } catch (error) {
    return codeOf(error)
  }
}

describe('the contents of a backup', () => {
  it('is the same after it was written and read: records, secrets, the store and the preferences', async () => {
    const written = await backup()
    const { snapshot, backend, preferences } = parseBackup(serializeBackup(written))
    const { secrets, ...records } = snapshot
    const { secrets: before, ...as } = written.snapshot
    expect(records).toEqual(as)
    expect([...secrets].map(([name, secret]) => [name, secret.expose()])).toEqual(
      [...before].map(([name, secret]) => [name, secret.expose()]),
    )
    expect([backend?.toString(), preferences]).toEqual(['the store', { clipboardSeconds: 20 }])
  })

  it('is read without details of keys, as earlier versions wrote it', async () => {
    const body = withJson(serializeBackup(await backup()), ({ records }) => {
      for (const key of records?.['keys'] as { details?: unknown }[]) delete key.details
    })
    expect(parseBackup(body).snapshot.keys.map(({ details }) => details)).toEqual([noDetails, noDetails, noDetails, noDetails, noDetails])
  })

  it('has no secret in the part that is JSON', async () => {
    const written = await backup()
    const body = serializeBackup(written)
    const json = body.subarray(4, 4 + body.readUInt32BE(0)).toString()
    for (const secret of written.snapshot.secrets.values()) expect(json).not.toContain(secret.expose())
  })

  it.each<[string, (json: Record<string, Record<string, unknown>>) => void]>([
    ['an unknown field', (json) => (json['more'] = {})],
    [
      'a field of a record that it does not have',
      ({ records }) => Object.assign((records?.['accounts'] as object[])[0] ?? {}, { admin: true }),
    ],
    ['a record of an account that is not in it', ({ records }) => ((records?.['accounts'] as unknown[]).length = 1)],
    ['the same account twice', ({ records }) => (records?.['accounts'] as unknown[]).push((records?.['accounts'] as unknown[])[0])],
    ['another current account', ({ records }) => Object.assign(records ?? {}, { current: 'f'.repeat(16) })],
    [
      'a server in clear, elsewhere',
      ({ records }) => Object.assign((records?.['accounts'] as object[])[0] ?? {}, { server: { url: 'http://keys.example', appId: 'a' } }),
    ],
    [
      'a server for the vault on this computer',
      ({ records }) => {
        for (const one of records?.['accounts'] as { method: string; server: unknown }[])
          if (one.method === 'local') one.server = { url: 'https://evil.example', appId: 'a' }
      },
    ],
    [
      'a site that no person could have typed',
      ({ records }) => Object.assign((records?.['sites'] as object[])[0] ?? {}, { origin: 'http://console.example.com' }),
    ],
    ['notes with a control character', ({ records }) => Object.assign(detailsIn(records), { notes: 'a\u0000' })],
    ['an address to renew a key that is no page', ({ records }) => Object.assign(detailsIn(records), { renewal: 'file:///etc/passwd' })],
    ['a tag in another form than it is stored in', ({ records }) => Object.assign(detailsIn(records), { tags: [' billing'] })],
    ['an approval that ends', ({ records }) => Object.assign((records?.['grants'] as object[])[0] ?? {}, { until: 5 })],
    [
      'a line of the journal that was changed',
      ({ records }) => Object.assign((records?.['lines'] as object[])[1] ?? {}, { name: 'other' }),
    ],
    ['a line of the journal that is missing', ({ records }) => void (records?.['lines'] as unknown[]).splice(1, 1)],
    ['lines of the journal in another order', ({ records }) => void (records?.['lines'] as unknown[]).reverse()],
    ['fewer secrets than names', (json) => (json['secrets'] as unknown as string[]).push('more')],
  ])('is refused with %s', async (_, change) => {
    const body = serializeBackup(await backup())
    expect(refusal(withJson(body, () => undefined))).toBeNull()
    expect(refusal(withJson(body, change))).toBe('backup-invalid')
  })

  // It was restored, and the lines that were written after it had one number.
  it('is refused with a line of the journal that no other number can follow', async () => {
    const written = await backup()
    const body = serializeBackup(written)
    const [line] = written.snapshot.lines as [Line]
    const numbered = (seq: number) => {
      const lines = [{ ...line, seq, hash: hashOf({ ...line, seq }) }]
      return refusal(withJson(body, ({ records = {} }) => void (records['lines'] = lines)))
    }
    expect([20_000, Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER].map(numbered)).toEqual([null, 'backup-invalid', 'backup-invalid'])
  })

  // A server gave a key a name of 513 letters, and no backup of the whole vault could be made any more.
  it('has every name and user that a server may answer with', async () => {
    const answered = (name: string) => parseAnswer('key-fetch', JSON.stringify({ _id: 'a'.repeat(24), name, disabled: false }))
    const name = 'n'.repeat(16_384)
    expect([answered(name)?.name, answered(`${name}n`)]).toEqual([name, null])
    const { fixture, remote } = await fullVault()
    const { cache } = fixture.opened
    const key = { ...(cache.keys(remote.id)[0] as KeyRecord), name }
    const { intents, news } = await recordsIn(cache)
    cache.commit([
      { op: 'put-account', account: { ...remote, userId: name } },
      { op: 'put-key', key },
      ...intents.map((intent) => ({ op: 'put-intent' as const, intent: { ...intent, name } })),
      ...news.map((one) => ({ op: 'put-news' as const, news: { ...one, name } })),
      ...journalEntry(fixture.opened, 'disabled', { key }),
    ])
    const { snapshot } = await takeSnapshot(fixture.opened, async () => null)
    expect(parseBackup(serializeBackup({ snapshot, backend: null, preferences: {} })).snapshot.lines.map((line) => line.name)).toContain(
      name,
    )
  })

  it('is refused or read, and never anything else, whatever its bytes are', async () => {
    const body = serializeBackup(await backup())
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(body.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        fc.nat(body.length),
        (flips, cut) => {
          const other = Buffer.from(body.subarray(0, cut === 0 ? body.length : cut))
          for (const [at, byte] of flips) if (at < other.length) other[at] = byte
          expect([null, 'backup-invalid']).toContain(refusal(other))
        },
      ),
      { numRuns: 300 },
    )
    expect(refusal(Buffer.alloc(0))).toBe('backup-invalid')
  })
})

describe('times in a backup', () => {
  type Found = Record<string, unknown>
  const first = (of: unknown): Found => (of as Found[])[0] ?? {}
  const places: Record<string, (records: Found) => Found> = {
    at: (records) => records,
    'accounts.syncedAt': ({ accounts }) => first(accounts),
    'keys.goneAt': ({ keys }) => first(keys),
    'keys.verified.at': ({ keys }) => (first(keys)['verified'] = { verdict: 'works' }),
    'intents.at': ({ intents }) => first(intents),
    'news.at': ({ news }) => first(news),
    'sites.at': ({ sites }) => first(sites),
    'grants.at': ({ grants }) => first(grants),
    'pairings.at': ({ pairings }) => first(pairings),
    'pairings.lastAt': ({ pairings }) => first(pairings),
  }

  // Such a file was restored, and the vault then had a list that no window could show.
  it.each(Object.keys(places))('that no clock tells are refused: a fraction, before 1970, after 9999 (%s)', async (place) => {
    const body = serializeBackup(await backup())
    const field = place.split('.').at(-1) ?? ''
    const at = (time: unknown) =>
      refusal(withJson(body, ({ records = {} }) => void ((places[place] as (r: Found) => Found)(records)[field] = time)))
    expect([1_700_000_000_000, Date.UTC(9999, 11, 31, 23, 59, 59, 999)].map(at)).toEqual([null, null])
    for (const time of [0.5, 1_700_000_000_000.5, -1, Date.UTC(10_000, 0), 8.64e15, 1e300, '1']) {
      expect([time, at(time)]).toEqual([time, 'backup-invalid'])
    }
  })

  it('in the lines of the journal are as strict, though the hash of a line hides a fraction', async () => {
    const body = serializeBackup(await backup())
    const fraction = ({ records }: Record<string, Found>): void => {
      for (const line of (records?.['lines'] ?? []) as { at: number }[]) line.at += 0.25
    }
    expect(refusal(withJson(body, fraction))).toBe('backup-invalid')
  })
})
