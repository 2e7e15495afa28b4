import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GitServer, startGitServer } from '../../clients/cli/git/git-server.ts'
import { sharedFolder } from '../../temporary-folder.ts'
import { createKey, type Desktop, discard, rowOf, startWithVault } from '../support/app/desktop.ts'
import { expectAccessible } from '../support/pages/axe.ts'
import { textIn } from '../support/pages/main-window.ts'
import { answerPrompt, promptWindow } from '../support/pages/prompt.ts'
import { revealed } from '../support/pages/revealed.ts'
import { Terminal } from '../support/terminal.ts'

describe('git, once it is connected', () => {
  let desktop: Desktop
  let server: GitServer
  let terminal: Terminal
  let value = ''
  const home = realpathSync(sharedFolder('a-home-'))

  beforeAll(async () => {
    desktop = await startWithVault()
    await createKey(desktop.page, 'git-token')
    await rowOf(desktop.page, 'git-token').click()
    value = await revealed(desktop.page)
    server = await startGitServer(() => value)
    mkdirSync(join(home, 'app'))
    terminal = new Terminal(desktop.profile, join(home, 'app'))
    await terminal.type(`export HOME='${home}' XDG_CONFIG_HOME='${home}/.config' GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0`)
    expect(await terminal.type('latchkey connect git')).toMatchObject({ status: 0 })
  }, 90_000)
  afterAll(async () => {
    server.close()
    await terminal.close()
    await desktop.quit()
    discard(desktop.profile)
  })

  const lsRemote = () => terminal.type(`git ls-remote ${server.repository}`)

  it('logs in with the key that its user chooses in a window of Latchkey', async () => {
    const asked = lsRemote()
    const prompt = await promptWindow(desktop)
    await prompt.locator('main[aria-busy=false]').waitFor()
    await expectAccessible(prompt)
    await picture(prompt, 'choose for git')
    await prompt.getByRole('radio', { name: /git-token/ }).check()
    const said = await answerPrompt(desktop, 'Use on this site')
    for (const fact of [server.origin, 'git', join(home, 'app')]) expect(said).toContain(fact)
    expect(await asked).toMatchObject({ status: 0 })
    expect(server.logins).toEqual([undefined, expect.stringMatching(/^Basic /)])
  })

  it('asks each time whether it may have that key, which now belongs to the site', async () => {
    await textIn(desktop.page, new URL(server.origin).host)
    const asked = lsRemote()
    await picture(await promptWindow(desktop), 'login of git')
    const said = await answerPrompt(desktop, 'Allow')
    for (const fact of ['Let a tool log in with this key?', 'git-token', server.origin]) expect(said).toContain(fact)
    expect(said).not.toContain(value)
    expect(await asked).toMatchObject({ status: 0 })
  })

  it('stops if it is denied, and asks for no password itself', async () => {
    const asked = lsRemote()
    await answerPrompt(desktop, 'Deny')
    const { shown, status } = await asked
    expect(status).toBe(128)
    expect(shown).toContain('latchkey: You said no.')
  })
})

async function picture(page: Page, name: string): Promise<void> {
  const shots = process.env['LATCHKEY_SHOTS']
  if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`) })
}
