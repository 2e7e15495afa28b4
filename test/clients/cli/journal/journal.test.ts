import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type JournalFault, verifyJournal } from '../../../../clients/cli/journal/verify.ts'
import { exportJournal, journalFingerprint } from '../../../../main/vault/journal/journal-export.ts'
import { hashOf, type Line } from '../../../../main/vault/journal/journal-line.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { type VaultFixture, localVault, newKey } from '../../../main/vault/fixtures/vault.ts'
import { shell } from '../../../main/vault/fixtures/requesters.ts'
import { latchkey, Started } from '../../command-line.ts'
import { sharedFolder } from '../../../temporary-folder.ts'

let fixture: VaultFixture
/** The file's lines, without their line feeds. */
let rows: string[]
beforeAll(async () => {
  const made = await localVault()
  fixture = made.fixture
  const { key } = await newKey(fixture, made.account)
  fixture.approver.answer = 'once'
  for (let number = 0; number < 6; number += 1) {
    await release(fixture.opened, made.account.id, key.id, number % 2 === 0 ? { purpose: 'copy' } : { purpose: 'run', requester: shell })
  }
  rows = (await exported()).split('\n').slice(0, -1)
})

async function exported(): Promise<string> {
  let text = ''
  for await (const piece of exportJournal(fixture.opened)) text += piece
  return text
}

function faultsIn(changed: readonly string[], ended = true): readonly JournalFault[] {
  return verifyJournal(changed.join('\n') + (ended ? '\n' : '')).faults
}

/** The rows with those from `at` on replaced. */
function without(at: number, count = 1, ...instead: string[]): string[] {
  return spliced(rows, at, count, ...instead)
}

function spliced(all: readonly string[], at: number, count: number, ...instead: string[]): string[] {
  const copy = [...all]
  copy.splice(at, count, ...instead)
  return copy
}

describe('verifying an exported journal', () => {
  it('accepts it as the app writes it, and names its key', () => {
    const verdict = verifyJournal(`${rows.join('\n')}\n`)
    expect(verdict).toEqual({ faults: [], fingerprint: journalFingerprint(fixture.opened), first: 1, last: 9, lines: 9 })
    expect(rows.map((row) => (JSON.parse(row) as { event?: string }).event)).toEqual([
      ...[undefined, 'unlocked', 'created', 'release', 'release', 'release', 'release', 'release', 'release', 'exported', undefined],
    ])
  })

  it('accepts it after its beginning was pruned', async () => {
    fixture.opened.cache.commit([{ op: 'trim-journal', limit: 4 }])
    const verdict = verifyJournal(await exported())
    expect([verdict.faults, verdict.first, verdict.last]).toEqual([[], 6, 10])
  })

  it('names a changed line, whatever was changed in it, even with a recomputed hash', () => {
    const line = rows[4] ?? ''
    for (const [from, to] of [
      ['"run"', '"get"'],
      ['"at":"2023', '"at":"2024'],
      ['"seq":4', '"seq":5'],
      ['"signature":"', '"signature":"A'],
      ['{"seq"', '{ "seq"'],
      ['"detail":null', '"detail":null,"more":1'],
    ] as const) {
      expect(line).toContain(from)
      expect(faultsIn(without(4, 1, line.replace(from, to))), from).toMatchObject([{ kind: 'changed', row: 5 }])
    }
    expect(faultsIn(without(4, 1, rehashed(line)))).toEqual([{ kind: 'changed', row: 5, seq: 4 }])
    expect(faultsIn(without(4, 1, ''))).toEqual([{ kind: 'changed', row: 5, seq: null }])
  })

  it('names each line of a chain that was recomputed from a changed line on', () => {
    const forged = [rows[4] ?? '', rows[5] ?? ''].map(rehashed)
    expect(faultsIn(without(4, 2, ...forged))).toEqual([
      { kind: 'changed', row: 5, seq: 4 },
      { kind: 'changed', row: 6, seq: 5 },
    ])
  })

  it('names missing lines, one or several, at the beginning, in the middle and at the end', () => {
    expect(faultsIn(without(4))).toEqual([{ kind: 'dropped', row: 5, from: 4, to: 4 }])
    expect(faultsIn(without(3, 3))).toEqual([{ kind: 'dropped', row: 4, from: 3, to: 5 }])
    expect(faultsIn(without(1))).toEqual([{ kind: 'dropped', row: 2, from: 1, to: 1 }])
    expect(faultsIn(without(8, 2))).toEqual([{ kind: 'dropped', row: 9, from: 8, to: 9 }])
    expect(faultsIn(without(1, 9))).toEqual([{ kind: 'dropped', row: 2, from: 1, to: 9 }])
  })

  it('names lines that were moved or repeated', () => {
    expect(faultsIn(without(4, 2, rows[5] ?? '', rows[4] ?? ''))).toEqual([{ kind: 'moved', row: 6, seq: 4 }])
    expect(faultsIn(spliced(without(2, 1), 7, 0, rows[2] ?? ''))).toEqual([{ kind: 'moved', row: 8, seq: 2 }])
    expect(faultsIn(without(4, 1, rows[4] ?? '', rows[4] ?? ''))).toEqual([{ kind: 'repeated', row: 6, seq: 4 }])
  })

  it('reports a truncated file, wherever it was cut', () => {
    expect(faultsIn(rows.slice(0, -1))).toEqual([{ kind: 'cut-off', row: 11 }])
    expect(faultsIn(rows.slice(0, 4))).toEqual([{ kind: 'cut-off', row: 5 }])
    expect(faultsIn(rows, false)).toEqual([{ kind: 'cut-off', row: 11 }])
    const text = `${rows.join('\n')}\n`
    for (let length = 0; length < text.length; length += 97)
      expect(verifyJournal(text.slice(0, length)).faults, `${length}`).not.toEqual([])
  })

  it('reports a changed first or last line, and additional content', () => {
    const [head = '', end = ''] = [rows[0], rows.at(-1)]
    expect(faultsIn(without(0, 1, head.replace('This computer', 'That computer')))).toEqual([{ kind: 'head-changed' }])
    expect(faultsIn(without(10, 1, end.replace('"lines":9', '"lines":8')))).toEqual([{ kind: 'end-changed', row: 11 }])
    expect(faultsIn([...rows, 'more'])).toEqual([{ kind: 'more', row: 12 }])
    for (const text of ['', '\n', '{}', 'PK\u0003\u0004', `${rows[1]}\n`])
      expect(verifyJournal(text).faults).toEqual([{ kind: 'no-journal' }])
  })

  it('rejects it under another key, which could have signed none of it', () => {
    const x = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? ''
    const [head = ''] = rows
    const { key } = JSON.parse(head) as { key: string }
    const faults = faultsIn(without(0, 1, head.replace(key, x)))
    expect(faults).toHaveLength(10)
    expect(faults.every(({ kind }) => kind === 'changed' || kind === 'end-changed')).toBe(true)
  })

  it('never accepts it after any single byte was changed', () => {
    const bytes = Buffer.from(`${rows.join('\n')}\n`)
    for (let at = 0; at < bytes.length; at += 13) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      expect(verifyJournal(changed.toString()).faults, `byte ${at}`).not.toEqual([])
    }
  })
})

