import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cacheExists, openCache } from '../../../../main/realm/cache/open-cache.ts'
import { examineItems } from '../../../../main/vault/keychain/examine-keychain.ts'
import { exportable, exportValues } from '../../../../main/vault/backup/export-values.ts'
import { type PlannedValue, planImport } from '../../../../main/vault/stored-values/import-plan.ts'
import { findPresentKey } from '../../../../main/vault/keys/list-keys.ts'
import { release } from '../../../../main/vault/release/release.ts'
import type { Cache } from '../../../../main/vault/ports/cache.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { storeValues } from '../../../../main/vault/stored-values/stored-values.ts'
import { VaultFixture, openVaultFixture } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'
import { sharedFolder } from '../../../temporary-folder.ts'

const many = 1000
const short = Array.from({ length: many }, (_, at) => ({ name: `value-${at}`, value: new Secret(`short-${at}`) }))

let fixture: VaultFixture
const folder = sharedFolder('latchkey-many-')
let accountId: string
/** Records that the cache has returned. */
let read = 0

/** Wraps a cache and counts the records that it returns. */
function counted(cache: Cache): Cache {
  return new Proxy(cache, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...given: unknown[]): unknown => {
        const found: unknown = member.apply(target, given)
        if (found !== undefined && found !== null) read += Array.isArray(found) ? found.length : 1
        return found
      }
    },
  })
}

/** Milliseconds of processor time of the longest part of a work without a turn of the event loop. */
async function longestPiece(work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let done = false
  let before = process.cpuUsage()
  const turn = (): void => {
    const { user, system } = process.cpuUsage(before)
    longest = Math.max(longest, (user + system) / 1000)
    before = process.cpuUsage()
    if (!done) setImmediate(turn)
  }
  setImmediate(turn)
  await new Promise(setImmediate)
  await work()
  await new Promise(setImmediate)
  done = true
  return longest
}

beforeAll(async () => {
  const path = join(folder, 'cache.realm')
  fixture = new VaultFixture()
  fixture.vault = fixture.newVault({ cacheExists: () => cacheExists(path), openCache: (key) => counted(openCache(path, key)) })
  // A real keychain is another process, and never answers at once.
  fixture.keychain.failing = () => new Promise((resolve) => setImmediate(resolve, null))
  await fixture.vault.open()
  accountId = (await storeValues(fixture.opened, short)).id
}, 60_000)

afterAll(() => fixture.vault.lock())

/** The least of three, which excludes the load of other processes. */
async function pieceOf(work: () => Promise<unknown>): Promise<number> {
  const found: number[] = []
  for (let times = 0; times < 3 && Math.min(...found) >= 50; times += 1) found.push(await longestPiece(work))
  return Math.min(...found)
}

async function recordsRead(work: () => unknown): Promise<number> {
  read = 0
  await work()
  return read
}

describe('a vault of a thousand stored values', () => {
  it('reads one record to find a key', async () => {
    const id = fixture.opened.cache.keys(accountId)[500]?.id ?? ''
    expect(await recordsRead(() => findPresentKey(fixture.opened, accountId, id))).toBe(1)
    expect(await recordsRead(() => release(fixture.opened, accountId, id, { purpose: 'reveal' }))).toBeLessThan(10)
  })

  // Each key used to be searched among all of them: a million records were read, several times.
  it('is examined and exported with a few reads for each value', async () => {
    const { keys } = exportable(fixture.opened, [accountId])
    expect(await recordsRead(() => examineItems(fixture.opened))).toBeLessThan(3 * many)
    expect(await recordsRead(() => exportValues(fixture.opened, keys, 'json'))).toBeLessThan(5 * many)
    expect((await exportValues(fixture.opened, keys, 'json')).map(({ value }) => value.expose())).toEqual(
      short.map(({ value }) => value.expose()),
    )
  })

  it('is examined and exported without blocking the event loop for 50 ms', async () => {
    const { keys } = exportable(fixture.opened, [accountId])
    expect(await pieceOf(() => examineItems(fixture.opened))).toBeLessThan(50)
    expect(await pieceOf(() => exportValues(fixture.opened, keys, 'json'))).toBeLessThan(50)
  })

  // Values that are too short for their last four characters are compared one by one: that used to take 16 seconds at once.
  it('plans an import of a thousand more short values without blocking the event loop for 50 ms', async () => {
    const found = Array.from({ length: many }, (_, at) => ({
      name: `more-${at}`,
      value: new Secret(at < 3 ? `short-${at}` : `more-${at}`),
    }))
    let planned: PlannedValue[] = []
    expect(await pieceOf(async () => (planned = await planImport(fixture.opened, found)))).toBeLessThan(50)
    expect(planned.map(({ same }) => same?.name ?? null)).toEqual(found.map((_, at) => (at < 3 ? `value-${at}` : null)))
  }, 60_000)

  it('stops planning an import when it is locked', async () => {
    const other = await openVaultFixture()
    await storeValues(other.opened, short.slice(0, 600))
    const found = Array.from({ length: many }, (_, at) => ({ name: `more-${at}`, value: new Secret(`more-${at}`) }))
    const planning = planImport(other.opened, found)
    setImmediate(() => other.vault.lock())
    expect(await codeRejected(planning)).toBe('locked')
  }, 60_000)
})
