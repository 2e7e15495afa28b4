import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { createKey, type Desktop, newProfile, quitAndDiscard, rowOf, startDesktop, startWithVault } from '../support/app/desktop.ts'
import { fromMenu } from '../support/pages/main-window.ts'
import { backUp, chooses, importEnv, move, openBackup, passphrase, valueOf } from '../support/pages/transfer.ts'
import { sharedFolder } from '../../temporary-folder.ts'

/** One vault's life: named, backed up, verified, filled by imports, exported, and moved to another computer. */
describe('a vault and its transfer', () => {
  let desktop: Desktop
  const folder = sharedFolder('latchkey-moves-')
  let values: { ci: string; deploy: string }
  beforeAll(async () => {
    desktop = await startWithVault()
    await createKey(desktop.page, 'ci')
    await createKey(desktop.page, 'deploy')
    values = { ci: await valueOf(desktop.page, 'ci'), deploy: await valueOf(desktop.page, 'deploy') }
  })
  afterAll(() => quitAndDiscard(desktop))

  it('has an account with a label and a colour', async () => {
    const { page } = desktop
    await fromMenu(page, 'Name and colour…')
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Home')
    await page.getByRole('radio', { name: 'Violet' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Account: Home' }).waitFor()
    await page.getByRole('button', { name: 'Account: Home' }).click()
    await page.getByRole('menuitemradio', { name: /Home.*2 keys/ }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
  })

  it('is backed up into no file if the user stops it', async () => {
    const { page } = desktop
    await chooses(desktop, join(folder, 'stopped.latchkey-backup'))
    await move(page, 'Back up this vault')
    await page.getByRole('textbox', { name: 'Passphrase of the backup' }).fill(passphrase)
    await page.getByRole('textbox', { name: 'Repeat passphrase' }).fill(passphrase)
    await page.getByRole('button', { name: 'Choose where and back up…' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Stopped. No backup was made.').first().waitFor()
    expect(await page.getByRole('textbox', { name: 'Repeat passphrase' }).inputValue()).toBe(passphrase)
    expect(readdirSync(folder)).toEqual([])
    await page.keyboard.press('Escape')
  })

  it('is backed up into one file that only this user can read and that reveals nothing', async () => {
    await backUp(desktop, join(folder, 'home.latchkey-backup'))
    const file = readFileSync(join(folder, 'home.latchkey-backup'), 'latin1')
    expect(statSync(join(folder, 'home.latchkey-backup')).mode & 0o777).toBe(0o600)
    for (const shown of [values.ci, values.deploy, 'deploy', 'Home']) expect(file).not.toContain(shown)
    await desktop.page.getByText('1 account, 2 keys and 2 values').waitFor()
    await expectAccessible(desktop.page)
  })

  it('is verified: the backup opens, equals the vault, and signs in by itself', async () => {
    const { page } = desktop
    await page.getByRole('button', { name: 'Try it now' }).click()
    await openBackup(page, 'some other passphrase')
    await page.getByRole('button', { name: 'Try it', exact: true }).click()
    await page.getByText('That is not the passphrase').waitFor()
    await page.getByRole('textbox', { name: 'Passphrase of the backup' }).fill(passphrase)
    await page.getByRole('button', { name: 'Try it', exact: true }).click()
    await page.getByText('The backup opens and equals this vault').waitFor()
    await page.getByText('opened from the backup and listed the same keys').waitFor()
    await expectAccessible(page)
    await page.getByRole('row', { name: /Values 2 0 0 0/ }).waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    expect(readdirSync(desktop.profile)).not.toContain('verify-backup')
  })

  it('takes nothing from a file if the user stops storing its values', async () => {
    const { page } = desktop
    const path = join(folder, 'wrong.env')
    writeFileSync(path, Array.from({ length: 120 }, (_, at) => `WRONG_${at}=value-${at}-0123456789\n`).join(''))
    await importEnv(desktop, path)
    await page.getByRole('button', { name: 'Import 120 values' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Stopped. Nothing was imported.').first().waitFor()
    await page.getByRole('button', { name: 'Import 120 values' }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Account: Home' }).click()
    await page.getByRole('menuitemradio', { name: /Home.*2 keys/ }).waitFor()
    expect(await page.getByRole('menuitemradio', { name: /Stored values/ }).count()).toBe(0)
    await page.keyboard.press('Escape')
  })

  it('imports values from a .env file, without those it has already', async () => {
    const { page } = desktop
    const path = join(folder, '.env')
    writeFileSync(path, `STRIPE_KEY=sk_live_51HxExample\nCI=${values.ci}\nGH_TOKEN='ghp_0123456789abcdef'\n`)
    await importEnv(desktop, path)
    expect(await page.getByRole('checkbox', { name: /CI.*Already here: ci of Home/ }).isChecked()).toBe(false)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Import 2 values' }).click()
    await page.getByRole('button', { name: 'Account: Stored values' }).waitFor()
    await page.getByText('Unverified: no server can be asked').waitFor()
    await expectAccessible(page)
    expect(await valueOf(page, 'STRIPE_KEY')).toBe('sk_live_51HxExample')
  })

  it('imports values from a KeePass database, which its passphrase opens', async () => {
    const { page } = desktop
    await chooses(desktop, join(import.meta.dirname, '../../main/transfer/import/files-of-programs/keepassxc-4.kdbx'))
    await move(page, 'Import values')
    await page.getByRole('button', { name: 'Choose a file…' }).click()
    const field = page.getByRole('textbox', { name: 'Passphrase of the database' })
    await field.fill('another')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByText('That is not the passphrase').waitFor()
    await field.fill('pässphrase of four words')
    await page.keyboard.press('Enter')
    await page.getByText('Read as: KeePass KDBX 4').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Choose none' }).click()
    await page.getByRole('checkbox', { name: /Stripe-webhook/ }).check()
    await page.getByRole('button', { name: 'Import 1 value' }).click()
    await page.getByText('1 value imported').first().waitFor()
    expect(await valueOf(page, 'Stripe-webhook')).toBe('whsec_1')
  })

  it('switches to another account by its number', async () => {
    const { page } = desktop
    await page.keyboard.press('Control+1')
    await page.getByRole('button', { name: 'Account: Home' }).waitFor()
    await page.getByRole('option', { name: 'deploy' }).waitFor()
    await page.keyboard.press('Control+2')
    await page.getByRole('button', { name: 'Account: Stored values' }).waitFor()
  })

  it('exports its values unencrypted only after a wait and a typed name', async () => {
    const { page } = desktop
    const path = join(folder, 'out.json')
    await chooses(desktop, path)
    await move(page, 'Export in clear')
    await page.getByRole('radio', { name: 'All accounts' }).click()
    await page.getByText('5 values will be in the file').waitFor()
    await expectAccessible(page)
    const start = page.getByRole('button', { name: 'Choose where and export…' })
    await page.getByRole('textbox', { name: 'Type “Stored values” to confirm' }).fill('Stored values')
    expect(await start.isDisabled()).toBe(true)
    await page.waitForFunction(() =>
      [...document.querySelectorAll('button')].some((one) => one.textContent.includes('export…') && !one.disabled),
    )
    await start.click()
    await page.getByText('5 values exported to out.json').first().waitFor()
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect((JSON.parse(readFileSync(path, 'utf8')) as { keys: { value: string }[] }).keys.map(({ value }) => value)).toContain(
      values.deploy,
    )
  })

  it('is restored completely on another computer, and works there', async () => {
    const path = join(folder, 'whole.latchkey-backup')
    await desktop.page.evaluate(() => window.latchkey.calls['app.setTheme']({ theme: 'dark' }))
    await backUp(desktop, path)
    await desktop.page.getByRole('button', { name: 'Done' }).click()
    const other = await startDesktop(newProfile())
    try {
      const { page } = other
      await chooses(other, path)
      await page.getByRole('button', { name: 'Restore from a backup' }).click()
      await openBackup(page, passphrase)
      await page.getByRole('button', { name: 'Restore', exact: true }).click()
      await page.getByRole('button', { name: 'Account: Stored values' }).waitFor()
      await expect.poll(() => other.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark') // after the accounts are there
      expect(await valueOf(page, 'GH_TOKEN')).toBe('ghp_0123456789abcdef')
      await page.keyboard.press('Control+1')
      await page.getByRole('option', { name: 'deploy' }).waitFor()
      expect([await valueOf(page, 'ci'), await valueOf(page, 'deploy')]).toEqual([values.ci, values.deploy])
      await createKey(page, 'made-there')
      const verified = await page.evaluate(async () => {
        const list = await window.latchkey.calls['keys.list'](null)
        const id = list.ok ? (list.value.keys.find(({ name }) => name === 'deploy')?.id ?? '') : ''
        return window.latchkey.calls['keys.verify']({ accountId: list.ok ? (list.value.accountId ?? '') : '', id })
      })
      expect(verified).toMatchObject({ ok: true, value: { verified: { verdict: 'works' } } })
    } finally {
      await quitAndDiscard(other)
    }
  })

  it('is restored even if its settings cannot be stored, and works there', async () => {
    const other = await startDesktop(newProfile())
    try {
      const { page } = other
      await chooses(other, join(folder, 'whole.latchkey-backup'))
      await page.getByRole('button', { name: 'Restore from a backup' }).click()
      await openBackup(page, passphrase)
      const settings = join(other.profile, 'profile.json')
      rmSync(settings)
      mkdirSync(settings) // no file can replace it
      await page.getByRole('button', { name: 'Restore', exact: true }).click()
      await page.getByText('only the settings could not be kept: Latchkey’s folder cannot be used.').first().waitFor()
      await page.getByRole('button', { name: 'Account: Stored values' }).waitFor()
      expect(await valueOf(page, 'GH_TOKEN')).toBe('ghp_0123456789abcdef')
    } finally {
      await quitAndDiscard(other)
    }
  })

  it('names what a .env file cannot hold, after exporting the rest', async () => {
    const { page } = desktop
    const [from, to] = [join(folder, 'odd.env'), join(folder, 'out.env')]
    writeFileSync(from, `ODD="it's \\"so\\""\n`)
    await importEnv(desktop, from)
    await page.getByRole('button', { name: 'Import 1 value' }).click()
    await rowOf(page, 'ODD').waitFor()
    await chooses(desktop, to)
    await move(page, 'Export in clear')
    await page.getByRole('radio', { name: '.env' }).click()
    await page.getByRole('textbox', { name: 'Type “Stored values” to confirm' }).fill('Stored values')
    await page.waitForFunction(() =>
      [...document.querySelectorAll('button')].some((one) => one.textContent.includes('export…') && !one.disabled),
    )
    await page.getByRole('button', { name: 'Choose where and export…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('1 value is not in it').waitFor()
    await dialog.getByRole('listitem').filter({ hasText: 'ODD' }).waitFor()
    await expectAccessible(page)
    expect(readFileSync(to, 'utf8')).not.toContain('ODD')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await dialog.waitFor({ state: 'detached' })
  })
})
