import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import type { Desktop } from '../support/app/desktop.ts'
import { createKey, createVault, lock, newProfile, quitAndDiscard, startDesktop } from '../support/app/desktop.ts'
import { OwnKeyring } from '../support/keyring/own-keyring.ts'
import { fromMenu, openDoctor, textIn } from '../support/pages/main-window.ts'
import { revealed } from '../support/pages/revealed.ts'

const passphrase = 'four unrelated words do well'

/**
 * Without a keychain: a file under a passphrase, from the first start on. Later a keychain becomes available, and goes again. Each key
 * derived from a passphrase takes a second of all processors, and much longer on a busy machine.
 */
describe('a passphrase vault', { timeout: 60_000 }, () => {
  let keyring: OwnKeyring
  let desktop: Desktop
  let value = ''
  const profile = newProfile()
  const button = (name: string | RegExp) => desktop.page.getByRole('button', { name })
  const field = (name: string) => desktop.page.getByLabel(name, { exact: true })
  const dialog = () => desktop.page.getByRole('dialog')

  beforeAll(async () => {
    keyring = await OwnKeyring.bus()
    desktop = await startDesktop(profile)
  })
  afterAll(async () => {
    await quitAndDiscard(desktop)
    await keyring.end()
  })

  it('is offered at the first start if no keychain answers, and the doctor says why', async () => {
    await desktop.page.getByRole('heading', { name: 'No keychain answers' }).waitFor()
    await expectAccessible(desktop.page)
    await button('Keychain doctor').click()
    await dialog().getByText('No keyring is running').waitFor()
    await expectAccessible(desktop.page)
    await dialog().getByRole('button', { name: 'Close' }).click()
  })

  it('is created under a passphrase that is hard to guess and typed twice', async () => {
    await button('Use a passphrase instead…').click()
    await field('Passphrase').fill('too short')
    await field('Repeat passphrase').fill('too short')
    await button('Use this passphrase').click()
    await desktop.page.getByText(/too easy to guess/).waitFor()
    await expectAccessible(desktop.page)
    await field('Passphrase').fill(passphrase)
    await field('Repeat passphrase').fill('four other words')
    await button('Use this passphrase').click()
    await desktop.page.getByText('The two are not the same.').waitFor()
    await field('Repeat passphrase').fill(passphrase)
    await button('Use this passphrase').click()
    await createVault(desktop.page)
  })

  it('stores keys', async () => {
    await createKey(desktop.page, 'backup-nas')
    value = await revealed(desktop.page)
    expect(value).toMatch(/^\w{64}$/)
    await textIn(desktop.page, 'In your passphrase vault')
    await openDoctor(desktop.page)
    await dialog().getByText('The passphrase vault is in order').waitFor()
    await dialog().getByRole('button', { name: 'Close' }).click()
  })

  it('requires the passphrase at the next start, and accepts no other', async () => {
    await desktop.quit()
    desktop = await startDesktop(profile)
    await desktop.page.getByRole('heading', { name: 'Enter your passphrase' }).waitFor()
    await expectAccessible(desktop.page)
    await unlock('four unrelated words do not')
    await desktop.page.getByText(/That is not the passphrase/).waitFor()
    await expectAccessible(desktop.page)
    await unlock(passphrase)
    expect(await revealed(desktop.page, 'backup-nas')).toBe(value)
  })

  it('requires it after a lock, too', async () => {
    await lock(desktop)
    await desktop.page.getByRole('heading', { name: 'Enter your passphrase' }).waitFor()
  })

  // Regression: it was announced in an endless loop, until the window hung.
  it('says what a migration left in a keychain that does not answer now, and so does the doctor', async () => {
    await desktop.quit()
    writeFileSync(join(profile, 'left-in-keychain.json'), JSON.stringify(['value/0123456789abcdef/64a000000000000000000001']))
    desktop = await startDesktop(profile)
    const faults: string[] = []
    desktop.page.on('pageerror', ({ message }) => faults.push(message))
    await field('Passphrase').fill(passphrase)
    await button('Unlock').click()
    await textIn(desktop.page, 'Copies of your values are still in the system’s keychain.')
    await button('Keychain doctor').click()
    await dialog().getByText('the keychain did not let go of everything').waitFor()
    await expectAccessible(desktop.page)
    await dialog().getByRole('button', { name: 'Close' }).click()
    expect(faults).toEqual([])
    await desktop.quit()
    rmSync(join(profile, 'left-in-keychain.json'))
    desktop = await startDesktop(profile)
  })

  it('migrates into the keychain once there is one, after which no passphrase is required', async () => {
    await desktop.quit()
    await keyring.start()
    desktop = await startDesktop(profile)
    await unlock(passphrase)
    await move('Move to the system keychain…')
    await expectAccessible(desktop.page)
    await button('Move to the system keychain').click()
    await textIn(desktop.page, /No passphrase is asked for any more/)
    await desktop.quit()
    desktop = await startDesktop(profile)
    expect(await revealed(desktop.page, 'backup-nas')).toBe(value)
    await textIn(desktop.page, 'In your keychain')
  })

  it('migrates everything back out of the keychain', async () => {
    await move('Move to a passphrase vault…')
    await field('Passphrase').fill(passphrase)
    await field('Repeat passphrase').fill(passphrase)
    await expectAccessible(desktop.page)
    await button('Move to the passphrase vault').click()
    await textIn(desktop.page, /Latchkey asks for your passphrase when it opens/)
    expect(await revealed(desktop.page, 'backup-nas')).toBe(value)
    await desktop.quit()
    desktop = await startDesktop(profile)
    await unlock(passphrase)
    expect(await revealed(desktop.page, 'backup-nas')).toBe(value)
  })

  async function unlock(typed: string): Promise<void> {
    await field('Passphrase').fill(typed)
    await button('Unlock').click()
  }

  async function move(where: string): Promise<void> {
    await fromMenu(desktop.page, where)
    await desktop.page.getByRole('alertdialog').waitFor()
  }
})
