import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKey, createVault, discard, newProfile, startDesktop } from '../support/app/desktop.ts'
import { type Elsewhere, elsewhere } from '../support/server/elsewhere.ts'
import { type Served, serve } from '../support/server/served-backend.ts'
import { addAccount, register } from '../support/server/server-account.ts'
import { putTlsBefore, type TlsFront } from '../support/server/tls-front.ts'
import { startUnplugged, type Unplugged } from '../support/app/unplugged.ts'
import { sharedFolder } from '../../temporary-folder.ts'

const person = { email: 'dev@example.com', password: 'correct horse' }

/** A profile that was created with a network, opened without any, and later with one again. */
describe('the app without any network', () => {
  let server: Served
  let front: TlsFront
  let app: Unplugged
  let team: Elsewhere
  /** The value of ci-deploy. */
  let value = ''
  const profile = newProfile()
  const data = sharedFolder('latchkey-served-')

  beforeAll(async () => {
    server = await serve(data)
    front = await putTlsBefore(server.url)
    const desktop = await startDesktop(profile, {}, front.switches)
    const { app: main, page, quit } = desktop
    await createVault(page)
    await createKey(page, 'local-backup')
    await addAccount(page)
    await register(desktop, front.url, person)
    for (const name of ['ci-deploy', 'ci-runner', 'mailer']) await createKey(page, name)
    await page.getByRole('option', { name: 'ci-deploy' }).click()
    await page.getByRole('button', { name: 'Copy value' }).click()
    await page.getByText(/Clipboard is cleared in/).waitFor()
    value = await main.evaluate(({ clipboard }) => clipboard.readText())
    await quit()
    team = await elsewhere(server.url, person)
    app = startUnplugged(profile, front.switches)
  })
  afterAll(async () => {
    await front.stop()
    await server.stop()
    discard(profile)
  })

  it('shows the list, and says that it is offline', async () => {
    for (const name of ['ci-deploy', 'ci-runner', 'mailer']) await app.see('option', name)
    const page = await app.read(/Offline since/)
    expect(page).toMatch(/3 of 20 used/)
    expect(page).toMatch(/Synced (just now|\d)/)
    expect(page).not.toMatch(/unreachable|cannot be reached/i)
  })

  it('finds keys by name, by id and by the last four characters of their values', async () => {
    const id = await app.evaluate<string>(
      `latchkey.calls['keys.list'](null).then(({ value }) => value.keys.find(({ name }) => name === 'ci-deploy').id)`,
    )
    for (const text of ['deploy', id, value.slice(-4)]) {
      await app.click('textbox', 'Search keys')
      await app.type(text)
      const page = await app.read(/1 found/)
      expect(page).toContain('ci-deploy')
      expect(page).not.toContain('mailer')
      await app.press('Escape')
      await app.read(/mailer/)
    }
  })

  it('shows a key, reveals its value and copies it', async () => {
    await app.click('option', 'ci-deploy')
    await app.see('heading', 'ci-deploy')
    await app.click('button', 'Reveal value')
    await app.see('button', 'Hide value')
    expect(await app.evaluate(`document.querySelector('[aria-label="Value"] code').innerText.replace(/\\s/g, '')`)).toBe(value)
    await app.click('button', 'Hide value')
    await app.click('button', 'Copy value')
    await app.read(/Clipboard is cleared in/)
    expect(await app.clipboard()).toBe(value)
  })

  it('queues a disabling, and says what it is waiting for', async () => {
    await app.click('button', 'Disable')
    const page = await app.read(/Will be disabled when online/)
    expect(page).toMatch(/1 change is waiting/)
    expect(page).toMatch(/Offline since/)
  })

  it('refuses nothing in the local vault, which needs no network', async () => {
    await switchTo('This computer')
    expect(await app.read(/Vault on this computer/)).not.toMatch(/Offline|waiting/)
    await app.click('button', 'New key')
    await app.click('textbox', 'Name')
    await app.type('made-offline')
    await app.press('Enter')
    await app.read(/Stored in your keychain/)
    await app.click('button', 'Done')
    await app.click('option', 'local-backup')
    await app.click('button', 'Disable')
    await app.see('button', 'Enable')
    await app.click('option', 'made-offline')
    await app.click('button', 'Delete…')
    await app.click('textbox', 'Type')
    await app.type('made-offline')
    await app.click('button', 'Delete key')
    const page = await app.read(/1 of 20 used/)
    expect(page).toMatch(/local-backup[^]*Disabled/)
    expect(page).not.toMatch(/waiting/)
    await switchTo(person.email)
    await app.read(/Offline since/)
  })

  it('shows the list before any network access, and then tries to reach the server only', async () => {
    const shownAt = await app.listShownAt()
    const attempts = await app.quit()
    expect(attempts.filter(({ at }) => at < shownAt).map(({ what }) => what)).toEqual([])
    // It did try, so an earlier attempt would be seen too.
    const whats = new Set(attempts.map(({ what }) => what))
    expect([...whats].filter((what) => what.includes('URL_REQUEST'))).toEqual([`chromium URL_REQUEST_START_JOB ${new URL(front.url).host}`])
    expect([...whats]).toContain('chromium TCP_CONNECT')
    expect([...whats].filter((what) => what.startsWith('node'))).toEqual([])
  })

  it('keeps pending changes across a restart without a network', async () => {
    app = startUnplugged(profile, front.switches)
    await app.see('option', 'ci-deploy')
    const page = await app.read(/1 change is waiting/)
    expect(page).toMatch(/Will be disabled when online/)
    expect(page).toMatch(/Offline since/)
    await app.quit()
    expect(await disabledOnServer()).toEqual([])
  })

  it('makes the change by itself once there is a network', async () => {
    const { page, quit } = await startDesktop(profile, {}, front.switches)
    await expect.poll(disabledOnServer, { timeout: 10_000 }).toEqual(['ci-deploy'])
    await page.getByRole('option', { name: /ci-deploy.*Disabled/ }).waitFor()
    await expect.poll(() => page.locator('body').innerText()).not.toMatch(/waiting/)
    await quit()
  })

  async function disabledOnServer(): Promise<string[]> {
    return (await team.keys()).filter(({ disabled }) => disabled).map(({ name }) => name)
  }

  async function switchTo(account: string): Promise<void> {
    await app.click('button', 'Account:')
    await app.click('menuitemradio', account)
  }
})
