import { describe, expect, it } from 'vitest'
import { genesisHash, nextLine, releaseEntry } from '../../../main/vault/journal/journal-line.ts'
import type { Change } from '../../../main/vault/ports/cache.ts'
import { kinds } from './cache-kinds.ts'
import { filled, record, releases } from './cache-records.ts'

const locked = { at: 5, event: 'locked', accountId: null, keyId: null, name: null, purpose: null, requester: null, detail: null } as const

describe.each(kinds)('the journal of $kind', ({ disk }) => {
  it('chains each line to the previous one, within one commit and across openings', () => {
    const kept = disk()
    filled(kept.open()).close()
    const cache = kept.open()
    cache.commit([{ op: 'note', entry: locked }])
    const lines = cache.lines({ limit: Infinity }).reverse()
    const [first, second] = lines
    expect(lines.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(first).toEqual(nextLine(null, releaseEntry(releases[0] ?? fail(), 'ci')))
    expect([first?.previous, second?.previous]).toEqual([genesisHash, first?.hash])
    expect(lines.at(-1)).toEqual(nextLine(lines.at(-2) ?? null, locked))
  })

  it('returns the newest lines first, in pages, of everything or of one key', () => {
    const cache = filled(disk().open())
    cache.commit([{ op: 'note', entry: locked }])
    const seqs = (wanted: Parameters<typeof cache.lines>[0]): number[] => cache.lines(wanted).map(({ seq }) => seq)
    expect([seqs({ limit: 3 }), seqs({ limit: 3, before: 6 }), seqs({ limit: 3, before: 1 })]).toEqual([[8, 7, 6], [5, 4, 3], []])
    const key = { accountId: 'a0', keyId: record.id }
    expect([seqs({ limit: 2, key }), seqs({ limit: 9, before: 6, key }), seqs({ limit: 9, key: { ...key, accountId: 'a1' } })]).toEqual([
      [6, 4],
      [4, 3, 2, 1],
      [7],
    ])
  })

  it('drops only its oldest lines, and continues at its end', () => {
    const cache = disk().open()
    for (let round = 0; round < 60; round += 1) {
      cache.commit(
        [1, 2].flatMap((): Change[] => [
          { op: 'note', entry: { ...locked, at: round } },
          { op: 'trim-journal', limit: 7 },
        ]),
      )
    }
    expect(cache.lines({ limit: Infinity }).map(({ seq, at }) => [seq, at])).toEqual([
      [120, 59],
      [119, 59],
      [118, 58],
      [117, 58],
      [116, 57],
      [115, 57],
      [114, 56],
    ])
  })

  it('stores the lines of a backup unchanged', () => {
    const from = filled(disk().open()).lines({ limit: Infinity }).reverse()
    const cache = disk().open()
    cache.commit([{ op: 'trim-journal', limit: 0 }, ...from.map((line): Change => ({ op: 'put-line', line }))])
    expect(cache.lines({ limit: Infinity }).reverse()).toEqual(from)
  })
})

function fail(): never {
  throw new Error('no release')
}
