import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import type { Desktop } from '../support/app/desktop.ts'
import { createKey, quitAndDiscard, startDesktop, startWithVault } from '../support/app/desktop.ts'
import { editInKeyring, removeFromKeyring } from '../support/keyring/keyring.ts'
import { OwnKeyring } from '../support/keyring/own-keyring.ts'
import { keyIn } from '../support/pages/key-in.ts'
import { openDoctor, textIn } from '../support/pages/main-window.ts'
import { revealed } from '../support/pages/revealed.ts'

/** What can happen to a keychain and to the vault's files, and how a user solves it in the window alone. */
describe('a keychain with problems', () => {
  let keyring: OwnKeyring
  let desktop: Desktop
  let value = ''
  const button = (name: string | RegExp) => desktop.page.getByRole('button', { name })
  const dialog = () => desktop.page.getByRole('dialog')

  beforeAll(async () => {
    keyring = await OwnKeyring.bus()
    await keyring.start()
    desktop = await startWithVault()
    await createKey(desktop.page, 'backup-nas')
    value = await revealed(desktop.page)
  })
  afterAll(async () => {
    await quitAndDiscard(desktop)
    await keyring.end()
  })

  it('is fine at first, as the doctor says', async () => {
    await openDoctor(desktop.page)
    await dialog().getByText('The keychain is in order').waitFor()
    await expectAccessible(desktop.page)
    await dialog().getByRole('button', { name: 'Close' }).click()
  })

  it('is locked: the window says so, keeps the list, and reads again once it is unlocked', async () => {
    await keyring.lock()
    await button('Reveal value').click()
    await button('Unlock your keychain').first().waitFor()
    await desktop.page.getByRole('option', { name: /backup-nas.*Locked/ }).waitFor()
    await expectAccessible(desktop.page)
    await button('Unlock your keychain').first().click()
    await dialog().getByText('The keychain is locked').waitFor()
    await expectAccessible(desktop.page)
    keyring.unlock()
    await dialog().getByRole('button', { name: 'Check again' }).click()
    await dialog().getByText('The keychain is in order').waitFor()
    await dialog().getByRole('button', { name: 'Close' }).click()
    await button('Reveal value').waitFor()
    expect(await revealed(desktop.page)).toBe(value)
  })

  // Regression: Reveal refused the value, while the details still said that it was in the keychain.
  it('has an item that was edited: its value is not shown, and the key says that it was changed until the value is restored', async () => {
    const { accountId, id } = await keyIn(desktop, 'backup-nas')
    const item = `value/${accountId}/${id}`
    editInKeyring(desktop.profile, item, 'not-the-value')
    await button('Reveal value').click()
    await textIn(desktop.page, 'Another program or a person changed this item in the keychain.')
    expect(await desktop.page.getByText('not-the-value').count()).toBe(0)
    await desktop.page.getByRole('option', { name: /backup-nas.*Changed/ }).waitFor()
    editInKeyring(desktop.profile, item, value)
    await button('Sync now').click()
    await button('Reveal value').waitFor()
    expect(await revealed(desktop.page)).toBe(value)
  })

  it('has lost the root key: the vault is read-only until it is repaired', async () => {
    await desktop.quit()
    removeFromKeyring(desktop.profile, 'root')
    desktop = await startDesktop(desktop.profile)
    await desktop.page.getByText('Read-only: the key to this vault is gone from the keychain').waitFor()
    expect(await revealed(desktop.page, 'backup-nas')).toBe(value)
    await expectAccessible(desktop.page)
    await button('Keychain doctor').first().click()
    await dialog().getByText('The keychain was reset').waitFor()
    await expectAccessible(desktop.page)
    await dialog().getByRole('button', { name: 'Close' }).click()
    await button('Repair…').click()
    await expectAccessible(desktop.page)
    await button('Repair the vault').click()
    await textIn(desktop.page, 'The vault is repaired.')
    expect(await revealed(desktop.page, 'backup-nas')).toBe(value)
    await createKey(desktop.page, 'after-repair')
    expect(cacheFiles()).toHaveLength(2)
  })

  it('has a damaged cache file: it is set aside, the list is rebuilt, and a notice says so', async () => {
    await desktop.quit()
    const file = join(desktop.profile, 'cache', 'cache.realm')
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(0x5a, 0, 8192))
    desktop = await startDesktop(desktop.profile)
    await button(/^Key list rebuilt/).click()
    await textIn(desktop.page, 'Your key list was rebuilt')
    await expectAccessible(desktop.page)
    for (const name of ['backup-nas', 'after-repair']) await desktop.page.getByRole('option', { name }).waitFor()
    expect(await revealed(desktop.page, 'backup-nas')).toBe(value)
    expect(cacheFiles()).toHaveLength(3)
  })

  function cacheFiles(): string[] {
    return readdirSync(join(desktop.profile, 'cache')).filter((name) => name.includes('.realm') && !/lock|management|note/.test(name))
  }
})
