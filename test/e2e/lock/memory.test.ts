import { execFile } from 'node:child_process'
import { hkdfSync } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { latchkey } from '../../clients/command-line.ts'
import {
  comeBack,
  createKey,
  createVault,
  definedEnvironment,
  type Desktop,
  electronPath,
  lock,
  newProfile,
  quitAndDiscard,
  startDesktop,
} from '../support/app/desktop.ts'
import { keyringItems } from '../support/keyring/keyring.ts'
import { windowPage } from '../support/app/window-page.ts'
import { keyIn } from '../support/pages/key-in.ts'
import { textIn } from '../support/pages/main-window.ts'
import { answerPrompt } from '../support/pages/prompt.ts'
import { revealed } from '../support/pages/revealed.ts'
import { type Needle, processesOf, searchMemory, secretForms, textForms } from './memory.ts'

const names = ['quorra-payments', 'zyzzyva-deploy'] as const

const program = join(import.meta.dirname, 'in-namespace.sh')

/** The real app after every kind of use, and a reader with access to all of its memory. Linux only, where the kernel allows it. */
describe.runIf(process.platform === 'linux')('the memory of all processes of the app, after a lock', () => {
  let desktop: Desktop
  let needles: Needle[]
  const profile = newProfile()
  const environment = { LATCHKEY_PROFILE_DIR: profile }
  const search = (): ReturnType<typeof searchMemory> =>
    searchMemory(processesOf(desktop.process.pid ?? 0, `LATCHKEY_PROFILE_DIR=${profile}`), needles)

  beforeAll(async () => {
    desktop = await startDesktop(profile, { APP_PROGRAM: electronPath() }, [], program)
    await createVault(desktop.page)
    for (const name of names) await createKey(desktop.page, name)
    needles = await needlesOf(desktop)
  }, 60_000)
  afterAll(() => quitAndDiscard(desktop))

  it('contained names, values and their encryption keys while the vault was open', async () => {
    await useAll()
    const { found } = search()
    // That key is in memory only briefly, each time that it is needed.
    for (const { name } of needles.filter(({ name }) => name !== 'the key that seals')) expect(found).toContain(`${name} in main`)
    for (const name of names) expect(found).toContain(`the name ${name} in renderer`)
  }, 60_000)

  it('contains none of them after a lock: it is another program in the same process', async () => {
    const before = processesOf(desktop.process.pid ?? 0, environment.LATCHKEY_PROFILE_DIR)
    await lock(desktop)
    const { found, bytes } = search()
    expect(found).toEqual([])
    expect(bytes).toBeGreaterThan(50e6)
    const after = processesOf(desktop.process.pid ?? 0, environment.LATCHKEY_PROFILE_DIR)
    expect(after.filter((pid) => before.includes(pid))).toEqual([desktop.process.pid])
  }, 60_000)

  it('contains none after a second lock, by the keyboard shortcut', async () => {
    await unlock()
    await useAll()
    expect(new Set(search().found).size).toBeGreaterThan(5)
    await comeBack(desktop, () => desktop.page.keyboard.press('Control+l'))
    expect(search().found).toEqual([])
  }, 60_000)

  it('contains none after a lock that came during opening', async () => {
    await comeBack(desktop, () =>
      desktop.page.evaluate(() => {
        void window.latchkey.calls['app.retry'](null)
        void window.latchkey.calls['app.lock'](null)
      }),
    )
    expect(search().found).toEqual([])
  }, 60_000)

  async function unlock(): Promise<void> {
    await desktop.page.getByRole('button', { name: 'Unlock' }).click()
    await desktop.page.getByRole('option', { name: names[0] }).waitFor()
  }

  /** Uses a value in every way, and shows names everywhere. */
  async function useAll(): Promise<void> {
    for (const name of names) {
      await revealed(desktop.page, name)
      await desktop.page.getByRole('button', { name: 'Copy value' }).click()
      await textIn(desktop.page, /clipboard/i)
    }
    const got = run('get', names[0])
    await answerPrompt(desktop, 'Allow')
    await got
    await run('quick')
    const palette = await windowPage(desktop.app, 'palette')
    await palette.getByRole('option', { name: names[1] }).waitFor()
    await palette.keyboard.press('Escape')
  }

  /** From within the app's namespace: outside, the command is another user for the app. */
  function run(...words: string[]): Promise<unknown> {
    const into = ['--user', '--preserve-credentials', '--target', String(desktop.process.pid), '--']
    return promisify(execFile)('nsenter', [...into, latchkey, ...words], { env: { ...definedEnvironment(), ...environment } })
  }
})

describe.runIf(process.platform === 'linux')('the memory of all processes of the app, under a passphrase', () => {
  const passphrase = 'seven wombats waltz across Wyoming'
  const wrong = 'seven wombats waltz across Nebraska'
  let desktop: Desktop
  const profile = newProfile()
  const needles = [passphrase, wrong].map((text) => ({ name: text, forms: textForms(text.slice(-16)) }))
  const found = (): string[] => searchMemory(processesOf(desktop.process.pid ?? 0, `LATCHKEY_PROFILE_DIR=${profile}`), needles).found

  beforeAll(async () => {
    desktop = await startDesktop(profile, { APP_PROGRAM: electronPath() }, [], program)
    await createVault(desktop.page)
    await createKey(desktop.page, names[0])
  }, 60_000)
  afterAll(() => quitAndDiscard(desktop))

  it('contains the passphrase while the vault is open, and not after a lock', async () => {
    await desktop.page.evaluate((chosen) => window.latchkey.calls['keychain.usePassphrase']({ passphrase: chosen }), passphrase)
    expect(found()).toContain(`${passphrase} in main`)
    await lock(desktop)
    expect(found()).toEqual([])
  }, 60_000)

  it('contains no wrong passphrase after the next lock', async () => {
    await enter(wrong)
    await desktop.page.getByText(/That is not the passphrase/).waitFor()
    expect(found()).toContain(`${wrong} in main`)
    await lock(desktop)
    expect(found()).toEqual([])
  }, 60_000)

  it('contains none after it was unlocked with it and locked again', async () => {
    await enter(passphrase)
    await desktop.page.getByRole('option', { name: names[0] }).waitFor()
    await lock(desktop)
    expect(found()).toEqual([])
  }, 60_000)

  async function enter(text: string): Promise<void> {
    await desktop.page.getByRole('textbox', { name: 'Passphrase' }).fill(text)
    await desktop.page.keyboard.press('Enter')
  }
})

/** As the keychain has them. */
async function needlesOf(desktop: Desktop): Promise<Needle[]> {
  const root = Buffer.from(keyringItems(desktop.profile, ['root'])[0] ?? '', 'base64url')
  const derived = (purpose: string, length: number): Buffer => Buffer.from(hkdfSync('sha256', root, '', purpose, length))
  const values = await Promise.all(
    names.map(async (name) => {
      const value = Buffer.from((await keyIn(desktop, name)).value)
      return { name: `the value of ${name}`, forms: [...secretForms(value), ...secretForms(Buffer.from(value.toString(), 'utf16le'))] }
    }),
  )
  return [
    ...values,
    ...names.map((name) => ({ name: `the name ${name}`, forms: textForms(name) })),
    { name: 'the root key', forms: secretForms(root) },
    { name: 'the key of the cache', forms: secretForms(derived('latchkey cache v1', 64)) },
    { name: 'the key that seals', forms: secretForms(derived('latchkey seal v1', 32)) },
  ]
}