/** The line with another purpose, with its hash recomputed. */
function rehashed(row: string): string {
  const { signature, ...line } = JSON.parse(
    row.replace('"purpose":"run"', '"purpose":"get"').replace('"purpose":"copy"', '"purpose":"get"'),
  ) as Record<string, string>
  const forged = { ...line, at: Date.parse(line['at'] ?? '') } as unknown as Line
  return JSON.stringify({ ...line, hash: hashOf(forged), signature })
}

describe('latchkey journal verify', () => {
  const folder = sharedFolder('latchkey-journal-')

  async function verify(args: string[], input = '') {
    const started = new Started(latchkey, ['journal', ...args], { env: { PATH: process.env['PATH'] ?? '' }, cwd: folder })
    started.child.stdin.end(input)
    return started.ended
  }

  it('prints the result, and ends with 0 for an intact file, 1 for a damaged one, 2 for a missing one', async () => {
    const text = `${rows.join('\n')}\n`
    writeFileSync(join(folder, 'whole'), text)
    writeFileSync(join(folder, 'dropped'), `${without(3, 2).join('\n')}\n`)
    const key = verifyJournal(text).fingerprint ?? ''
    expect(await verify(['verify', 'whole'])).toMatchObject({ status: 0, stdout: expect.stringContaining('Whole: lines 1 to 9') })
    expect(await verify(['verify', '-', '--key', key.toUpperCase()], text)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`Key: ${key} (the key you gave)`),
    })
    expect(await verify(['verify', 'dropped'])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('Entries 3 to 4 are missing before line 4'),
    })
    expect(await verify(['verify', 'whole', '--key', '0'.repeat(32)])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('NOT the key you gave'),
    })
    const told = await verify(['verify', 'dropped', '--json'])
    expect(JSON.parse(told.stdout)).toMatchObject({ whole: false, faults: [{ kind: 'dropped', row: 4, from: 3, to: 4 }] })
    expect((await verify(['verify', 'nowhere'])).status).toBe(2)
    expect((await verify(['verify'])).status).toBe(2)
    expect((await verify([])).status).toBe(2)
    expect((await verify(['change', 'whole'])).status).toBe(2)
  })
})
