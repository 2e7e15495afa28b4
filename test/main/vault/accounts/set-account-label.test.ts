import { describe, expect, it } from 'vitest'
import { signIn, signOut } from '../../../../main/vault/accounts/sign-in.ts'
import { findKey, labelIn } from '../../../../main/vault/keys/find-key.ts'
import { labelOfAccount } from '../../../../main/vault/model/account-label.ts'
import { setAccountLabel } from '../../../../main/vault/accounts/set-account-label.ts'
import { byEmail, email, remoteVault, remoteVaultWithKey, server } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('an account’s label and colour', () => {
  it('are stored, and survive a new sign-in and a restart', async () => {
    const { fixture, account } = await remoteVault()
    await setAccountLabel(fixture.opened, account.id, { label: '  Work \t keys ', colour: 'blue' })
    await signOut(fixture.opened, account.id, false)
    await signIn(fixture.opened, server, byEmail)
    await fixture.restart()
    expect(labelOfAccount(fixture.opened, account.id)).toEqual({ accountId: account.id, label: 'Work keys', colour: 'blue' })
    expect(fixture.announced).toContain('accounts')
  })

  it('are found in the keychain after the cache was lost', async () => {
    const { fixture, account } = await remoteVault()
    await setAccountLabel(fixture.opened, account.id, { label: 'Work', colour: 'blue' })
    fixture.disk.damage()
    await fixture.restart()
    expect(labelOfAccount(fixture.opened, account.id)).toMatchObject({ label: 'Work', colour: 'blue' })
  })

  it('can be removed, and are removed with the account', async () => {
    const { fixture, account } = await remoteVault()
    const none = { accountId: account.id, label: null, colour: null }
    for (const label of [null, '', ' \n ']) {
      await setAccountLabel(fixture.opened, account.id, { label: 'Work', colour: 'blue' })
      await setAccountLabel(fixture.opened, account.id, { label, colour: null })
      expect(labelOfAccount(fixture.opened, account.id)).toEqual(none)
    }
    await setAccountLabel(fixture.opened, account.id, { label: 'Work', colour: null })
    await signOut(fixture.opened, account.id, true)
    expect(fixture.opened.cache.labels()).toEqual([])
  })

  it('identify the account outside the app, as its own name does', async () => {
    const { fixture, account, key } = await remoteVaultWithKey()
    await setAccountLabel(fixture.opened, account.id, { label: 'Work', colour: null })
    expect(labelIn(fixture.opened, account)).toBe('Work')
    for (const name of ['Work', email, account.id]) {
      expect(findKey(fixture.opened, { account: name, key: 'ci' }).id).toBe(key.id)
    }
  })

  it('are truncated and made readable, whatever is pasted', async () => {
    const { fixture, account } = await remoteVault()
    await setAccountLabel(fixture.opened, account.id, { label: `a\u202eb${'c'.repeat(400)}`, colour: null })
    expect(labelOfAccount(fixture.opened, account.id).label).toMatch(/^a\ufffdbc{37}$/)
  })

  it('are refused for an account that does not exist', async () => {
    const { fixture } = await remoteVault()
    expect(await codeRejected(setAccountLabel(fixture.opened, 'f'.repeat(16), { label: 'x', colour: null }))).toBe('account-not-found')
  })

  it('change nothing if the keychain refuses them', async () => {
    const { fixture, account } = await remoteVault()
    fixture.keychain.failure = 'locked'
    expect(await codeRejected(setAccountLabel(fixture.opened, account.id, { label: 'x', colour: null }))).toBe('keychain-locked')
    expect(fixture.opened.cache.labels()).toEqual([])
  })
})
