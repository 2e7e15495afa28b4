import { describe, expect, it } from 'vitest'
import { addPairing, dropPairing, listPairings, ourKeyOf, requirePairing, touchPairing } from '../../../../main/vault/release/pairings.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { localVault, openVaultFixture } from '../fixtures/vault.ts'
import { codeThrown } from '../fixtures/refused.ts'

const firefox = { browser: '/usr/lib/firefox/firefox', theirKey: 'BKeyOfFirefox', ourKey: new Secret('our key for it') }

describe('a pairing', () => {
  it('is stored with our key sealed, and outlasts the program', async () => {
    const fixture = await openVaultFixture()
    const pairing = addPairing(fixture.opened, firefox)
    expect(pairing).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      browser: firefox.browser,
      theirKey: firefox.theirKey,
      ourKey: expect.any(String),
      at: fixture.now,
      lastAt: null,
    })
    await fixture.restart()
    expect(listPairings(fixture.opened)).toEqual([pairing])
    expect(ourKeyOf(fixture.opened, requirePairing(fixture.opened, pairing.id)).expose()).toBe('our key for it')
    expect(JSON.stringify(pairing)).not.toContain('our key for it')
  })

  it('opens our key only with its own id and extension', async () => {
    const fixture = await openVaultFixture()
    const pairing = addPairing(fixture.opened, firefox)
    const other = addPairing(fixture.opened, { ...firefox, theirKey: 'BKeyOfAnother' })
    expect(codeThrown(() => ourKeyOf(fixture.opened, { ...pairing, theirKey: other.theirKey }))).toBe('profile-corrupt')
    expect(codeThrown(() => ourKeyOf(fixture.opened, { ...pairing, id: other.id }))).toBe('profile-corrupt')
    expect(codeThrown(() => ourKeyOf(fixture.opened, { ...pairing, ourKey: other.ourKey }))).toBe('profile-corrupt')
  })

  it('records when the extension last connected', async () => {
    const fixture = await openVaultFixture()
    const pairing = addPairing(fixture.opened, firefox)
    fixture.now += 5
    touchPairing(fixture.opened, pairing.id)
    expect(listPairings(fixture.opened)).toEqual([{ ...pairing, lastAt: fixture.now }])
  })

  it('can be dropped, also twice; then it is needed again', async () => {
    const fixture = await openVaultFixture()
    const [one, other] = [addPairing(fixture.opened, firefox), addPairing(fixture.opened, firefox)]
    dropPairing(fixture.opened, one.id)
    dropPairing(fixture.opened, one.id)
    expect(listPairings(fixture.opened)).toEqual([other])
    expect(codeThrown(() => touchPairing(fixture.opened, one.id))).toBe('pairing-needed')
    expect(codeThrown(() => requirePairing(fixture.opened, one.id))).toBe('pairing-needed')
  })

  it('cannot be added to a read-only vault', async () => {
    const { fixture } = await localVault()
    addPairing(fixture.opened, firefox)
    await fixture.vault.lock()
    fixture.keychain.items.delete('root')
    await fixture.vault.open()
    expect(fixture.opened.readOnly).toBe('keychain-reset')
    expect(listPairings(fixture.opened)).toEqual([])
    expect(codeThrown(() => addPairing(fixture.opened, firefox))).toBe('read-only')
  })
})
