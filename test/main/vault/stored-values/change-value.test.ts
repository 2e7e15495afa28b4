import { describe, expect, it, vi } from 'vitest'
import { noDetails } from '../../../../shared/key-details.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { itemsOf } from '../../../../main/vault/keychain/migrate-items.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { setKeyDetails } from '../../../../main/vault/keys/set-details.ts'
import { purgeTrashedValue } from '../../../../main/vault/keys/trash.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { changeStoredValue, renameStoredKey, restoreStoredValue } from '../../../../main/vault/stored-values/change-value.ts'
import { planImport } from '../../../../main/vault/stored-values/import-plan.ts'
import { removeStoredValue, storeValues } from '../../../../main/vault/stored-values/stored-values.ts'
import { codeRejected } from '../fixtures/refused.ts'
import { localVault, newKey, type VaultFixture } from '../fixtures/vault.ts'

const maxBytes = 2560

/** A vault with stored keys of these names, whose values are `NAME-1`. */
async function vaultWith(...names: string[]) {
  const { fixture, account: local } = await localVault()
  const account = await storeValues(
    fixture.opened,
    names.map((name) => ({ name, value: new Secret(`${name}-1`) })),
  )
  const list = () => listKeys(fixture.opened, account.id)
  const idOf = (name: string): string => list().keys.find((key) => key.name === name)?.id ?? ''
  const valueOf = async (id: string): Promise<string> => (await release(fixture.opened, account.id, id, { purpose: 'reveal' })).expose()
  return {
    ...{ fixture, local, account, list, idOf, valueOf },
    change: (name: string, value: string) =>
      changeStoredValue(fixture.opened, { accountId: account.id, id: idOf(name), value: new Secret(value), maxBytes }),
    earlier: () => Promise.all(list().trash.map(async ({ id, name }) => [name, await valueOf(id)])),
  }
}

/** Item names in the keychain that nothing lists. */
function unlisted({ opened, keychain }: VaultFixture): string[] {
  const listed = new Set(itemsOf(opened))
  return [...keychain.items.keys()].filter((item) => !listed.has(item))
}

