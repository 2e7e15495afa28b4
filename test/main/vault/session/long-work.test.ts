import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Palette } from '../../../../main/outlets/palette.ts'
import { cacheExists, openCache, openTemporaryCache } from '../../../../main/realm/cache/open-cache.ts'
import { commandCalls } from '../../../../main/agent/command/command-calls.ts'
import { compareSnapshot } from '../../../../main/vault/backup/compare-snapshot.ts'
import { exportable, exportValues } from '../../../../main/vault/backup/export-values.ts'
import { planImport } from '../../../../main/vault/stored-values/import-plan.ts'
import { exportJournal } from '../../../../main/vault/journal/journal-export.ts'
import type { Cache, Change } from '../../../../main/vault/ports/cache.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { restore } from '../../../../main/vault/backup/restore.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { type Snapshot, takeSnapshot } from '../../../../main/vault/backup/snapshot.ts'
import { storeValues } from '../../../../main/vault/stored-values/stored-values.ts'
import { VaultFixture } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'
import { shell } from '../fixtures/requesters.ts'
import { sharedFolder } from '../../../temporary-folder.ts'

const many = 1000
const lines = 3000
const values = Array.from({ length: many }, (_, at) => ({
  name: `value-${at}`,
  value: new Secret(`a-value-that-is-long-enough-for-its-last-four-${at}`),
}))

const folder = sharedFolder('latchkey-long-')
let fixture: VaultFixture
let accountId: string
/** Calls of the cache. */
let calls = 0
/** Records that the cache returned and took since the last turn of the event loop. */
let [read, written] = [0, 0]
/** Called before each commit. */
let committing: (changes: readonly Change[]) => void = () => {}

function counted(cache: Cache): Cache {
  return new Proxy(cache, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...given: unknown[]): unknown => {
        calls += 1
        if (name === 'commit') {
          committing(given[0] as Change[])
          written += (given[0] as Change[]).length
        }
        const found: unknown = member.apply(target, given)
        if (Array.isArray(found)) read += found.length
        return found
      }
    },
  })
}

function vaultIn(name: string): VaultFixture {
  const path = join(folder, name)
  const made = new VaultFixture()
  made.vault = made.newVault({
    cacheExists: () => cacheExists(path),
    openCache: (key) => counted(openCache(path, key)),
    openTemporaryCache,
  })
  // A real keychain is another process, and never answers at once. Values stay sealed, so that the commits of the keychain are not counted.
  made.keychain.failing = async (call, item) => {
    await new Promise(setImmediate)
    return call === 'write' && item.startsWith('value/') ? 'locked' : null
  }
  return made
}

interface Turns {
  /** The most between two turns of the event loop. */
  readonly read: number
  readonly written: number
  readonly turns: number
}

/** What a work does between the turns of the event loop. Its clock jumps, so that each time slice is over whenever it is checked. */
async function turnsOf(work: () => Promise<unknown>): Promise<Turns> {
  let now = performance.now()
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000))
  const most = { read: 0, written: 0, turns: 0 }
  let done = false
  const turn = (): void => {
    most.read = Math.max(most.read, read)
    most.written = Math.max(most.written, written)
    most.turns += 1
    read = written = 0
    if (!done) setImmediate(turn)
  }
  read = written = 0
  setImmediate(turn)
  await work()
  done = true
  await new Promise(setImmediate)
  clock.mockRestore()
  return most
}

beforeAll(async () => {
  fixture = vaultIn('cache.realm')
  await fixture.vault.open()
  accountId = (await storeValues(fixture.opened, values)).id
  const ids = fixture.opened.cache.keys(accountId).map(({ id }) => id)
  for (let start = 0; start < lines; start += 500) {
    fixture.opened.cache.commit(
      Array.from({ length: 500 }, (_, at): Change => {
        const about = { accountId, keyId: ids[(start + at) % many] ?? null, name: 'value' }
        const entry = { at: start + at, event: 'release', purpose: 'copy', requester: { kind: 'person' }, detail: null, ...about } as const
        return { op: 'note', entry }
      }),
    )
  }
}, 60_000)

afterAll(() => fixture.vault.lock())

