import { describe, expect, it } from 'vitest'
import { addPairing, dropPairing, listPairings, ourKeyOf, requirePairing, touchPairing } from '../../../../main/vault/release/pairings.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { localHouse, openHouse } from '../fixtures/vault.ts'
import { codeThrown } from '../fixtures/refused.ts'

const firefox = { browser: '/usr/lib/firefox/firefox', theirKey: 'BKeyOfFirefox', ourKey: new Secret('our key for it') }

describe('a pairing', () => {
  it('is kept with our key for it sealed, and outlasts the program', async () => {
    const house = await openHouse()
    const pairing = addPairing(house.opened, firefox)
    expect(pairing).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      browser: firefox.browser,
      theirKey: firefox.theirKey,
      ourKey: expect.any(String),
      at: house.now,
      lastAt: null,
    })
    await house.restart()
    expect(listPairings(house.opened)).toEqual([pairing])
    expect(ourKeyOf(house.opened, requirePairing(house.opened, pairing.id)).expose()).toBe('our key for it')
    expect(JSON.stringify(pairing)).not.toContain('our key for it')
  })

  it('opens our key with the extension and the name it was made for, and not with others', async () => {
    const house = await openHouse()
    const pairing = addPairing(house.opened, firefox)
    const other = addPairing(house.opened, { ...firefox, theirKey: 'BKeyOfAnother' })
    expect(codeThrown(() => ourKeyOf(house.opened, { ...pairing, theirKey: other.theirKey }))).toBe('profile-corrupt')
    expect(codeThrown(() => ourKeyOf(house.opened, { ...pairing, id: other.id }))).toBe('profile-corrupt')
    expect(codeThrown(() => ourKeyOf(house.opened, { ...pairing, ourKey: other.ourKey }))).toBe('profile-corrupt')
  })

  it('knows when the extension was last here', async () => {
    const house = await openHouse()
    const pairing = addPairing(house.opened, firefox)
    house.now += 5
    touchPairing(house.opened, pairing.id)
    expect(listPairings(house.opened)).toEqual([{ ...pairing, lastAt: house.now }])
  })

  it('can be dropped, also twice; then it is needed again', async () => {
    const house = await openHouse()
    const [one, other] = [addPairing(house.opened, firefox), addPairing(house.opened, firefox)]
    dropPairing(house.opened, one.id)
    dropPairing(house.opened, one.id)
    expect(listPairings(house.opened)).toEqual([other])
    expect(codeThrown(() => touchPairing(house.opened, one.id))).toBe('pairing-needed')
    expect(codeThrown(() => requirePairing(house.opened, one.id))).toBe('pairing-needed')
  })

  it('is nobody’s in a vault that is only looked at', async () => {
    const { house } = await localHouse()
    addPairing(house.opened, firefox)
    await house.vault.lock()
    house.keychain.items.delete('root')
    await house.vault.open()
    expect(house.opened.readOnly).toBe('keychain-reset')
    expect(listPairings(house.opened)).toEqual([])
    expect(codeThrown(() => addPairing(house.opened, firefox))).toBe('read-only')
  })
})
