import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { revealed } from '../support/pages/revealed.ts'
import { Team } from '../support/server/team.ts'

/** Another computer uses the same account: its changes are reported, and values are brought from there, verified and replaced. */
describe('changes made on another computer', () => {
  let team: Team
  /** The value of from-a-script, which only its creator has. */
  let value = ''
  const alert = () => team.page.getByRole('dialog').getByRole('alert')

  beforeAll(async () => {
    team = await Team.gather(['ci-deploy', 'ci-runner', 'mailer'])
  })
  afterAll(() => team.part())

  it('are reported as news until that is dismissed', async () => {
    value = (await team.elsewhere.create('from-a-script')).key
    await team.elsewhere.disable('mailer')
    await team.elsewhere.remove('ci-runner')
    await team.button('Sync now').click()
    await team.button('3 changes made elsewhere').click()
    const news = team.page.getByRole('region', { name: 'News' })
    await expect.poll(() => news.innerText()).toMatch(/ci-runner was deleted elsewhere/)
    expect(await news.innerText()).toMatch(/from-a-script was created elsewhere/)
    expect(await news.innerText()).toMatch(/mailer was disabled elsewhere/)
    await expectAccessible(team.page)
    await team.button('Dismiss: mailer was disabled elsewhere').click()
    await team.button('2 changes made elsewhere').waitFor()
    await team.button('Dismiss all').click()
    await news.waitFor({ state: 'detached' })
    await team.restartApp()
    await team.page.getByRole('option', { name: /mailer.*Disabled/ }).waitFor()
    expect(await team.said()).not.toMatch(/elsewhere$/m)
  })

  it('leave a key without its value, which is stored once a login has verified it', async () => {
    await team.choose('from-a-script')
    await team.page.getByText('Not on this computer').first().waitFor()
    await expectAccessible(team.page)
    await team.button('Add its value…').click()
    const field = team.page.getByRole('dialog').getByLabel('Value', { exact: true })
    await field.fill('x'.repeat(64))
    await team.button('Prove and store').click()
    await expect.poll(() => alert().innerText()).toMatch(/The server refuses this value/)
    await expectAccessible(team.page)
    await field.fill(` ${value}\n`)
    await team.button('Prove and store').click()
    await team.page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await revealed(team.page)).toBe(value)
  })

  it('leave a key that can be replaced: it is created again under its name, with a value that is here', async () => {
    await team.elsewhere.create('old-script')
    await team.button('Sync now').click()
    await team.choose('old-script')
    await team.button('Replace…').click()
    await team.page.getByRole('alertdialog').getByRole('textbox').fill('old-script')
    await expectAccessible(team.page)
    await team.page
      .getByRole('alertdialog')
      .getByRole('button', { name: /^Replace/ })
      .click()
    await team.page.getByText('old-script has a new value').first().waitFor()
    await team.button('Done').click()
    expect(await revealed(team.page)).toMatch(/^\w{64}$/)
    expect(await team.onServer()).toEqual(['ci-deploy', 'from-a-script', 'mailer disabled', 'old-script'])
  })

  it('are detected by verifying one key, or all of them', async () => {
    await team.choose('ci-deploy')
    await team.button('Verify that the value works').click()
    await team.page.getByRole('main').getByText('Works', { exact: true }).waitFor()
    await team.choose('mailer')
    await team.button('Verify that the value works').click()
    await team.page.getByText('Refused, as the key is disabled').first().waitFor()
    await team.more(/^Verify all keys/)
    const found = team.page.getByRole('region', { name: 'What verifying found' })
    await expect.poll(() => found.innerText()).toMatch(/1 is disabled, 3 work\./)
    await expectAccessible(team.page)
    await team.button('Dismiss what verifying found').click()
  })

  it('leave the value of a deleted key in the trash, where it can be revealed or deleted for good', async () => {
    await team.more(/^Trash/)
    await team.page.getByRole('dialog').getByText('ci-runner').first().waitFor()
    await team.button('Reveal value of ci-runner').click()
    const code = team.page.getByRole('dialog').locator('code').last()
    await expect.poll(async () => (await code.innerText()).replace(/\s/g, '')).toMatch(/^\w{64}$/)
    await expectAccessible(team.page)
    await team.button('Delete now…: value of ci-runner').click()
    await team.button('Delete for good').click()
    await team.page.getByText(/The trash is empty/).waitFor()
    await expectAccessible(team.page)
    await team.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  })

  // Regression: each new list hid the value that the user was reading.
  it('do not hide a revealed value', async () => {
    await team.choose('ci-deploy')
    await team.button('Reveal value').click()
    await team.button('Hide value').waitFor()
    await team.elsewhere.disable('ci-deploy')
    await team.button('Sync now').click()
    await team.page.getByRole('option', { name: /ci-deploy.*Disabled/ }).waitFor()
    expect(await team.button('Hide value').count()).toBe(1)
  })
})
