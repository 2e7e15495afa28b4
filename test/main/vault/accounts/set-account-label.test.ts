import { describe, expect, it } from 'vitest'
import { signIn, signOut } from '../../../../main/vault/accounts/sign-in.ts'
import { findKey, labelIn } from '../../../../main/vault/keys/find-key.ts'
import { labelOfAccount } from '../../../../main/vault/model/account-label.ts'
import { setAccountLabel } from '../../../../main/vault/accounts/set-account-label.ts'
import { byEmail, email, newKey, remoteHouse, server } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

describe('an account’s label and colour', () => {
  it('are kept, told, and stay through a new sign-in and a restart', async () => {
    const { house, account } = await remoteHouse()
    await setAccountLabel(house.opened, account.id, { label: '  Work \t keys ', colour: 'blue' })
    await signOut(house.opened, account.id, false)
    await signIn(house.opened, server, byEmail)
    await house.restart()
    expect(labelOfAccount(house.opened, account.id)).toEqual({ accountId: account.id, label: 'Work keys', colour: 'blue' })
    expect(house.announced).toContain('accounts')
  })

  it('are found in the keychain again when the cache is lost', async () => {
    const { house, account } = await remoteHouse()
    await setAccountLabel(house.opened, account.id, { label: 'Work', colour: 'blue' })
    house.disk.damage()
    await house.restart()
    expect(labelOfAccount(house.opened, account.id)).toMatchObject({ label: 'Work', colour: 'blue' })
  })

  it('are taken away again, and go with the account', async () => {
    const { house, account } = await remoteHouse()
    const none = { accountId: account.id, label: null, colour: null }
    for (const label of [null, '', ' \n ']) {
      await setAccountLabel(house.opened, account.id, { label: 'Work', colour: 'blue' })
      await setAccountLabel(house.opened, account.id, { label, colour: null })
      expect(labelOfAccount(house.opened, account.id)).toEqual(none)
    }
    await setAccountLabel(house.opened, account.id, { label: 'Work', colour: null })
    await signOut(house.opened, account.id, true)
    expect(house.opened.cache.marks()).toEqual([])
  })

  it('name the account outside too, and its own name goes on to', async () => {
    const { house, account } = await remoteHouse()
    const { key } = await newKey(house, account)
    await setAccountLabel(house.opened, account.id, { label: 'Work', colour: null })
    expect(labelIn(house.opened, account)).toBe('Work')
    for (const name of ['Work', email, account.id]) {
      expect(findKey(house.opened, { account: name, key: 'ci' }).id).toBe(key.id)
    }
  })

  it('are short and readable, whatever is pasted', async () => {
    const { house, account } = await remoteHouse()
    await setAccountLabel(house.opened, account.id, { label: `a\u202eb${'c'.repeat(400)}`, colour: null })
    expect(labelOfAccount(house.opened, account.id).label).toMatch(/^a\ufffdbc{37}$/)
  })

  it('are refused for an account that there is not', async () => {
    const { house } = await remoteHouse()
    expect(await codeRejected(setAccountLabel(house.opened, 'f'.repeat(16), { label: 'x', colour: null }))).toBe('account-not-found')
  })

  it('change nothing where the keychain does not take them', async () => {
    const { house, account } = await remoteHouse()
    house.keychain.failure = 'locked'
    expect(await codeRejected(setAccountLabel(house.opened, account.id, { label: 'x', colour: null }))).toBe('keychain-locked')
    expect(house.opened.cache.marks()).toEqual([])
  })
})
