import { createVault } from '../support/app/desktop.ts'
import { keyringItems } from '../support/keyring/keyring.ts'
import { revealed } from '../support/pages/revealed.ts'
import type { Stage, Step } from './stage.ts'

/** The main job: a vault, keys in it, and what a user does with them. */
export function mainJob(stage: Stage): Step[] {
  const button = (name: string | RegExp) => stage.button(name)
  const page = () => stage.page
  let value = ''
  return [
    ['Open the app', () => button('Create a vault on this computer').waitFor()],
    ['Make a vault on this computer', () => createVault(page())],
    [
      'Name a new key',
      async () => {
        await button('Create a key').click()
        await page().getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('backup-nas')
      },
    ],
    [
      'Create it: the value goes to the keychain',
      async () => {
        await button('Create key').click()
        await page().getByText('Stored in your keychain').first().waitFor()
      },
    ],
    [
      'Find it in the list',
      async () => {
        await button('Done').click()
        await page()
          .getByRole('option', { name: /backup-nas/ })
          .click()
        await page().getByRole('heading', { name: 'backup-nas' }).waitFor()
      },
    ],
    [
      'Reveal the value',
      async () => {
        await button('Reveal value').click()
        await button('Hide value').waitFor()
        value = (await page().locator('[aria-label="Value"] code').first().innerText()).replace(/\s/g, '')
        if (!/^[A-Za-z0-9]{64}$/.test(value)) throw new Error('the window does not show a value of 64 letters and digits')
      },
    ],
    [
      'The OS keychain holds that value',
      async () => {
        const [key] = await stage.listed()
        const [kept] = keyringItems(stage.profile, [`value/${key?.accountId}/${key?.id}`])
        if (kept !== value) throw new Error('the keyring does not hold the value that the window showed')
      },
    ],
    [
      'Hide it and copy it',
      async () => {
        await button('Hide value').click()
        await button('Copy value').click()
        await page()
          .getByText(/Clipboard is cleared in/)
          .waitFor()
        const copied = await stage.desktop.app.evaluate(({ clipboard }) => clipboard.readText())
        if (copied !== value) throw new Error('the clipboard does not hold the value')
      },
    ],
    [
      'Disable the key',
      async () => {
        await button('Disable').click()
        await button('Enable').waitFor()
      },
    ],
    [
      'Enable it again',
      async () => {
        await button('Enable').click()
        await button('Disable').waitFor()
      },
    ],
    [
      'Create two more keys',
      async () => {
        for (const name of ['deploy-production', 'ci-runner']) {
          await page().keyboard.press('Control+n')
          await page().getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name)
          await button('Create key').click()
          await button('Done').click()
          await page().getByRole('option', { name }).waitFor()
        }
      },
    ],
    [
      'Look a key up by its id',
      async () => {
        const key = (await stage.listed()).find(({ name }) => name === 'backup-nas')
        await page().keyboard.press('Control+f')
        await page()
          .getByRole('textbox', { name: 'Search keys' })
          .fill(key?.id ?? '')
        await page().getByText('1 found').waitFor()
      },
    ],
    [
      'Look a key up by its name',
      async () => {
        await page().getByRole('textbox', { name: 'Search keys' }).fill('runner')
        await page()
          .getByRole('option', { name: /ci-runner/ })
          .click()
      },
    ],
    [
      'Ask to delete it: the name has to be typed',
      async () => {
        await button('Delete…').click()
        await page().getByRole('alertdialog').getByRole('textbox').fill('ci-runner')
      },
    ],
    [
      'Delete it',
      async () => {
        await button('Delete key').click()
        await page().getByRole('alertdialog').waitFor({ state: 'detached' })
        await page().getByRole('textbox', { name: 'Search keys' }).fill('')
        await page().getByText('2 of 20 used').waitFor()
      },
    ],
    [
      'Quit and start again: the list and the value are still there',
      async () => {
        await stage.restart()
        await page()
          .getByRole('option', { name: /backup-nas/ })
          .click()
        if ((await revealed(page())) !== value) throw new Error('the value changed over a restart')
      },
    ],
  ]
}
