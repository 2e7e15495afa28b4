import { describe, expect, it } from 'vitest'
import { exportable, exportValues } from '../../../../main/vault/backup/export-values.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { hashOf } from '../../../../main/vault/journal/journal-line.ts'
import { requireAllValuesKnown } from '../../../../main/vault/keychain/migrate-items.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { type House, localHouse, newKey } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'
import { shell } from '../fixtures/requesters.ts'

/** A vault that has lost its root key, and can be read. */
async function readOnlyHouse(): Promise<{ house: House; accountId: string; keyId: string; root: string }> {
  const { house, account } = await localHouse()
  const { key } = await newKey(house, account)
  const root = house.keychain.items.get(items.root) ?? ''
  house.keychain.items.delete(items.root)
  await house.restart()
  await house.vault.resume()
  return { house, accountId: account.id, keyId: key.id, root }
}

const releases = (house: House) =>
  house.opened.cache
    .lines({ limit: 100 })
    .filter(({ event }) => event === 'release' || event === 'exported')
    .map(({ event, purpose, name, at }) => [event, purpose, name, at])
    .reverse()

const pending = (house: House): string[] => [...house.keychain.items.keys()].filter((item) => item.startsWith('pending-lines/'))

// They were in a journal in memory, and gone with the process: a value could leave with no line anywhere.
describe('what leaves a vault that can only be read', () => {
  it.each([
    ['whole again', (house: House, root: string) => void house.keychain.items.set(items.root, root)],
    ['repaired', (house: House) => house.vault.repair()],
  ])('is in the journal of the vault when that is %s, over restarts and kills', async (_, mend) => {
    const { house, accountId, keyId, root } = await readOnlyHouse()
    house.approver.answer = 'once'
    const start = house.now
    await release(house.opened, accountId, keyId, { purpose: 'reveal' })
    await house.restart()
    await house.vault.resume()
    house.now += 1000
    await release(house.opened, accountId, keyId, { purpose: 'get', requester: shell })
    await exportValues(house.opened, exportable(house.opened, [accountId]).keys, 'json')
    expect(JSON.stringify(pending(house).map((item) => house.keychain.items.get(item)))).not.toContain(
      house.keychain.items.get(items.value(accountId, keyId)),
    )
    await house.restart()
    await mend(house, root)
    await house.vault.open()
    await house.vault.resume()
    expect(house.opened.readOnly).toBeNull()
    expect(releases(house)).toEqual([
      ['release', 'reveal', 'ci', start],
      ['release', 'get', 'ci', start + 1000],
      ['release', 'export', 'ci', start + 1000],
      ['exported', null, null, start + 1000],
    ])
    const lines = house.opened.cache.lines({ limit: 100 })
    expect(lines.find(({ purpose }) => purpose === 'get')?.requester).toEqual(shell)
    for (const line of lines) expect(line.hash).toBe(hashOf(line))
    expect(pending(house)).toEqual([])
  })

  // A change of keychain right after the repair left them in the first one, and the journal never had them.
  it('is in the journal before the vault is moved into another keychain, which leaves none of it behind', async () => {
    const { house, accountId, keyId } = await readOnlyHouse()
    await release(house.opened, accountId, keyId, { purpose: 'reveal' })
    await house.vault.repair()
    await requireAllValuesKnown(house.opened)
    expect([releases(house), pending(house)]).toEqual([[['release', 'reveal', 'ci', house.now]], []])
  })

  it('does not leave while the keychain does not take its line', async () => {
    const { house, accountId, keyId } = await readOnlyHouse()
    house.keychain.failing = (call, item) => (call === 'write' && item.startsWith('pending-lines/') ? 'denied' : null)
    expect(await codeRejected(release(house.opened, accountId, keyId, { purpose: 'reveal' }))).toBe('keychain-denied')
  })

  it('is written once, though it was interrupted before the keychain let go of it', async () => {
    const { house, accountId, keyId, root } = await readOnlyHouse()
    await release(house.opened, accountId, keyId, { purpose: 'reveal' })
    house.now += 1
    await release(house.opened, accountId, keyId, { purpose: 'copy' })
    house.keychain.items.set(items.root, root)
    await house.restart()
    house.keychain.failing = (call, item) => (call === 'remove' && item === items.pendingLines(0) ? 'locked' : null)
    await house.vault.resume().catch(() => undefined)
    house.keychain.failing = () => null
    expect(pending(house)).toEqual([items.pendingLines(0)])
    await house.restart()
    await house.vault.resume()
    expect(releases(house).map(([, purpose]) => purpose)).toEqual(['reveal', 'copy'])
    expect(pending(house)).toEqual([])
  })

  it('is journaled from what can be read of its lines, and from nothing else', async () => {
    const { house, accountId, keyId, root } = await readOnlyHouse()
    await release(house.opened, accountId, keyId, { purpose: 'reveal' })
    const item = items.pendingLines(0)
    const line = JSON.parse(house.keychain.items.get(item) ?? '') as object
    const others = [{ at: 0.5 }, { at: 1e300 }, { event: 'nothing' }, { purpose: 'toString' }, { requester: { kind: 'site' } }, { name: 7 }]
    house.keychain.items.set(
      item,
      [...others.map((other) => JSON.stringify({ ...line, ...other })), 'null', '{', JSON.stringify(line)].join('\n'),
    )
    house.keychain.items.set(items.root, root)
    await house.restart()
    await house.vault.resume()
    expect(releases(house)).toHaveLength(1)
  })

  it('has its line in items that every keychain takes, whatever its names are', async () => {
    const { house, accountId, keyId, root } = await readOnlyHouse()
    house.keychain.limit = 2560
    house.approver.answer = 'once'
    const long = '/töpfe'.repeat(600)
    const process = { pid: 7, startedAt: house.now, startedBy: long }
    const requester = { ...shell, program: long, folder: long, session: long, process }
    await release(house.opened, accountId, keyId, { purpose: 'get', requester })
    for (const item of pending(house)) expect(Buffer.byteLength(house.keychain.items.get(item) ?? '')).toBeLessThan(1892)
    house.keychain.items.set(items.root, root)
    await house.restart()
    await house.vault.resume()
    expect(releases(house)).toHaveLength(1)
  })
})
