import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OsKeychain } from '../../../main/keychain/os-keychain.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { latchkey } from '../../clients/command-line.ts'
import { expectAccessible } from '../support/pages/axe.ts'
import type { Desktop } from '../support/app/desktop.ts'
import { createKey, lock, quitAndDiscard, startDesktop, startWithVault } from '../support/app/desktop.ts'
import { fromMenu, textIn } from '../support/pages/main-window.ts'
import { revealed } from '../support/pages/revealed.ts'

const passphrase = 'four unrelated words do well'
const other = 'five other words do just as well'

/** Each key derived from a passphrase takes a second of all processors, and much longer on a busy machine. */
describe('a passphrase on top of the keychain, and its journal', { timeout: 90_000 }, () => {
  let desktop: Desktop
  let value = ''
  const button = (name: string | RegExp) => desktop.page.getByRole('button', { name })
  const field = (name: string) => desktop.page.getByLabel(name, { exact: true })

  beforeAll(async () => {
    desktop = await startWithVault()
    await createKey(desktop.page, 'deploy')
    value = await revealed(desktop.page)
  }, 90_000)
  afterAll(() => quitAndDiscard(desktop))

  it('is chosen in the menu, which says what it means', async () => {
    await fromMenu(desktop.page, 'Ask for a passphrase too…')
    await desktop.page.getByRole('alertdialog').waitFor()
    await expectAccessible(desktop.page)
    await field('Passphrase').fill(passphrase)
    await field('Repeat passphrase').fill(passphrase)
    await button('Ask for this passphrase').click()
    await textIn(desktop.page, /Latchkey asks for your passphrase when it opens/)
    expect(await revealed(desktop.page)).toBe(value)
  })

  it('is required after a lock; wrong attempts are delayed, even across a restart, and the window says for how long', async () => {
    await lock(desktop)
    await field('Passphrase').waitFor()
    for (let number = 0; number < 5; number += 1) await tryWrong()
    await textIn(desktop.page, 'Too many wrong passphrases')
    await expectAccessible(desktop.page)
    expect(await button('Unlock').isDisabled()).toBe(true)
    await desktop.quit()
    // Two more, so that the delay is longer than a start of the app on a busy machine.
    writeFileSync(join(desktop.profile, 'passphrase-attempts.json'), JSON.stringify({ version: 1, wrong: 7, at: Date.now() }))
    desktop = await startDesktop(desktop.profile)
    await textIn(desktop.page, 'Too many wrong passphrases')
    await unlock(passphrase)
    expect(await revealed(desktop.page, 'deploy')).toBe(value)
  })

  it('can be changed by a user who knows it', async () => {
    await fromMenu(desktop.page, 'Change passphrase…')
    await field('Current passphrase').fill('not the passphrase')
    await field('New passphrase').fill(other)
    await field('Repeat passphrase').fill(other)
    await button('Change the passphrase').click()
    await textIn(desktop.page, /That is not the passphrase/)
    await expectAccessible(desktop.page)
    await field('Current passphrase').fill(passphrase)
    await button('Change the passphrase').click()
    await textIn(desktop.page, 'The passphrase is changed.')
    await desktop.quit()
    desktop = await startDesktop(desktop.profile)
    await unlock(other)
    expect(await revealed(desktop.page, 'deploy')).toBe(value)
  })

  it('removes from the keychain what a killed migration left there unencrypted', async () => {
    await desktop.quit()
    const { id } = JSON.parse(readFileSync(join(desktop.profile, 'profile.json'), 'utf8')) as { id: string }
    const [os, name, list] = [
      new OsKeychain({ profile: id }),
      'value/0123456789abcdef/64a000000000000000000001',
      join(desktop.profile, 'left-in-keychain.json'),
    ]
    await os.write(name, new Secret('in clear'))
    writeFileSync(list, JSON.stringify([name]))
    desktop = await startDesktop(desktop.profile)
    await unlock(other)
    await expect.poll(() => existsSync(list), { timeout: 20_000 }).toBe(false)
    expect(await os.read(name)).toEqual({ outcome: 'absent' })
    expect(await desktop.page.getByText('Copies of your values').count()).toBe(0)
    expect(await revealed(desktop.page, 'deploy')).toBe(value)
  })

  it('is recorded in the journal, which can be filtered by key', async () => {
    await fromMenu(desktop.page, 'Journal…')
    const lines = desktop.page.getByRole('dialog').getByRole('listitem')
    await lines.first().waitFor()
    await expectAccessible(desktop.page)
    const said = (await lines.allInnerTexts()).join('\n')
    for (const words of ['Shown in Latchkey', 'Vault locked', 'Vault opened, after 7 wrong passphrases', 'Key created'])
      expect(said).toContain(words)
    expect(said).not.toContain(value)
    await desktop.page.getByLabel('Show', { exact: true }).selectOption({ label: 'deploy of This computer' })
    await expect.poll(async () => (await lines.allInnerTexts()).join('\n')).not.toContain('Vault')
    expect((await lines.allInnerTexts()).join('\n')).toContain('Key created')
  })

  it('has its journal exported to a chosen file, which the command verifies under this vault’s key', async () => {
    const file = join(desktop.profile, 'journal.jsonl')
    await desktop.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, file)
    await button('Export…').click()
    await textIn(desktop.page, /lines exported to/)
    await expectAccessible(desktop.page)
    const shown = /(?:[0-9a-f]{4} ){7}[0-9a-f]{4}/.exec(await desktop.page.getByRole('dialog').innerText())?.[0] ?? ''
    const told = execFileSync(latchkey, ['journal', 'verify', file, '--key', shown], { encoding: 'utf8' })
    expect(told).toMatch(/^Whole: lines 1 to \d+, as they were signed\.\nKey: .* \(the key you gave\)\n$/)
  })

  it('is no longer required when the user removes it', async () => {
    await button('Close').click()
    await fromMenu(desktop.page, 'Stop asking for the passphrase…')
    await expectAccessible(desktop.page)
    await button('Stop asking').click()
    await textIn(desktop.page, /No passphrase is asked for any more/)
    await desktop.quit()
    desktop = await startDesktop(desktop.profile)
    expect(await revealed(desktop.page, 'deploy')).toBe(value)
  })

  async function tryWrong(): Promise<void> {
    await unlock('not the passphrase')
    await textIn(desktop.page, /That is not the passphrase/)
    await expect.poll(() => field('Passphrase').getAttribute('readonly')).toBe(null)
  }

  /** As soon as the delay after wrong attempts is over. */
  async function unlock(typed: string): Promise<void> {
    await field('Passphrase').fill(typed)
    await button('Unlock').click({ timeout: 30_000 })
  }
})
