import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVault } from '../support/app/desktop.ts'
import { addAccount, confirmServer } from '../support/server/server-account.ts'
import { Team } from '../support/server/team.ts'

/** Actions that were started in one account stay in that account. */
describe('with two accounts', () => {
  let team: Team
  let silent: Server

  beforeAll(async () => {
    team = await Team.gather(['ci-deploy'])
    await addAccount(team.page)
    await createVault(team.page)
    silent = createServer(() => undefined).listen(0, '127.0.0.1')
  })
  afterAll(async () => {
    silent.closeAllConnections()
    silent.close()
    await team.part()
  })

  // Regression: “Undo”, pressed in another account, reported that the change was no longer pending. It was, and the key was deleted.
  it('a change can only be undone in its own account: the notice disappears when the account is switched', async () => {
    await team.page.keyboard.press('Control+1')
    await team.page.getByRole('heading', { name: 'ci-deploy' }).waitFor()
    await team.stopServer()
    await team.button('Delete…').click()
    await team.page.getByRole('alertdialog').getByRole('textbox').fill('ci-deploy')
    await team.button('Delete key').click()
    await team.button('Undo').waitFor()
    await team.page.keyboard.press('Control+2')
    await team.page.getByRole('heading', { name: 'Create your first key' }).waitFor()
    expect(await team.button('Undo').count()).toBe(0)
    await team.page.keyboard.press('Control+1')
    await team.button('1 change is waiting').waitFor()
    await team.button('Cancel: Delete ci-deploy').click()
    await team.button('1 change is waiting').waitFor({ state: 'detached' })
    await team.startServer()
  })

  // Regression: a sign-in that was left went on, and some seconds later another account was shown.
  it('a running sign-in cannot be left', async () => {
    await addAccount(team.page)
    await team.button('Connect to a server').click()
    const url = `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}`
    for (const [name, value] of [
      ['Server URL', url],
      ['App ID', 'team'],
      ['E-mail', 'dev@example.com'],
    ] as const) {
      await team.page.getByRole('textbox', { name }).fill(value)
    }
    await team.page.getByLabel('Password').fill('correct horse')
    expect(await team.button('Back').isEnabled()).toBe(true)
    const asked = once(silent, 'request')
    await team.button('Sign in').click()
    await confirmServer(team.desktop)
    await team.page.getByRole('button', { name: 'Back', disabled: true }).waitFor()
    await asked
    silent.closeAllConnections()
    await team.page.getByRole('alert').waitFor()
    await team.button('Back').click()
    await team.button('Back to keys').click()
  })

  // Regression: the keys appeared without a session, and nothing asked the user to sign in.
  it('an account that was signed out asks to sign in when it is chosen', async () => {
    for (const account of [/dev@example\.com/, /This computer/]) {
      await team.page.getByRole('button', { name: account }).click()
      await team.page.getByRole('menuitem', { name: 'Sign out…' }).click()
      await team.page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click()
      await team.page.getByRole('alertdialog').waitFor({ state: 'detached' })
    }
    await team.page.getByRole('heading', { name: 'Choose an account' }).waitFor()
    await team.button(/dev@example\.com/).click()
    await team.page.getByRole('heading', { name: 'Sign in again' }).waitFor()
  })
})
