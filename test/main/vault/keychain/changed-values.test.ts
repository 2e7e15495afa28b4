import { describe, expect, it } from 'vitest'
import { examineItems } from '../../../../main/vault/keychain/examine-keychain.ts'
import { inspectValues, recheckValues } from '../../../../main/vault/keychain/inspect-values.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { listKeys, refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { takeSnapshot } from '../../../../main/vault/backup/snapshot.ts'
import { storeValues } from '../../../../main/vault/stored-values/stored-values.ts'
import { addValue } from '../../../../main/vault/keys/add-value.ts'
import { guardedOver } from '../../keychain/passphrase/passphrase-vaults.ts'
import { goneAndBack, House, localHouse, newKey, openHouse, recordOf, stateOf } from '../fixtures/vault.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { codeRejected } from '../fixtures/refused.ts'

/** A vault under a passphrase on top of the keychain, with three keys; another program has changed the item of `second`. */
async function guardedHouse() {
  const house = new House()
  const keychain = await guardedOver(house.keychain)
  house.vault = house.newVault({ keychain })
  await house.vault.open()
  const account = await openLocal(house.opened)
  const keys: { readonly id: string }[] = []
  for (const name of ['first', 'second', 'third']) keys.push((await newKey(house, account, name)).key)
  const item = (at: number) => items.value(account.id, keys[at]?.id ?? '')
  house.keychain.items.set(keychain.nameOf(item(1)), 'what another program put there')
  const states = () => listKeys(house.opened, account.id).keys.map(({ value }) => value)
  return { house, account, keychain, item, states }
}

// Reveal refused it, while the detail said "In your keychain".
describe('a value that another program changed in the keychain', () => {
  it('is told as changed by a look at it, and as here again once the right one is back', async () => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    const item = items.value(account.id, key.id)
    house.keychain.items.set(item, 'another')
    await house.opened.queues.runExclusive(account.id, (turn) => inspectValues(house.opened, turn, account.id))
    expect(stateOf(house, account, 'ci')).toEqual({ ...key, value: 'changed' })
    house.keychain.items.set(item, value)
    await recheckValues(house.opened, account.id)
    expect(stateOf(house, account, 'ci')).toEqual(key)
    house.keychain.items.set(item, 'another')
    await house.opened.queues.runExclusive(account.id, (turn) => inspectValues(house.opened, turn, account.id))
    house.keychain.items.delete(item)
    await recheckValues(house.opened, account.id)
    expect(stateOf(house, account, 'ci')).toEqual({ ...key, value: 'missing' })
  })

  it('is refused and from then on told as changed, also where it was thought to be here', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    house.keychain.items.set(items.value(account.id, key.id), 'another')
    expect(await codeRejected(release(house.opened, account.id, key.id, { purpose: 'reveal' }))).toBe('keychain-mismatch')
    expect(stateOf(house, account, 'ci')).toEqual({ ...key, value: 'changed' })
    expect(await codeRejected(release(house.opened, account.id, key.id, { purpose: 'copy' }))).toBe('keychain-mismatch')
  })

  it('is here again with the value that its person adds', async () => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    house.keychain.items.set(items.value(account.id, key.id), 'another')
    await house.opened.queues.runExclusive(account.id, (turn) => inspectValues(house.opened, turn, account.id))
    await addValue(house.opened, account.id, key.id, new Secret(value))
    expect(stateOf(house, account, 'ci')?.value).toBe('here')
    expect((await release(house.opened, account.id, key.id, { purpose: 'reveal' })).expose()).toBe(value)
  })

  it('stays known as changed when its key goes and comes back, and is missing in a backup', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    house.keychain.items.set(items.value(account.id, key.id), 'another')
    await house.opened.queues.runExclusive(account.id, (turn) => inspectValues(house.opened, turn, account.id))
    await goneAndBack(house, account, () => expect(recordOf(house, account, key.id)?.value).toBe('changed'))
    expect(stateOf(house, account, 'ci')?.value).toBe('changed')
    const { snapshot } = await takeSnapshot(house.opened, async () => null)
    expect(snapshot.keys.map(({ name, value }) => [name, value])).toEqual([['ci', 'missing']])
    expect(snapshot.secrets.has(items.value(account.id, key.id))).toBe(false)
  })
})

