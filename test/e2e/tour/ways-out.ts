import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { focused, openTerminal, type Reader, tool } from '../../main/outlets/typist/x11/screen.ts'
import { until } from '../../until.ts'
import { serveSite, type Site } from '../../pages/site.ts'
import { type Chromium, extensionPage, startChromium } from '../browser/chromium.ts'
import { discard } from '../support/app/desktop.ts'
import { windowPage } from '../support/app/window-page.ts'
import { keyIn } from '../support/pages/key-in.ts'
import { fromMenu } from '../support/pages/main-window.ts'
import { answerPrompt, promptWindow } from '../support/pages/prompt.ts'
import { Terminal } from '../support/terminal.ts'
import type { TeamTour } from './offline.ts'
import type { Stage, Step } from './stage.ts'

/**
 * The five ways a value leaves the vault: an account, a site in a browser, another window, a shell, and the clipboard, which the main job
 * has shown.
 */
export class WaysOutTour {
  readonly #stage: Stage
  readonly #team: TeamTour
  readonly #folder = mkdtempSync(join(tmpdir(), 'a-project-'))
  #site: Site | null = null
  #chromium: Chromium | null = null
  #reader: Reader | null = null
  #terminal: Terminal | null = null
  /** The value of ci-runner in the team's account, as the keyring has it. */
  #value = ''

  constructor(stage: Stage, team: TeamTour) {
    this.#stage = stage
    this.#team = team
  }

