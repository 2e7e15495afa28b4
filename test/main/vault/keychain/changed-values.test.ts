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
import { guardedVault } from '../../keychain/passphrase/passphrase-vaults.ts'
import { goneAndBack, localVaultWithKey, newKey, openVaultFixture, recordOf, stateOf } from '../fixtures/vault.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { codeRejected } from '../fixtures/refused.ts'

/** A vault under a passphrase on top of the keychain, with three keys; another program has changed the item of `second`. */
async function guardedKeys() {
  const { fixture, keychain } = await guardedVault()
  const account = await openLocal(fixture.opened)
  const keys: { readonly id: string }[] = []
  for (const name of ['first', 'second', 'third']) keys.push((await newKey(fixture, account, name)).key)
  const item = (at: number) => items.value(account.id, keys[at]?.id ?? '')
  fixture.keychain.items.set(keychain.nameOf(item(1)), 'what another program put there')
  const states = () => listKeys(fixture.opened, account.id).keys.map(({ value }) => value)
  return { fixture, account, keychain, item, states }
}

// Reveal refused it, while the detail said "In your keychain".
describe('a value that another program changed in the keychain', () => {
  it('is reported as changed by a check, and as here again once the right one is back', async () => {
    const { fixture, account, key, value } = await localVaultWithKey()
    const item = items.value(account.id, key.id)
    fixture.keychain.items.set(item, 'another')
    await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
    expect(stateOf(fixture, account, 'ci')).toEqual({ ...key, value: 'changed' })
    fixture.keychain.items.set(item, value)
    await recheckValues(fixture.opened, account.id)
    expect(stateOf(fixture, account, 'ci')).toEqual(key)
    fixture.keychain.items.set(item, 'another')
    await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
    fixture.keychain.items.delete(item)
    await recheckValues(fixture.opened, account.id)
    expect(stateOf(fixture, account, 'ci')).toEqual({ ...key, value: 'missing' })
  })

  it('is refused, and reported as changed from then on, even if it was thought to be here', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    fixture.keychain.items.set(items.value(account.id, key.id), 'another')
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'reveal' }))).toBe('keychain-mismatch')
    expect(stateOf(fixture, account, 'ci')).toEqual({ ...key, value: 'changed' })
    expect(await codeRejected(release(fixture.opened, account.id, key.id, { purpose: 'copy' }))).toBe('keychain-mismatch')
  })

  it('is here again after its person adds it', async () => {
    const { fixture, account, key, value } = await localVaultWithKey()
    fixture.keychain.items.set(items.value(account.id, key.id), 'another')
    await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
    await addValue(fixture.opened, account.id, key.id, new Secret(value))
    expect(stateOf(fixture, account, 'ci')?.value).toBe('here')
    expect((await release(fixture.opened, account.id, key.id, { purpose: 'reveal' })).expose()).toBe(value)
  })

  it('stays changed if its key goes and comes back, and is missing in a backup', async () => {
    const { fixture, account, key } = await localVaultWithKey()
    fixture.keychain.items.set(items.value(account.id, key.id), 'another')
    await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
    await goneAndBack(fixture, account, () => expect(recordOf(fixture, account, key.id)?.value).toBe('changed'))
    expect(stateOf(fixture, account, 'ci')?.value).toBe('changed')
    const { snapshot } = await takeSnapshot(fixture.opened, async () => null)
    expect(snapshot.keys.map(({ name, value }) => [name, value])).toEqual([['ci', 'missing']])
    expect(snapshot.secrets.has(items.value(account.id, key.id))).toBe(false)
  })
})