// Under a passphrase, the look ended at the changed item and the doctor failed with an error that names nothing.
describe('one changed item under a passphrase', () => {
  it('does not hide the states of the others', async () => {
    const { house, account, states, keychain, item } = await guardedHouse()
    house.keychain.items.delete(keychain.nameOf(item(2)))
    await house.opened.queues.runExclusive(account.id, (turn) => inspectValues(house.opened, turn, account.id))
    expect(states()).toEqual(['here', 'changed', 'missing'])
  })

  it('is named by the doctor, with whatever else is wrong', async () => {
    const { house, keychain, item } = await guardedHouse()
    house.keychain.items.delete(keychain.nameOf(item(2)))
    expect(await examineItems(house.opened)).toEqual({
      findings: ['item-different', 'item-missing'],
      keys: [
        { name: 'second', finding: 'item-different' },
        { name: 'third', finding: 'item-missing' },
      ],
    })
  })

  it.each([items.root, items.canary])('is told by the doctor as a changed keychain where it is %s', async (changed) => {
    const { house, keychain } = await guardedHouse()
    house.keychain.items.set(keychain.nameOf(changed), 'another')
    expect((await examineItems(house.opened)).findings).toEqual(['changed', 'item-different'])
  })

  it('does not keep a lost list from being read again', async () => {
    const { house, account, keychain } = await guardedHouse()
    house.disk.damage()
    house.vault = house.newVault({ keychain })
    await house.vault.open()
    const { keys, trouble } = await refreshKeys(house.opened, account.id)
    expect([keys.map(({ value }) => value), trouble]).toEqual([['here', 'changed', 'here'], null])
  })
})

// A keychain can have several keyrings: with one of them locked, every key was shown as locked.
describe('a value in a keyring that is locked, beside one that is open', () => {
  async function twoKeyrings(locked: string) {
    const house = await openHouse()
    const values = ['first', 'second', 'third'].map((name) => ({ name, value: new Secret(`value of ${name}`) }))
    const account = await storeValues(house.opened, values)
    const { id } = listKeys(house.opened, account.id).keys.find(({ name }) => name === locked) ?? { id: '' }
    const item = items.value(account.id, id)
    house.keychain.failing = (_call, asked) => (asked === item ? 'locked' : null)
    const states = () => Object.fromEntries(listKeys(house.opened, account.id).keys.map(({ name, value }) => [name, value]))
    return { house, account, id, item, states }
  }

  it.each(['first', 'second', 'third'])('alone is told as locked, wherever it is in the list: %s', async (locked) => {
    const { house, account, states } = await twoKeyrings(locked)
    await house.opened.queues.runExclusive(account.id, (turn) => inspectValues(house.opened, turn, account.id))
    expect(states()).toEqual({ first: 'here', second: 'here', third: 'here', [locked]: 'locked' })
    expect(listKeys(house.opened, account.id).keychain).toBe(null)
  })

  it('alone is told as locked after a reveal, and as here once its keyring is open', async () => {
    const { house, account, id, states } = await twoKeyrings('second')
    expect(await codeRejected(release(house.opened, account.id, id, { purpose: 'reveal' }))).toBe('keychain-locked')
    expect(states()).toEqual({ first: 'here', second: 'locked', third: 'here' })
    house.keychain.failing = () => null
    await recheckValues(house.opened, account.id)
    expect(states()).toEqual({ first: 'here', second: 'here', third: 'here' })
  })

  it('is told by the doctor, which looks at the others all the same', async () => {
    const { house, account, states } = await twoKeyrings('first')
    const third = listKeys(house.opened, account.id).keys.find(({ name }) => name === 'third')
    house.keychain.items.delete(items.value(account.id, third?.id ?? ''))
    expect(await examineItems(house.opened)).toEqual({
      findings: ['locked', 'item-missing'],
      keys: [{ name: 'third', finding: 'item-missing' }],
    })
    expect(states()['second']).toBe('here')
  })

  it('is asked for with a prompt once, and the others of its keyring without', async () => {
    const { house, account } = await twoKeyrings('first')
    const prompts: boolean[] = []
    house.keychain.asked = (item, prompt) => void (item.startsWith('value/') && prompts.push(prompt))
    await house.opened.queues.runExclusive(account.id, (turn) => inspectValues(house.opened, turn, account.id))
    expect(prompts).toEqual([true, false, false])
  })

  it('that is in the only keyring says that all are locked', async () => {
    const { house, account, states } = await twoKeyrings('first')
    house.keychain.failure = 'locked'
    await house.opened.queues.runExclusive(account.id, (turn) => inspectValues(house.opened, turn, account.id))
    expect(states()).toEqual({ first: 'locked', second: 'locked', third: 'locked' })
    expect(listKeys(house.opened, account.id).keychain).toBe('keychain-locked')
  })
})
