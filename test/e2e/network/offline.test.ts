import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/pages/axe.ts'
import { Team } from '../support/server/team.ts'

/** Changes that a user makes while the server cannot be reached are queued, shown as pending, and made when it can. */
describe('changes while the server cannot be reached', () => {
  let team: Team

  beforeAll(async () => {
    team = await Team.gather(['ci-deploy', 'ci-runner', 'mailer', 'nightly'])
    await team.choose('nightly')
    await team.button('Disable').click()
    await team.button('Enable').waitFor()
    await team.stopServer()
  })
  afterAll(() => team.part())

  it('are pending, and each key says what will happen to it', async () => {
    await team.choose('ci-deploy')
    await team.button('Disable').click()
    await team.page.getByRole('option', { name: /ci-deploy.*Will be disabled when the server answers/ }).waitFor()
    await team.choose('nightly')
    await team.button('Enable').click()
    await team.page.getByRole('option', { name: /nightly.*Will be enabled when the server answers/ }).waitFor()
    await team.choose('ci-runner')
    await team.button('Delete…').click()
    await team.page.getByText(/until then you can take this back/).waitFor()
    await team.page.getByRole('alertdialog').getByRole('textbox').fill('ci-runner')
    await team.button('Delete key').click()
    await team.page.getByRole('option', { name: /ci-runner.*Will be deleted when the server answers/ }).waitFor()
    const said = await team.said()
    expect(said).toMatch(/3 changes are waiting/)
    expect(said).toMatch(/Server unreachable since/)
    await expectAccessible(team.page)
  })

  it('can be cancelled one by one', async () => {
    await team.choose('mailer')
    await team.button('Disable').click()
    await team.page.getByText('4 changes are waiting').waitFor()
    await team.button('4 changes are waiting').click()
    await expectAccessible(team.page)
    const dialog = team.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Cancel: Disable mailer' }).click()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await team.page.getByRole('option', { name: /mailer\s*…\w{4}\s*Enabled/ }).waitFor()
    await team.button('3 changes are waiting').waitFor()
  })

  it('include the creation of a key', async () => {
    await team.page.keyboard.press('Control+n')
    await team.page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('made-later')
    await expectAccessible(team.page)
    await team.button('Create when online').click()
    const creations = team.page.getByRole('list', { name: 'Keys that wait to be created' })
    await creations.getByText('made-later').waitFor()
    expect(await creations.innerText()).toMatch(/Will be created when the server answers/)
    await expectAccessible(team.page)
  })

  it('survive a restart, and are made in order by themselves as soon as the server answers', async () => {
    await team.restartApp()
    await team.button('4 changes are waiting').waitFor()
    await team.page.getByText(/Server unreachable since/).waitFor()
    await team.startServer()
    await expect.poll(() => team.onServer(), { timeout: 20_000 }).toEqual(['ci-deploy disabled', 'made-later', 'mailer', 'nightly'])
    await team.button(/changes? (is|are) waiting/).waitFor({ state: 'detached' })
    expect(await team.said()).toMatch(/1 key created/)
    await team.choose('made-later')
    await team.button('Reveal value').click()
    await team.button('Hide value').click()
  })

  it('are made at once by Sync now', async () => {
    await team.stopServer()
    await team.choose('mailer')
    await team.button('Disable').click()
    await team.page.getByRole('option', { name: /mailer.*Will be disabled/ }).waitFor()
    await team.startServer()
    await team.button('Sync now').click()
    await team.page.getByRole('option', { name: /mailer.*Disabled/ }).waitFor()
    expect(await team.onServer()).toContain('mailer disabled')
  })
})
