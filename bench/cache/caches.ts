import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCache } from '../../main/realm/cache/open-cache.ts'
import { median } from '../figures.ts'
import { asLists, vaultRecords, type RecordLists } from './vault-records.ts'
import { readEncryptedJson, writeEncryptedJson } from './encrypted-json.ts'

/** Medians in milliseconds. Each measurement starts with a closed file that is in the system's disk cache. */
export interface CacheTimes {
  /** Opens the cache and lists one account's keys. */
  readonly list: number
  /** Opens the cache and searches the names of that account's keys, as the window does. */
  readonly search: number
}
type Subject = Record<keyof CacheTimes, () => number>

/** Compares the vault's cache with a file that is read whole, alternately, over the same 10,000 records. */
export function compareCaches(rounds: number): { ours: CacheTimes; whole: CacheTimes } {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  const [ours, whole] = makeSubjects(folder)
  const times = { ours: { list: [] as number[], search: [] as number[] }, whole: { list: [] as number[], search: [] as number[] } }
  for (let round = -1; round < rounds; round += 1) {
    for (const job of ['list', 'search'] as const) {
      const [mine, theirs] = [timed(ours[job]), timed(whole[job])]
      if (mine.found !== theirs.found || mine.found === 0) throw new Error(`${job} found ${mine.found} and ${theirs.found} keys`)
      if (round < 0) continue // the first round fills the disk cache
      times.ours[job].push(mine.ms)
      times.whole[job].push(theirs.ms)
    }
  }
  rmSync(folder, { recursive: true })
  const middle = ({ list, search }: Record<keyof CacheTimes, number[]>): CacheTimes => ({ list: median(list), search: median(search) })
  return { ours: middle(times.ours), whole: middle(times.whole) }
}

/** @returns for each subject, its jobs and how many keys each finds */
function makeSubjects(folder: string): [Subject, Subject] {
  const key = randomBytes(64)
  const [cacheFile, wholeFile] = [join(folder, 'cache.realm'), join(folder, 'whole')]
  const changes = vaultRecords()
  const content = asLists(changes)
  const id = content.accounts[125]?.id ?? ''
  const cache = openCache(cacheFile, key)
  cache.commit(changes)
  cache.close()
  writeEncryptedJson(wholeFile, key.subarray(0, 32), content)
  const text = content.keys.find(({ accountId }) => accountId === id)?.name.slice(1) ?? ''
  const matches = ({ name }: { name: string }): boolean => name.includes(text)

  const withCache = (job: (cache: ReturnType<typeof openCache>) => number) => () => {
    const opened = openCache(cacheFile, key)
    const found = job(opened)
    opened.close()
    return found
  }
  const withWhole = (job: (content: RecordLists) => number) => () => job(readEncryptedJson(wholeFile, key.subarray(0, 32)) as RecordLists)
  return [
    {
      list: withCache((opened) => opened.keys(id).length),
      search: withCache((opened) => opened.keys(id).filter(matches).length),
    },
    {
      list: withWhole(({ keys }) => keys.filter(({ accountId }) => accountId === id).length),
      search: withWhole(({ keys }) => keys.filter((key) => key.accountId === id && matches(key)).length),
    },
  ]
}

function timed(job: () => number): { ms: number; found: number } {
  const begun = performance.now()
  const found = job()
  return { ms: performance.now() - begun, found }
}