describe('a stored key whose value changes', () => {
  it('has the new value under its name, id and sites, and the old one is in the trash', async () => {
    const { change, idOf, valueOf, earlier } = await vaultWith('github')
    const id = idOf('github')
    expect(await change('github', ' github-2\n')).toMatchObject({ id, name: 'github', value: 'here', verified: null })
    expect([await valueOf(id), await earlier()]).toEqual(['github-2', [['github', 'github-1']]])
  })

  it('keeps its details, except the day on which the old value ends, which comes back with that value', async () => {
    const { fixture, account, change, idOf, list } = await vaultWith('github')
    const details = { ...noDetails, notes: 'Ask Grace', tags: ['team'], expires: '2027-01-31' }
    await setKeyDetails(fixture.opened, account.id, idOf('github'), details)
    expect((await change('github', 'github-2')).details).toEqual({ ...details, expires: null })
    await setKeyDetails(fixture.opened, account.id, idOf('github'), { ...details, expires: '2028-01-31' })
    expect((await restoreStoredValue(fixture.opened, account.id, list().trash[0]?.id ?? '')).details).toEqual(details)
    expect(fixture.opened.cache.key(account.id, list().trash[0]?.id ?? '')?.details).toEqual({ ...noDetails, expires: '2028-01-31' })
  })

  it('is not changed by the value that it has', async () => {
    const { change, earlier, fixture } = await vaultWith('github')
    const before = fixture.keychain.calls.filter((call) => call.startsWith('write')).length
    await change('github', 'github-1')
    expect([await earlier(), fixture.keychain.calls.filter((call) => call.startsWith('write')).length]).toEqual([[], before])
  })

  it('takes any earlier value back, and gives it the current one in exchange', async () => {
    const { fixture, account, change, idOf, valueOf, earlier, list } = await vaultWith('github', 'npm')
    for (const value of ['github-2', 'github-3']) {
      fixture.now += 1000
      await change('github', value)
    }
    const [oldest] = list().trash
    expect(await restoreStoredValue(fixture.opened, account.id, oldest?.id ?? '')).toMatchObject({ id: idOf('github') })
    expect(await valueOf(idOf('github'))).toBe('github-1')
    expect(await earlier()).toEqual([
      ['github', 'github-2'],
      ['github', 'github-3'],
    ])
    expect([await valueOf(idOf('npm')), unlisted(fixture)]).toEqual(['npm-1', []])
  })

  it('exchanges values in a full trash, and none of them goes', async () => {
    const { fixture, account, change, earlier, list, idOf, valueOf } = await vaultWith('github')
    for (let n = 2; n <= 11; n += 1) await change('github', `github-${n}`)
    await restoreStoredValue(fixture.opened, account.id, list().trash.at(-1)?.id ?? '')
    const all = [await valueOf(idOf('github')), ...(await earlier()).map(([, value]) => value)]
    expect(all.sort()).toEqual(Array.from({ length: 11 }, (_, at) => `github-${at + 1}`).sort())
    expect(await valueOf(idOf('github'))).toBe('github-10')
  })

  // The oldest earlier value was removed before the new state was on the disk: where that failed, it was lost for nothing.
  it.each(['the disk is full', 'the keychain takes nothing'])('loses no value in a full trash if %s', async (trouble) => {
    const { fixture, account, change, list, earlier, idOf, valueOf } = await vaultWith('github')
    for (let n = 2; n <= 11; n += 1) await change('github', `github-${n}`)
    const [oldest] = list().trash
    if (trouble === 'the disk is full') fixture.disk.full = true
    else fixture.keychain.failing = (call) => (call === 'write' ? 'locked' : null)
    await restoreStoredValue(fixture.opened, account.id, oldest?.id ?? '').catch(() => undefined)
    await change('github', 'github-12').catch(() => undefined)
    fixture.disk.full = false
    fixture.keychain.failing = () => null
    await fixture.restartAndResume()
    const all = [await valueOf(idOf('github')), ...(await earlier()).map(([, value]) => value)]
    expect(all).toEqual(expect.arrayContaining(Array.from({ length: 11 }, (_, at) => `github-${at + 1}`)))
  })

  // Attack: what another program put in the place of an earlier value became the key's own, with its sites and approvals.
  it('takes back only what was stored, and keeps nothing that another program put in its place', async () => {
    const { fixture, account, change, list, idOf, valueOf, earlier } = await vaultWith('github')
    await change('github', 'github-2')
    const [{ id = '' } = {}] = list().trash
    fixture.keychain.items.set(items.value(account.id, id), 'planted')
    expect(await codeRejected(restoreStoredValue(fixture.opened, account.id, id))).toBe('keychain-mismatch')
    expect(await valueOf(idOf('github'))).toBe('github-2')
    await purgeTrashedValue(fixture.opened, account.id, id)
    fixture.keychain.items.set(items.value(account.id, idOf('github')), 'planted')
    await change('github', 'github-3')
    expect([await valueOf(idOf('github')), await earlier()]).toEqual(['github-3', []])
  })

  it('is refused once if the keychain has lost the value before, because it may come back', async () => {
    const { fixture, account, change, idOf, valueOf, earlier } = await vaultWith('github')
    const item = items.value(account.id, idOf('github'))
    const held = fixture.keychain.items.get(item) ?? ''
    fixture.keychain.items.delete(item)
    expect(await codeRejected(change('github', 'github-2'))).toBe('value-missing')
    fixture.keychain.items.set(item, held)
    await change('github', 'github-2')
    expect([await valueOf(idOf('github')), await earlier()]).toEqual(['github-2', [['github', 'github-1']]])
  })

  it('keeps the newest earlier values, whatever the clock says', async () => {
    const { fixture, change, earlier } = await vaultWith('github')
    await change('github', 'github-2')
    fixture.now -= 365 * 24 * 60 * 60 * 1000
    for (let n = 3; n <= 12; n += 1) await change('github', `github-${n}`)
    expect((await earlier()).map(([, value]) => value)).toEqual(Array.from({ length: 10 }, (_, at) => `github-${at + 2}`))
  })

  it('takes its earlier values with it when it is removed', async () => {
    const { fixture, account, change, idOf, earlier } = await vaultWith('github', 'npm')
    await change('github', 'github-2')
    await change('npm', 'npm-2')
    await removeStoredValue(fixture.opened, account.id, idOf('github'), 'github')
    expect([await earlier(), unlisted(fixture)]).toEqual([[['npm', 'npm-1']], []])
    expect([...fixture.keychain.items.values()].filter((value) => value.startsWith('github'))).toEqual([])
  })

  it('does not make an import skip a value that only the trash still has', async () => {
    const { fixture, change } = await vaultWith('github')
    await change('github', 'github-2')
    expect((await planImport(fixture.opened, [{ name: 'old', value: new Secret('github-1') }]))[0]?.same).toBe(null)
  })

  it('takes an earlier value back after it was renamed', async () => {
    const { fixture, account, change, idOf, valueOf, list } = await vaultWith('github')
    await change('github', 'github-2')
    await renameStoredKey(fixture.opened, account.id, idOf('github'), 'work')
    await restoreStoredValue(fixture.opened, account.id, list().trash[0]?.id ?? '')
    expect([await valueOf(idOf('work')), list().keys.length]).toEqual(['github-1', 1])
  })

  it('keeps ten earlier values, and those of no other key go for them', async () => {
    const { fixture, change, earlier } = await vaultWith('github', 'npm')
    await change('npm', 'npm-2')
    for (let n = 2; n <= 14; n += 1) {
      fixture.now += 1000
      await change('github', `github-${n}`)
    }
    const kept = (await earlier()).map(([, value]) => value)
    expect(kept).toEqual(['npm-1', ...Array.from({ length: 10 }, (_, at) => `github-${at + 4}`)])
    expect(unlisted(fixture)).toEqual([])
  })

  it('makes room in a full vault with the oldest earlier value, and is refused if there is none', async () => {
    const { fixture, account, change, earlier, list, idOf, valueOf } = await vaultWith(...Array.from({ length: 999 }, (_, at) => `k${at}`))
    await change('k1', 'k1-2')
    fixture.now += 1000
    await change('k2', 'k2-2')
    expect([await earlier(), list().keys.length]).toEqual([[['k2', 'k2-1']], 999])
    await purgeTrashedValue(fixture.opened, account.id, list().trash[0]?.id ?? '')
    await storeValues(fixture.opened, [{ name: 'last', value: new Secret('last-1') }])
    expect(await codeRejected(change('k1', 'k1-3'))).toBe('stored-limit')
    expect(await valueOf(idOf('k1'))).toBe('k1-2')
  })

  it('drops earlier values after their time in the trash', async () => {
    const { fixture, account, change, earlier } = await vaultWith('github')
    await change('github', 'github-2')
    await refreshKeys(fixture.opened, account.id)
    fixture.elapsed += 31 * 24 * 60 * 60 * 1000
    await refreshKeys(fixture.opened, account.id)
    expect([await earlier(), unlisted(fixture)]).toEqual([[], []])
  })

  it('is listed with its current value, and the earlier ones in the trash, after a lost cache', async () => {
    const { fixture, account, change } = await vaultWith('github')
    await change('github', 'github-2')
    fixture.disk.setAside()
    await fixture.restart()
    const { keys, trash } = listKeys(fixture.opened, account.id)
    expect([keys.map(({ name }) => name), trash.map(({ name }) => name)]).toEqual([['github'], ['github']])
    const value = await release(fixture.opened, account.id, keys[0]?.id ?? '', { purpose: 'reveal' })
    expect(value.expose()).toBe('github-2')
  })

  it.each([1, 2, 3, 4, 5])('loses neither value if the process is killed at keychain call %i', async (number) => {
    const { fixture, account, change, idOf, valueOf, earlier } = await vaultWith('github')
    const id = idOf('github')
    let calls = 0
    fixture.keychain.failing = () => ((calls += 1) < number ? null : new Promise(() => undefined))
    void change('github', 'github-2').catch(() => undefined)
    await vi.waitFor(() => expect(calls).toBeGreaterThanOrEqual(number))
    fixture.keychain.failing = () => null
    await fixture.restartAndResume()
    const all = [await valueOf(id), ...(await earlier()).map(([, value]) => value)]
    expect(all).toContain('github-1')
    if (all.length > 1) expect(all).toEqual(['github-2', 'github-1'])
    expect([fixture.keychain.items.has(items.value(account.id, id)), unlisted(fixture)]).toEqual([true, []])
  })

  it('is refused where a server has the key, and for a value that cannot be stored', async () => {
    const { fixture, local, account, change, valueOf, idOf } = await vaultWith('github')
    const { key } = await newKey(fixture, local, 'ci')
    const ofServer = { accountId: local.id, id: key.id, value: new Secret('x'), maxBytes }
    expect(await codeRejected(changeStoredValue(fixture.opened, ofServer))).toBe('not-allowed')
    expect(await codeRejected(renameStoredKey(fixture.opened, local.id, key.id, 'x'))).toBe('not-allowed')
    expect(await codeRejected(restoreStoredValue(fixture.opened, local.id, key.id))).toBe('not-allowed')
    expect(await codeRejected(change('github', ''))).toBe('value-unreadable')
    expect(await codeRejected(change('github', 'x'.repeat(maxBytes + 1)))).toBe('value-too-long')
    expect(await codeRejected(restoreStoredValue(fixture.opened, account.id, idOf('github')))).toBe('key-not-found')
    fixture.keychain.failure = 'locked'
    expect(await codeRejected(change('github', 'github-2'))).toBe('keychain-locked')
    fixture.keychain.failure = null
    expect(await valueOf(idOf('github'))).toBe('github-1')
  })
})

describe('a stored key that is renamed', () => {
  it('keeps its id and value, and has the new name after a lost cache too', async () => {
    const { fixture, account, idOf, valueOf } = await vaultWith('github')
    const id = idOf('github')
    expect(await renameStoredKey(fixture.opened, account.id, id, 'GitHub')).toMatchObject({ id, name: 'GitHub' })
    fixture.disk.setAside()
    await fixture.restart()
    expect(listKeys(fixture.opened, account.id).keys.map((key) => [key.id, key.name])).toEqual([[id, 'GitHub']])
    expect(await valueOf(id)).toBe('github-1')
  })

  it('is refused an invalid name, and one that another key has in any case', async () => {
    const { fixture, account, idOf, list } = await vaultWith('github', 'npm')
    expect(await codeRejected(renameStoredKey(fixture.opened, account.id, idOf('npm'), 'a b'))).toBe('name-invalid')
    expect(await codeRejected(renameStoredKey(fixture.opened, account.id, idOf('npm'), 'GITHUB'))).toBe('name-taken')
    expect(list().keys.map(({ name }) => name)).toEqual(['github', 'npm'])
  })
})
