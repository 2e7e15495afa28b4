import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Desktop } from '../support/app/desktop.ts'
import { newProfile, quitAndDiscard, rowOf, startDesktop } from '../support/app/desktop.ts'
import { keyringItems } from '../support/keyring/keyring.ts'
import { expectAccessible } from '../support/pages/axe.ts'
import { addAccount } from '../support/server/server-account.ts'
import { valueOf } from '../support/pages/transfer.ts'

const privateKey = '-----BEGIN TEST KEY-----\nc3ludGhldGlj\nbm90IGEga2V5\n-----END TEST KEY-----\n'

describe('storing a key of any service', () => {
  let desktop: Desktop
  const button = (name: string | RegExp) => desktop.page.getByRole('button', { name })
  const dialog = () => desktop.page.getByRole('dialog', { name: 'Store a key you have' })
  /** It is shown, and announced in a live region. */
  const notice = (text: string) => desktop.page.getByText(text).first()
  const field = (name: string) => dialog().getByRole('textbox', { name })

  beforeAll(async () => {
    desktop = await startDesktop(newProfile())
  })
  afterAll(() => quitAndDiscard(desktop))

  it('is offered by the first screen, before there is any account', async () => {
    await button('Store a key you have').click()
    await expectAccessible(desktop.page)
    await field('Value').fill('  sk-synthetic-of-a-service\t')
    await field('Name').fill('a service')
    await desktop.page.getByText('A name cannot contain spaces.').waitFor()
    expect(await button('Store key').isDisabled()).toBe(true)
    await field('Name').fill('a-service')
    await field('Name').press('Enter')
    await notice('a-service is stored in your keychain.').waitFor()
    expect(await rowOf(desktop.page, 'a-service').getAttribute('aria-selected')).toBe('true')
    expect(await valueOf(desktop.page, 'a-service')).toBe('sk-synthetic-of-a-service')
    const list = await desktop.page.evaluate(() => window.latchkey.calls['keys.list'](null))
    const [accountId, id] = list.ok ? [list.value.accountId, list.value.keys[0]?.id] : []
    expect(keyringItems(desktop.profile, [`value/${accountId}/${id}`])).toEqual(['sk-synthetic-of-a-service'])
  })

  it('recognises the service as a key is pasted, suggests its name, and lists it under the service', async () => {
    await desktop.page.keyboard.press('Control+n')
    await field('Value').fill(`sk_test_${'a1B2c3D4'.repeat(3)}`)
    await dialog().getByText('A key of Stripe, for tests.').waitFor()
    await expect.poll(() => field('Name').inputValue()).toBe('stripe')
    await expectAccessible(desktop.page)
    await field('Value').fill(`pk_live_${'a1B2c3D4'.repeat(3)}`)
    await dialog().getByText('It is made to be public, so it needs no vault.').waitFor()
    await button('Store key').click()
    await rowOf(desktop.page, 'stripe').getByText('Stripe', { exact: true }).waitFor()
    await desktop.page.getByText('New keys are made at').waitFor()
    await desktop.page.getByRole('textbox', { name: 'Search keys' }).fill('strip')
    expect(await desktop.page.getByRole('option').count()).toBe(1)
    await desktop.page.getByRole('textbox', { name: 'Search keys' }).fill('')
  })

  it('takes a pasted private key with all its lines, and shows how many there are', async () => {
    await desktop.page.keyboard.press('Control+n')
    await desktop.app.evaluate(({ clipboard }, text) => clipboard.writeText(text), privateKey)
    await field('Value').press('Control+v')
    await dialog().getByText('4 lines').waitFor()
    await expectAccessible(desktop.page)
    await dialog().getByRole('button', { name: 'Clear' }).click()
    await field('Value').press('Control+v')
    await field('Name').fill('deploy')
    await button('Store key').click()
    await rowOf(desktop.page, 'deploy').waitFor()
    expect(await valueOf(desktop.page, 'deploy')).toBe(privateKey)
    expect(await desktop.page.content()).not.toContain('c3ludGhldGlj')
  })

  it('refuses a name that is taken while it is typed, and says which key has the same value already', async () => {
    await button('Store a key').click()
    await field('Name').fill('deploy')
    await desktop.page.getByText('You already have a key with this name.').waitFor()
    await field('Value').fill('sk-synthetic-of-a-service')
    await field('Name').fill('again')
    await button('Store key').click()
    await notice('again is stored. a-service in “Stored values” has the same value.').waitFor()
  })

  it('is one step from the dialog for a new key, and leads back to it', async () => {
    await addAccount(desktop.page)
    await button('Create a vault on this computer').click()
    await button('Store one you have').click()
    await dialog().waitFor()
    await button('Create a new key instead').click()
    await desktop.page.getByRole('dialog', { name: 'New key' }).waitFor()
    await button('Store one you have').last().click()
    await field('Value').fill('token-of-another-service')
    await field('Name').fill('another')
    await button('Store key').click()
    expect(await rowOf(desktop.page, 'another').getAttribute('aria-selected')).toBe('true')
    expect(await desktop.page.getByRole('option').count()).toBe(5)
  })

  it('changes its value, undoes that, and takes an earlier value back from the trash', async () => {
    await rowOf(desktop.page, 'another').click()
    await button('Change value…').click()
    const changing = desktop.page.getByRole('dialog', { name: 'Change the value of another' })
    await changing.getByRole('textbox', { name: 'Value' }).fill('second-value')
    await expectAccessible(desktop.page)
    await changing.getByRole('button', { name: 'Change value' }).click()
    await notice('another has a new value.').waitFor()
    expect(await valueOf(desktop.page, 'another')).toBe('second-value')
    await button('Undo').click()
    await notice('another has its earlier value again.').waitFor()
    expect(await valueOf(desktop.page, 'another')).toBe('token-of-another-service')
    await desktop.page.getByRole('button', { name: 'More' }).click()
    await desktop.page.getByRole('menuitem', { name: 'Trash' }).click()
    await expectAccessible(desktop.page)
    await button('Use again: this value of another').click()
    await button('Close').click()
    await expect.poll(() => valueOf(desktop.page, 'another')).toBe('second-value')
  })

  it('is renamed, to a name that no other key has', async () => {
    await button('Rename…').click()
    const renaming = desktop.page.getByRole('dialog', { name: 'Rename another' })
    await renaming.getByRole('textbox', { name: 'Name' }).fill('deploy')
    await desktop.page.getByText('You already have a key with this name.').waitFor()
    await renaming.getByRole('textbox', { name: 'Name' }).fill('one-more')
    await expectAccessible(desktop.page)
    await renaming.getByRole('button', { name: 'Rename' }).click()
    await rowOf(desktop.page, 'one-more').waitFor()
    expect(await valueOf(desktop.page, 'one-more')).toBe('second-value')
  })

  it('keeps nothing that was pasted into a dialog that was closed', async () => {
    await button('Store a key').click()
    await field('Value').fill('given-up-value')
    await desktop.page.keyboard.press('Escape')
    await button('Store a key').click()
    expect(await field('Value').inputValue()).toBe('')
    await desktop.page.keyboard.press('Escape')
  })
})
