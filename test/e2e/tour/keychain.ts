import { fromMenu, openDoctor, textIn } from '../support/pages/main-window.ts'
import type { Stage, Step } from './stage.ts'

const passphrase = 'four unrelated words do well'

/** The doctor, and a file under a passphrase in the keychain's place, in the dark theme. */
export function keychainWays(stage: Stage): Step[] {
  return [
    [
      'Turn the lights off',
      async () => {
        await stage.button(/^Account:/).click()
        await stage.page.getByRole('menuitemradio', { name: 'Dark' }).click()
        await stage.page.keyboard.press('Escape')
        await stage.page.locator('html[data-theme="dark"]').waitFor()
      },
    ],
    [
      'Ask the keychain doctor',
      async () => {
        await openDoctor(stage.page)
        await stage.page.getByRole('heading', { name: 'The keychain is in order' }).waitFor()
      },
    ],
    [
      'Choose a passphrase to move everything under',
      async () => {
        await stage.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
        await fromMenu(stage.page, 'Move to a passphrase vault…')
        for (const name of ['Passphrase', 'Repeat passphrase']) await stage.page.getByLabel(name, { exact: true }).fill(passphrase)
      },
    ],
    [
      'Move it: copied, compared, and only then removed from the keychain',
      async () => {
        await stage.button('Move to the passphrase vault').click()
        await textIn(stage.page, /Latchkey asks for your passphrase when it opens/)
      },
    ],
    [
      'Start again: the passphrase is asked for',
      async () => {
        await stage.restart()
        await stage.page.getByRole('heading', { name: 'Enter your passphrase' }).waitFor()
      },
    ],
    [
      'Type it: everything is there',
      async () => {
        await stage.page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
        await stage.button('Unlock').click()
        await stage.page.getByRole('option', { name: 'ci-deploy' }).click()
        await stage.page.getByText('In your passphrase vault').first().waitFor()
      },
    ],
  ]
}