// Under a passphrase, the check stopped at the changed item, and the diagnosis failed with an error without details.
describe('one changed item under a passphrase', () => {
  it('does not hide the states of the others', async () => {
    const { fixture, account, states, keychain, item } = await guardedKeys()
    fixture.keychain.items.delete(keychain.nameOf(item(2)))
    await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
    expect(states()).toEqual(['here', 'changed', 'missing'])
  })

  it('is reported by the diagnosis, with everything else that is wrong', async () => {
    const { fixture, keychain, item } = await guardedKeys()
    fixture.keychain.items.delete(keychain.nameOf(item(2)))
    expect(await examineItems(fixture.opened)).toEqual({
      findings: ['item-different', 'item-missing'],
      keys: [
        { name: 'second', finding: 'item-different' },
        { name: 'third', finding: 'item-missing' },
      ],
    })
  })

  it.each([items.root, items.canary])('is reported by the diagnosis as a changed keychain if it is %s', async (changed) => {
    const { fixture, keychain } = await guardedKeys()
    fixture.keychain.items.set(keychain.nameOf(changed), 'another')
    expect((await examineItems(fixture.opened)).findings).toEqual(['changed', 'item-different'])
  })

  it('does not prevent a lost list from being rebuilt', async () => {
    const { fixture, account, keychain } = await guardedKeys()
    fixture.disk.damage()
    await fixture.restart({ keychain })
    const { keys, trouble } = await refreshKeys(fixture.opened, account.id)
    expect([keys.map(({ value }) => value), trouble]).toEqual([['here', 'changed', 'here'], null])
  })
})

// A keychain can have several keyrings: with one of them locked, every key used to be shown as locked.
describe('a value in a keyring that is locked, beside one that is open', () => {
  async function twoKeyrings(locked: string) {
    const fixture = await openVaultFixture()
    const values = ['first', 'second', 'third'].map((name) => ({ name, value: new Secret(`value of ${name}`) }))
    const account = await storeValues(fixture.opened, values)
    const { id } = listKeys(fixture.opened, account.id).keys.find(({ name }) => name === locked) ?? { id: '' }
    const item = items.value(account.id, id)
    fixture.keychain.failing = (_call, asked) => (asked === item ? 'locked' : null)
    const states = () => Object.fromEntries(listKeys(fixture.opened, account.id).keys.map(({ name, value }) => [name, value]))
    return { fixture, account, id, item, states }
  }

  it.each(['first', 'second', 'third'])('is the only one reported as locked, wherever it is in the list: %s', async (locked) => {
    const { fixture, account, states } = await twoKeyrings(locked)
    await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
    expect(states()).toEqual({ first: 'here', second: 'here', third: 'here', [locked]: 'locked' })
    expect(listKeys(fixture.opened, account.id).keychain).toBe(null)
  })

  it('is the only one reported as locked after a reveal, and here again once its keyring is open', async () => {
    const { fixture, account, id, states } = await twoKeyrings('second')
    expect(await codeRejected(release(fixture.opened, account.id, id, { purpose: 'reveal' }))).toBe('keychain-locked')
    expect(states()).toEqual({ first: 'here', second: 'locked', third: 'here' })
    fixture.keychain.failing = () => null
    await recheckValues(fixture.opened, account.id)
    expect(states()).toEqual({ first: 'here', second: 'here', third: 'here' })
  })

  it('is reported by the diagnosis, which still examines the others', async () => {
    const { fixture, account, states } = await twoKeyrings('first')
    const third = listKeys(fixture.opened, account.id).keys.find(({ name }) => name === 'third')
    fixture.keychain.items.delete(items.value(account.id, third?.id ?? ''))
    expect(await examineItems(fixture.opened)).toEqual({
      findings: ['locked', 'item-missing'],
      keys: [{ name: 'third', finding: 'item-missing' }],
    })
    expect(states()['second']).toBe('here')
  })

  it('is read with a prompt once, and the others of its keyring without', async () => {
    const { fixture, account } = await twoKeyrings('first')
    const prompts: boolean[] = []
    fixture.keychain.asked = (item, prompt) => void (item.startsWith('value/') && prompts.push(prompt))
    await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
    expect(prompts).toEqual([true, false, false])
  })

  it('in the only keyring means that all are locked', async () => {
    const { fixture, account, states } = await twoKeyrings('first')
    fixture.keychain.failure = 'locked'
    await fixture.opened.queues.runExclusive(account.id, (turn) => inspectValues(fixture.opened, turn, account.id))
    expect(states()).toEqual({ first: 'locked', second: 'locked', third: 'locked' })
    expect(listKeys(fixture.opened, account.id).keychain).toBe('keychain-locked')
  })
})
