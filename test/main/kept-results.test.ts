import { expect, it } from 'vitest'
import { callKeytar } from '../../main/keychain/native-calls.ts'
import { MovableKeychain } from '../../main/vault/move.ts'
import type { Keychain } from '../../main/vault/ports.ts'
import { Secret } from '../../main/vault/secret.ts'
import { takeSnapshot } from '../../main/vault/snapshot.ts'
import { paired, sent, session } from '../clients/session/parties.ts'
import { isCollected } from '../shared/collected.ts'
import { makeVault } from './keychain/passphrase-vaults.ts'
import { MemoryKeychain } from './twins/keychain.ts'
import { fullHouse } from './vault/full-house.ts'

async function read(keychain: Keychain): Promise<Secret> {
  const found = await keychain.read('item')
  if (found.outcome !== 'ok') throw new Error(found.outcome)
  return found.secret
}

it('the values of a backup do not stay in the open vault until the next operation', async () => {
  const { house } = await fullHouse()
  const take = async (): Promise<object> => (await takeSnapshot(house.opened, async () => null)).snapshot.secrets
  expect(await isCollected(take)).toBe(true)
  expect(house.opened.isOpen()).toBe(true)
})

it('a value that was read does not stay in the keychain that items can move out of', async () => {
  const inner = new MemoryKeychain()
  inner.items.set('item', 'a value')
  const keychain = new MovableKeychain(inner)
  expect(await isCollected(() => read(keychain))).toBe(true)
  expect((await read(keychain)).expose()).toBe('a value')
})

it('a value that was read does not stay in the passphrase vault', async () => {
  const keychain = await makeVault()
  await keychain.write('item', new Secret('a value'))
  expect(await isCollected(() => read(keychain))).toBe(true)
  expect((await read(keychain)).expose()).toBe('a value')
})

it('a value that was read does not stay in the queue of keychain calls', async () => {
  const call = async (): Promise<object> => {
    const called = await callKeytar(async () => new Secret('a value'), 1_000)
    if (called.outcome !== 'ok') throw new Error(called.outcome)
    return called.value
  }
  expect(await isCollected(call)).toBe(true)
})

it('a message that was opened does not stay in the session', async () => {
  const { extension, app } = await session(await paired())
  const frame = await sent(app, { value: 'a value' })
  expect(await isCollected(async () => (await extension.open(frame)) as object)).toBe(true)
  expect(await extension.open(await sent(app, 'next'))).toBe('next')
})
