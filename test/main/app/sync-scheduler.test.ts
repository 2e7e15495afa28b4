import { describe, expect, it } from 'vitest'
import { SyncScheduler } from '../../../main/app/sync-scheduler.ts'
import { createLater } from '../../../main/vault/sync/pending-changes.ts'
import { listKeys, refreshKeys } from '../../../main/vault/keys/list-keys.ts'
import { lookUpKey } from '../../../main/vault/keys/key-operations.ts'
import { unreachable } from '../fakes/key-servers.ts'
import { newKey, remoteVault } from '../vault/fixtures/vault.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { changeStoredValue } from '../../../main/vault/stored-values/change-value.ts'
import { storeValues } from '../../../main/vault/stored-values/stored-values.ts'
import { codeRejected } from '../vault/fixtures/refused.ts'

/** A vault fixture with a schedule whose time is the test's, in milliseconds. */
async function scheduled() {
  const found = await remoteVault()
  const { fixture, account } = found
  const { key } = await newKey(fixture, account)
  await refreshKeys(fixture.opened, account.id)
  let elapsed = 0
  const faults: unknown[] = []
  const schedule = new SyncScheduler({
    ...{ vault: fixture.vault, online: () => fixture.online, elapsed: () => elapsed, random: () => 0.5 },
    report: (error) => faults.push(error),
  })
  /** Lets time pass, second by second. @returns the seconds at which a list was asked for */
  const pass = async (seconds: number): Promise<number[]> => {
    const syncs: number[] = []
    for (let second = 1; second <= seconds; second += 1) {
      elapsed += 1000
      fixture.now += 1000
      const before = fetches()
      schedule.tick()
      await settled()
      if (fetches() > before) syncs.push(second)
    }
    return syncs
  }
  const fetches = (): number => fixture.remote.calls.filter((call) => call === 'fetchAll').length
  const settled = (): Promise<unknown> => fixture.opened.queues.runExclusive(account.id, () => {}).then(() => new Promise(setImmediate))
  const soon = async (act: () => void): Promise<number> => {
    const before = fetches()
    act()
    await settled()
    return fetches() - before
  }
  schedule.tick()
  return { ...found, key, schedule, faults, pass, soon, list: () => listKeys(fixture.opened, account.id) }
}

// An earlier value of a stored key once stayed as long as nobody looked at its account: no server's list caused the trash to be emptied.
describe('the scheduler empties the trash of stored values', () => {
  it('after their time, although they have no server', async () => {
    const { fixture, pass } = await scheduled()
    const { id: accountId } = await storeValues(fixture.opened, [{ name: 'github', value: new Secret('first') }])
    const id = fixture.opened.cache.keys(accountId)[0]?.id ?? ''
    await changeStoredValue(fixture.opened, { accountId, id, value: new Secret('second'), maxBytes: 2560 })
    await pass(301)
    expect(listKeys(fixture.opened, accountId).trash).toHaveLength(1)
    fixture.elapsed += 31 * 24 * 60 * 60 * 1000
    await pass(400)
    expect(listKeys(fixture.opened, accountId).trash).toEqual([])
  })
})

describe('the scheduler syncs a key list', () => {
  it('every five minutes', async () => {
    const { pass } = await scheduled()
    expect(await pass(901)).toEqual([300, 600, 900])
  })

  it('at growing intervals while the server cannot be reached, and then every five minutes again', async () => {
    const { fixture, pass, list } = await scheduled()
    fixture.remote.before = unreachable()
    expect(await pass(1000)).toEqual([300, 305, 315, 335, 375, 455, 615, 915])
    expect(list().connection).toBe('unreachable')
    fixture.remote.before = () => undefined
    expect(await pass(700)).toEqual([215, 515])
    expect(list()).toMatchObject({ connection: 'online', trouble: null })
  })

  it('soon after something that somebody asked for has failed', async () => {
    const { fixture, account, key, pass } = await scheduled()
    fixture.remote.before = unreachable()
    await codeRejected(lookUpKey(fixture.opened, account.id, { id: key.id }))
    expect(await pass(60)).toEqual([6, 16, 36])
  })

  // A dismissed prompt gives the focus back to the window, whose sync prompted again.
  it('on focus not again and again while it fails', async () => {
    const { fixture, schedule, soon, pass } = await scheduled()
    await pass(61)
    fixture.keychain.failure = 'locked'
    fixture.remote.before = unreachable()
    expect(await soon(() => schedule.focused())).toBe(1)
    expect(await soon(() => schedule.focused())).toBe(0)
  })

  it('as soon as the network is back, and never while there is none', async () => {
    const { fixture, pass, list } = await scheduled()
    fixture.online = false
    expect(await pass(1000)).toEqual([])
    expect(list()).toMatchObject({ connection: 'offline', trouble: { since: fixture.now - 999_000 } })
    fixture.online = true
    expect(await pass(1)).toEqual([1])
    expect(list()).toMatchObject({ connection: 'online', trouble: null })
  })

  it('when the window comes to the front and it is older than a minute', async () => {
    const { pass, soon, schedule } = await scheduled()
    await pass(30)
    expect(await soon(() => schedule.focused())).toBe(0)
    await pass(40)
    expect(await soon(() => schedule.focused())).toBe(1)
    expect(await soon(() => schedule.focused())).toBe(0)
  })

  it('when something else got through to a server that could not be reached', async () => {
    const { fixture, account, key, pass } = await scheduled()
    fixture.remote.before = unreachable()
    await pass(400)
    fixture.remote.before = () => undefined
    await lookUpKey(fixture.opened, account.id, { id: key.id })
    expect(await pass(1)).toEqual([1])
  })

  it('when a change waits that may be possible at once', async () => {
    const { fixture, account, schedule, soon, list } = await scheduled()
    await createLater(fixture.opened, account.id, 'later')
    expect(await soon(() => schedule.soon(account.id))).toBe(1)
    expect(list()).toMatchObject({ keys: [{ name: 'ci' }, { name: 'later', value: 'here' }], waiting: [] })
  })

  it('only one sync at a time', async () => {
    const { fixture, schedule, soon } = await scheduled()
    fixture.now += 61_000
    expect(await soon(() => (schedule.focused(), schedule.focused(), schedule.tick()))).toBe(1)
  })

  it('not for a closed vault or a signed-out account; a lock meanwhile is not reported as an error', async () => {
    const { fixture, account, schedule, faults, pass } = await scheduled()
    fixture.opened.cache.commit([{ op: 'put-account', account: { ...account, signedIn: false } }])
    expect(await pass(301)).toEqual([])
    fixture.opened.cache.commit([{ op: 'put-account', account }])
    schedule.soon(account.id)
    fixture.vault.lock()
    schedule.tick()
    schedule.focused()
    await new Promise(setImmediate)
    expect(faults).toEqual([])
  })
})
