import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBackend, type Backend } from '../../../backend/backend.ts'
import { listen, type Listener } from '../../../backend/serving/listener.ts'
import { expectAccessible } from '../support/pages/axe.ts'
import type { Desktop } from '../support/app/desktop.ts'
import { newProfile, quitAndDiscard, startDesktop } from '../support/app/desktop.ts'
import { confirmServer } from '../support/server/server-account.ts'
import { sharedFolder } from '../../temporary-folder.ts'

/** A server that sends mail: a user who lost a link or forgot the password requests another mail where the sign-in was refused. */
describe('an account that is waiting for a mail', () => {
  let desktop: Desktop
  let backend: Backend
  let server: Listener
  let ahead = 0
  const letters: string[] = []
  const data = sharedFolder('latchkey-mailed-')
  const button = (name: string) => desktop.page.getByRole('button', { name, exact: true })
  const password = () => desktop.page.getByLabel('Password')

  beforeAll(async () => {
    backend = await openBackend({
      ...{ dataDir: data, appId: 'team', origin: 'https://keys.example.test' },
      clock: () => new Date(Date.now() + ahead),
      mail: { send: async ({ text }) => void letters.push(text) },
    })
    server = await listen(backend, { port: 0, host: '127.0.0.1', behindProxy: false })
    desktop = await startDesktop(newProfile())
  })
  afterAll(async () => {
    await quitAndDiscard(desktop)
    await server.close()
    await backend.close()
  })

  it('requests the link again', async () => {
    await desktop.page.getByRole('button', { name: 'Connect to a server' }).click()
    for (const [name, value] of [
      ['Server URL', server.url],
      ['App ID', 'team'],
      ['E-mail', 'ada@example.test'],
    ] as const) {
      if (name === 'E-mail') await desktop.page.getByRole('radio', { name: 'Register' }).click()
      await desktop.page.getByRole('textbox', { name }).fill(value)
    }
    await password().fill('correct horse')
    await button('Register').click()
    await confirmServer(desktop)
    await desktop.page.getByText('The server sent a mail to ada@example.test').waitFor()
    ahead += 61_000
    await password().fill('correct horse')
    await button('Sign in').click()
    await button('Send the mail again').waitFor()
    await expectAccessible(desktop.page)
    await button('Send the mail again').click()
    await desktop.page.getByText('The server was asked for a mail to ada@example.test').waitFor()
    await expectAccessible(desktop.page)
    await expect.poll(() => letters.length).toBe(2)
    expect(await follow('confirm', {})).toContain('is confirmed')
  })

  it('chooses a new password by mail', async () => {
    await password().fill('forgotten one')
    await button('Sign in').click()
    await button('Choose a new password by mail').click()
    await desktop.page.getByText('The server was asked for a mail to ada@example.test').waitFor()
    await expect.poll(() => letters.length).toBe(3)
    expect(await follow('reset', { password: 'battery staple' })).toContain('password is changed')
    await password().fill('battery staple')
    await button('Sign in').click()
    await desktop.page.getByRole('heading', { name: 'Create your first key' }).waitFor()
  })

  /** Opens the newest mail's link and presses its button. @returns the resulting page */
  async function follow(page: 'confirm' | 'reset', fields: Record<string, string>): Promise<string> {
    const link = new URL(/https:\S+/.exec(letters.at(-1) ?? '')?.[0] ?? '')
    expect(link.pathname).toBe(`/app/team/${page}`)
    const body = new URLSearchParams([...link.searchParams, ...Object.entries(fields)])
    return (await fetch(server.url + link.pathname, { method: 'POST', body })).text()
  }
})
