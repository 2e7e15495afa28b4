import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Desktop } from './desktop.ts'
import { discard, keyringItems, newProfile, startDesktop } from './desktop.ts'

/**
 * The main job, done in a real window with a real keyring: a picture a step, and `tour.json` with
 * `steps: [{name, ok, ms}]`. A step that fails says why and ends the tour: the next ones build on it.
 */
const { values } = parseArgs({ options: { out: { type: 'string' } } })
const out = values.out
if (out === undefined) throw new Error('Say where the pictures go: --out DIR')
mkdirSync(out, { recursive: true })

const profile = newProfile()
let desktop: Desktop = await startDesktop(profile)
const page = (): Desktop['page'] => desktop.page
const button = (name: string | RegExp) => page().getByRole('button', { name })
const steps: { name: string; ok: boolean; ms: number }[] = []
let value = ''

const journey: [name: string, step: () => Promise<unknown>][] = [
  ['Open the app', () => button('Create a vault on this computer').waitFor()],
  [
    'Make a vault on this computer',
    async () => {
      await button('Create a vault on this computer').click()
      await page().getByRole('heading', { name: 'Create your first key' }).waitFor()
    },
  ],
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
      await page().getByRole('option', { name: /backup-nas/ }).click()
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
      const { id } = JSON.parse(readFileSync(join(profile, 'profile.json'), 'utf8')) as { id: string }
      const [key] = await listed()
      const [kept] = keyringItems(id, [`value/${key?.accountId}/${key?.id}`])
      if (kept !== value) throw new Error('the keyring does not hold the value that the window showed')
    },
  ],
  [
    'Hide it and copy it',
    async () => {
      await button('Hide value').click()
      await button('Copy value').click()
      await page().getByText(/Clipboard is cleared in/).waitFor()
      const copied = await desktop.app.evaluate(({ clipboard }) => clipboard.readText())
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
      const key = (await listed()).find(({ name }) => name === 'backup-nas')
      await page().keyboard.press('Control+f')
      await page().getByRole('textbox', { name: 'Search keys' }).fill(key?.id ?? '')
      await page().getByText('1 found').waitFor()
    },
  ],
  [
    'Look a key up by its name',
    async () => {
      await page().getByRole('textbox', { name: 'Search keys' }).fill('runner')
      await page().getByRole('option', { name: /ci-runner/ }).click()
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
      await desktop.quit()
      desktop = await startDesktop(profile)
      await page().getByRole('option', { name: /backup-nas/ }).click()
      await button('Reveal value').click()
      await button('Hide value').waitFor()
      const shown = (await page().locator('[aria-label="Value"] code').first().innerText()).replace(/\s/g, '')
      if (shown !== value) throw new Error('the value changed over a restart')
      await button('Hide value').click()
    },
  ],
  [
    'Turn the lights off',
    async () => {
      await button(/^Account:/).click()
      await page().getByRole('menuitemradio', { name: 'Dark' }).click()
      await page().keyboard.press('Escape')
      await page().locator('html[data-theme="dark"]').waitFor()
    },
  ],
]

for (const [index, [name, step]] of journey.entries()) {
  const begun = performance.now()
  let failure: unknown = null
  try {
    await step()
  } catch (error) {
    failure = error
  }
  const ms = Math.round(performance.now() - begun)
  steps.push({ name, ok: failure === null, ms })
  const picture = `${String(index + 1).padStart(2, '0')}-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.png`
  await page().waitForTimeout(200) // for a person's eye: the picture is of the settled screen
  await page().screenshot({ path: join(out, picture) })
  process.stdout.write(`${failure === null ? 'ok' : 'FAILED'}  ${name} (${ms} ms)\n`)
  if (failure !== null) {
    process.stdout.write(`        ${failure instanceof Error ? failure.message : String(failure)}\n`)
    break
  }
}
writeFileSync(join(out, 'tour.json'), `${JSON.stringify({ steps }, null, 2)}\n`)
await desktop.quit()
discard(profile)
process.exit(steps.length === journey.length && steps.every(({ ok }) => ok) ? 0 : 1)

async function listed(): Promise<{ accountId: string; id: string; name: string }[]> {
  const answer = await page().evaluate(() => window.latchkey.calls['keys.list'](null))
  if (!answer.ok) throw new Error(answer.code)
  return answer.value.keys.map(({ id, name }) => ({ accountId: answer.value.accountId ?? '', id, name }))
}