  async end(): Promise<void> {
    await this.#terminal?.close()
    await this.#reader?.end()
    await this.#chromium?.close()
    await this.#site?.close()
    discard(this.#folder)
  }

  steps(): Step[] {
    return [...this.#account(), ...this.#browser(), ...this.#window(), ...this.#shell()]
  }

  #account(): Step[] {
    const stage = this.#stage
    return [
      [
        'Sign in with a key that is stored here',
        async () => {
          this.#value = (await keyIn(stage.desktop, 'ci-runner')).value
          await fromMenu(stage.page, 'Add account…')
          await stage.button('Connect to a server').click()
          await stage.page.getByRole('radio', { name: 'API key' }).click()
          await stage.page.getByRole('textbox', { name: 'Server URL' }).fill(this.#team.url)
          await stage.page.getByRole('textbox', { name: 'App ID' }).fill('team')
          await stage.page.getByRole('radio', { name: /ci-runner/ }).click()
        },
      ],
      [
        'Its value went from keychain to server, and not through the window',
        async () => {
          await stage.button('Sign in with ci-runner').click()
          await stage.page.getByRole('region', { name: 'A key cannot manage keys' }).waitFor()
        },
      ],
      [
        'The key says that it was used, for what, and by whom',
        async () => {
          await stage.button(/^Account:/).click()
          await stage.page
            .getByRole('menuitemradio', { name: /dev@example\.com.*127/ })
            .first()
            .click()
          await stage.page.getByRole('option', { name: /ci-runner/ }).click()
          await stage.page.getByText('Signed in with').first().waitFor()
          await stage.page.getByRole('region', { name: 'Last used here' }).scrollIntoViewIfNeeded()
        },
      ],
    ]
  }

  #browser(): Step[] {
    const stage = this.#stage
    return [
      [
        'Connect Chromium',
        async () => {
          mkdirSync(this.#chromiumProfile, { recursive: true })
          await fromMenu(stage.page, 'Browsers…')
          await stage.button('Connect Chromium').click()
          await stage.button('Disconnect Chromium').waitFor()
        },
      ],
      [
        'Pair its extension: both show one code',
        async () => {
          await stage.page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
          this.#site = await serveSite()
          this.#chromium = await startChromium({ HOME: process.env['HOME'] ?? '', LATCHKEY_PROFILE_DIR: stage.profile })
          const tab = await this.#chromium.context.newPage()
          await tab.goto(`${extensionPage}?pair`)
          const code = (await tab.locator('.code').getAttribute('aria-label'))?.replace(/\D/g, '') ?? ''
          const shown = (await (await promptWindow(stage.desktop)).locator('body').innerText()).replace(/\s/g, '')
          if (!/^\d{6}$/.test(code) || !shown.includes(code)) throw new Error('the two do not show one code')
        },
        'screen',
      ],
      [
        'Use a key on this site: it is chosen in Latchkey',
        async () => {
          const { chromium, site } = this.#browsing
          const tab = chromium.context.pages().at(-1)
          await tab?.getByRole('button', { name: 'Same code' }).click()
          await answerPrompt(stage.desktop, 'The same code')
          await tab?.getByText('This browser is paired').waitFor()
          await tab?.close()
          await chromium.page.goto(`${site.origin}/plain.html`)
          chromium.press('popup')
          await until(async () => (await chromium.popup()).includes('Use a key on this site'))
          chromium.type('Return')
          const key = (await promptWindow(stage.desktop)).getByRole('radio', { name: /ci-runner/ })
          await until(async () => (await key.click(), key.isChecked())) // it ignores input in its first half second
        },
        'screen',
      ],
      [
        'It stands in the field, and nowhere else',
        async () => {
          await answerPrompt(stage.desktop, 'Use on this site')
          await this.#untilFilled()
        },
        'screen',
      ],
      [
        'Fill it again by the shortcut: Latchkey asks for whom',
        async () => {
          const { chromium, site } = this.#browsing
          await chromium.page.goto(`${site.origin}/plain.html`)
          chromium.press('fill')
          await (await promptWindow(stage.desktop)).getByRole('button', { name: /^Allow/ }).waitFor()
        },
        'screen',
      ],
      [
        'Allow it, and it is filled',
        async () => {
          await answerPrompt(stage.desktop, 'Allow')
          await this.#untilFilled()
          await this.#browsing.chromium.close()
          this.#chromium = null
        },
      ],
    ]
  }

  #window(): Step[] {
    const stage = this.#stage
    return [
      [
        'From a terminal, press Ctrl+Alt+K and type to find',
        async () => {
          this.#reader = await openTerminal(['-T', 'staging'])
          tool('xdotool', 'key', 'ctrl+alt+k')
          await until(() => focused().pid === stage.desktop.app.process().pid)
          const palette = await windowPage(stage.desktop.app, 'palette')
          await palette.getByRole('combobox', { name: 'Find a key' }).waitFor()
          tool('xdotool', 'type', 'runner')
          await until(async () => (await palette.getByRole('option').count()) === 1)
        },
        'screen',
      ],
      [
        'Press Enter: the value is typed into the terminal',
        async () => {
          tool('xdotool', 'key', 'Return')
          await until(() => this.#reader?.got() === this.#value)
        },
        'screen',
      ],
    ]
  }

  #shell(): Step[] {
    const stage = this.#stage
    let asked: Promise<{ shown: string; status: number }> | null = null
    return [
      [
        'In a shell, run a program with the key',
        async () => {
          await this.#reader?.end()
          this.#reader = null
          this.#terminal = new Terminal(stage.profile, this.#folder)
          asked = this.#terminal.type(
            `latchkey run --env API_KEY=dev@example.com/ci-runner -- sh -c 'echo "$API_KEY" | wc -c; echo "key: $API_KEY"'`,
          )
          await (await promptWindow(stage.desktop)).getByRole('button', { name: /^Allow/ }).waitFor()
        },
        'screen',
      ],
      [
        'The program has it, and what it prints hides it',
        async () => {
          await answerPrompt(stage.desktop, 'Allow')
          const ended = await asked
          if (ended?.status !== 0 || !/65\nkey: \*{8}\n/.test(ended.shown)) throw new Error(`the shell shows ${ended?.shown}`)
        },
      ],
      [
        'Every way is in the key’s detail',
        async () => {
          await stage.button(/^Show the last/).click()
          for (const words of [/Signed in with/, /127\.0\.0\.1/, /xterm/, /bash/]) await stage.page.getByText(words).first().waitFor()
          await stage.page.getByRole('region', { name: 'Last used here' }).scrollIntoViewIfNeeded()
        },
      ],
    ]
  }

  get #browsing(): { chromium: Chromium; site: Site } {
    if (this.#chromium === null || this.#site === null) throw new Error('There is no browser yet.')
    return { chromium: this.#chromium, site: this.#site }
  }

  /** Where a Chromium of this user stores its profile, and looks for native messaging hosts. */
  get #chromiumProfile(): string {
    return join(process.env['HOME'] ?? '', '.config', 'chromium')
  }

  async #untilFilled(): Promise<void> {
    await until(async () => (await this.#browsing.chromium.page.locator('#field').inputValue()) === this.#value)
  }
}