describe('with a thousand values', () => {
  // Each key's own lines used to be queried: a thousand queries, 45 to 70 ms for each showing.
  it('the palette opens after a few reads, with the last use of each key', () => {
    const stage = { show: async () => {}, hide: () => {}, isShown: false }
    const parts = { vault: fixture.vault, stage, theme: () => 'system', settled: async () => {}, typist: { unavailable: null } }
    const palette = new Palette(parts as unknown as ConstructorParameters<typeof Palette>[0])
    calls = 0
    const { keys } = palette.state()
    expect(calls).toBeLessThan(10)
    expect(keys).toHaveLength(many)
    expect([keys[0]?.name, keys[0]?.usedAt]).toEqual([`value-${many - 1}`, lines - 1])
  })

  // Each of a command's references used to read all keys again.
  it('a command that names many keys reads the list once', async () => {
    const parts = { version: '1', vault: fixture.vault, settled: async () => {}, showPalette: () => {} }
    const command = commandCalls(parts as unknown as Parameters<typeof commandCalls>[0])
    const references = Array.from({ length: 50 }, (_, at) => ({ account: null, key: `value-${at}` }))
    fixture.approver.answer = 'once'
    read = 0
    const { values: given } = await command.run({ references, command: 'make' }, shell, new AbortController().signal)
    expect(given).toEqual(values.slice(0, 50).map(({ value }) => value.expose()))
    expect(read).toBeLessThan(2 * many)
  })

  // One commit of all of them used to block the event loop for 56 ms.
  it('storing them commits a hundred at a time, and other work runs in between', async () => {
    const other = vaultIn('stored.realm')
    await other.vault.open()
    const { written: most } = await turnsOf(() => storeValues(other.opened, values))
    expect(most).toBeLessThanOrEqual(400)
    await other.vault.lock()
  })

  it('exporting them writes a hundred journal lines at a time, and other work runs in between', async () => {
    const { keys } = exportable(fixture.opened, [accountId])
    expect((await turnsOf(() => exportValues(fixture.opened, keys, 'json'))).written).toBeLessThanOrEqual(102)
  })

  it('planning an import of others is sliced even if no value is similar to another', async () => {
    const found = Array.from({ length: 500 }, (_, at) => ({
      name: `more-${at}`,
      value: new Secret(`${at}-another-value-that-is-long-enough-for-its-last-four`),
    }))
    expect((await turnsOf(() => planImport(fixture.opened, found))).turns).toBeGreaterThan(450)
  })
})

// It used to be read at once: a hundred milliseconds for twenty thousand lines.
describe('a long journal is read in slices', () => {
  let snapshot: Snapshot

  it('for an export', async () => {
    const all = async (): Promise<void> => {
      let count = 0
      for await (const piece of exportJournal(fixture.opened)) count += piece.split('\n').length - 1
      expect(count).toBeGreaterThan(lines)
    }
    expect((await turnsOf(all)).read).toBeLessThan(lines / 2)
  })

  it('for a backup', async () => {
    const take = async (): Promise<void> => void ({ snapshot } = await takeSnapshot(fixture.opened, async () => null))
    expect((await turnsOf(take)).read).toBeLessThan(2 * many)
    expect(snapshot.lines.length).toBeGreaterThan(lines)
    expect(snapshot.lines.map(({ seq }) => seq)).toEqual(snapshot.lines.map((_, at) => at + 1))
  })

  it('for a comparison with a backup', async () => {
    expect((await turnsOf(() => compareSnapshot(fixture.opened, snapshot))).read).toBeLessThan(2 * many)
  })

  it('and the values of a backup are sealed in slices when it is restored', async () => {
    const other = vaultIn('restored.realm')
    await other.vault.open()
    expect((await turnsOf(() => restore(other.opened, snapshot))).turns).toBeGreaterThan(900)
    expect(other.opened.cache.keys(accountId)).toHaveLength(many)
    await other.vault.lock()
  })
})

describe('values that are stored in batches', () => {
  const some = values.slice(0, 250)
  let other: VaultFixture

  async function opened(name: string): Promise<void> {
    other = vaultIn(name)
    await other.vault.open()
  }

  it('are all stored if the vault is locked in between', async () => {
    await opened('locked.realm')
    let commits = 0
    let closed: Promise<void> | null = null
    committing = (changes) => {
      if (changes.some(({ op }) => op === 'put-key')) commits += 1
      if (commits === 2) closed ??= Promise.resolve(other.vault.lock())
    }
    await storeValues(other.opened, some).catch(() => {}) // the keychain is not called any more
    committing = () => {}
    await closed
    await other.vault.open()
    const [account] = other.opened.cache.accounts()
    expect(other.opened.cache.keys(account?.id ?? '').map(({ name }) => name)).toEqual(some.map(({ name }) => name))
    await other.vault.lock()
  })

  it('are all rolled back if the disk is full in between', async () => {
    await opened('full.realm')
    let commits = 0
    committing = (changes) => {
      if (changes.some(({ op }) => op === 'put-key') && (commits += 1) === 3) throw new Refusal('disk-full')
    }
    expect(await codeRejected(storeValues(other.opened, some))).toBe('disk-full')
    committing = () => {}
    expect(other.opened.cache.accounts()).toEqual([])
    expect([...other.keychain.items.keys()].filter((item) => /^(?:value|stored|account)\//.test(item))).toEqual([])
    const { id } = await storeValues(other.opened, some)
    expect(other.opened.cache.keys(id)).toHaveLength(some.length)
    await other.vault.lock()
  })
})
