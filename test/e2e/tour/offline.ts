import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKey, discard } from '../support/app/desktop.ts'
import { type Elsewhere, elsewhere } from '../support/server/elsewhere.ts'
import { serve, type Served } from '../support/server/served-backend.ts'
import { addAccount, register } from '../support/server/server-account.ts'
import type { Stage, Step } from './stage.ts'

const person = { email: 'dev@example.com', password: 'correct horse' }

/** A team's server that stops and starts, and the same account used on another computer. */
export class TeamTour {
  readonly #data = mkdtempSync(join(tmpdir(), 'latchkey-served-'))
  readonly #stage: Stage
  #server: Served | null = null
  #elsewhere: Elsewhere | null = null
  /** Of the key that is created elsewhere. */
  #value = ''

  constructor(stage: Stage) {
    this.#stage = stage
  }

  /** The team's server, which the last steps leave running. */
  get url(): string {
    return this.#server?.url ?? ''
  }

  async end(): Promise<void> {
    await this.#server?.stop()
    discard(this.#data)
  }

  steps(): Step[] {
    const stage = this.#stage
    const option = (name: RegExp) => stage.page.getByRole('option', { name })
    return [
      [
        'Add an account on a team’s server',
        async () => {
          this.#server = await serve(this.#data)
          await addAccount(stage.page)
          await register(stage.desktop, this.#server.url, person)
          this.#elsewhere = await elsewhere(this.#server.url, person)
          for (const name of ['ci-deploy', 'ci-runner', 'mailer']) await createKey(stage.page, name)
        },
      ],
      [
        'The server goes away: the list stays, and says so',
        async () => {
          await this.#server?.stop()
          await stage.button('Sync now').click()
          await stage.page.getByText(/^Server unreachable since/).waitFor()
        },
      ],
      [
        'Disable a key all the same: the change waits',
        async () => {
          await option(/ci-deploy/).click()
          await stage.button('Disable').click()
          await option(/ci-deploy.*Will be disabled/).waitFor()
        },
      ],
      [
        'Name a key that is to be made when online',
        async () => {
          await stage.page.keyboard.press('Control+n')
          await stage.page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('nightly-backup')
          await stage.button('Create when online').waitFor()
        },
      ],
      [
        'See what waits, in its order',
        async () => {
          await stage.button('Create when online').click()
          await stage.button('2 changes are waiting').click()
          await stage.page.getByRole('dialog').getByText('Create nightly-backup').waitFor()
        },
      ],
      [
        'Quit and start again: it still waits',
        async () => {
          await stage.restart()
          await stage.button('2 changes are waiting').waitFor()
          await stage.page.getByText(/^Server unreachable since/).waitFor()
        },
      ],
      [
        'The server is back: what waited is done by itself',
        async () => {
          this.#server = await serve(this.#data, { port: Number(new URL(this.#server?.url ?? '').port) })
          await stage.button('1 key created').waitFor()
          await option(/ci-deploy.*Disabled/).waitFor()
          const keys = (await this.#elsewhere?.keys()) ?? []
          const disabled = keys.filter(({ disabled }) => disabled).map(({ name }) => name)
          if (keys.length !== 4 || disabled.join() !== 'ci-deploy') throw new Error('the server does not have it so')
        },
      ],
      [
        'Learn what another computer did meanwhile',
        async () => {
          await stage.button('Dismiss').first().click()
          this.#value = (await this.#elsewhere?.create('from-the-laptop'))?.key ?? ''
          await this.#elsewhere?.disable('mailer')
          await stage.button('Sync now').click()
          await stage.button('2 changes made elsewhere').click()
          await stage.page.getByText('from-the-laptop was created elsewhere').waitFor()
        },
      ],
      [
        'See that the value of its key is not here',
        async () => {
          await stage.button(/^Show key.*from-the-laptop/).click()
          await stage.button('Dismiss all').click()
          await stage.page.getByText('Not on this computer').first().waitFor()
        },
      ],
      [
        'Bring its value, which a login proves',
        async () => {
          await stage.button('Add its value…').click()
          await stage.page.getByRole('dialog').getByLabel('Value', { exact: true }).fill(this.#value)
        },
      ],
      [
        'It is in the keychain now',
        async () => {
          await stage.button('Prove and store').click()
          await stage.page.getByRole('dialog').waitFor({ state: 'detached' })
          await stage.button('Copy value').waitFor()
        },
      ],
      [
        'Verify every key: each logs in once',
        async () => {
          await stage.button('More').click()
          await stage.page.getByRole('menuitem', { name: /^Verify all keys/ }).click()
          await stage.page.getByRole('region', { name: 'What verifying found' }).getByText('2 are disabled, 3 work.').waitFor()
        },
      ],
    ]
  }
}
