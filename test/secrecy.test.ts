import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Desktop } from './e2e/support/app/desktop.ts'
import { createKey, discard, startDesktop, startWithVault } from './e2e/support/app/desktop.ts'
import { filesBelow, readIfThere } from './files.ts'
import { keyringItems } from './e2e/support/keyring/keyring.ts'

/**
 * Secrets are searched for everywhere they could be, and may be found in two places only: the keyring, and the answer to Reveal. They are
 * real: two keys' values, the session's refresh token and the local vault's password, all taken from the keyring.
 */
describe('a secret', () => {
  let desktop: Desktop
  let secrets: Record<string, string>
  let crossed: { reveal: string; rest: string }
  let processes: string

  beforeAll(async () => {
    desktop = await startWithVault()
    await listen(desktop)
    await createKey(desktop.page, 'first')
    await createKey(desktop.page, 'second')
    const ids = await keyIds(desktop)
    await desktop.page.getByRole('button', { name: 'Reveal value' }).click()
    await desktop.page.getByRole('button', { name: 'Hide value' }).click()
    await desktop.page.getByRole('button', { name: 'Copy value' }).click()
    await everyCall(desktop, ids)
    crossed = await heard(desktop)
    processes = processTree(desktop.app.process().pid ?? 0)
    secrets = keyringSecrets(desktop.profile, ids)
  })
  afterAll(() => discard(desktop.profile))

  it('is in the keyring', () => {
    const shapes = Object.fromEntries(Object.entries(secrets).map(([name, text]) => [name, text.length > 40]))
    expect(shapes).toEqual({ first: true, second: true, token: true, password: true })
  })

  it('crosses into the window in the answer to Reveal only', () => {
    expect(crossed.reveal).toContain(secrets['second'])
    expect(leaksIn(crossed.rest)).toEqual([])
    expect(crossed.rest).toContain('"name":"first"')
  })

  it('is in no process’s arguments, environment or title', async () => {
    expect(processes).toMatch(/--type=renderer/)
    expect(leaksIn(processes)).toEqual([])
    expect(leaksIn(await desktop.page.title())).toEqual([])
  })

  it('does not stay in the page once it is hidden', async () => {
    expect(leaksIn(await desktop.page.content())).toEqual([])
  })

  it('leaves the clipboard when the app quits', async () => {
    expect(await desktop.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(secrets['second'])
    const profile = desktop.profile
    await desktop.quit()
    desktop = await startDesktop(profile)
    expect(await desktop.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('')
    await desktop.quit()
  })

  it('is in no file of the profile, and no token there is a usable one', () => {
    const files = filesBelow(desktop.profile)
    const leaks = files.flatMap((file) => leaksIn(readFileSync(file, 'latin1')).map((name) => [name, file]))
    expect(leaks).toEqual([])
    const tokens = files.flatMap((file) => readFileSync(file, 'latin1').match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g) ?? [])
    expect(tokens.length).toBeGreaterThan(0)
    expect(tokens.filter((token) => !token.endsWith('.placeholder'))).toEqual([])
  })

  it('is in nothing that the app printed', () => {
    expect(leaksIn(desktop.output())).toEqual([])
  })

  it('would have been found: the search sees a secret in a file, in base64 and in UTF-16', () => {
    const value = secrets['first'] ?? ''
    expect(leaksIn(`x${value}x`)).toEqual(['first'])
    expect(leaksIn(Buffer.from(value).toString('base64'))).toEqual(['first'])
    expect(leaksIn(Buffer.from(value, 'utf16le').toString('latin1'))).toEqual(['first'])
  })

  function leaksIn(text: string): string[] {
    return Object.entries(secrets)
      .filter(([, secret]) => forms(secret).some((form) => text.includes(form)))
      .map(([name]) => name)
  }
})

describe('the source', () => {
  const root = resolve(import.meta.dirname, '..')
  const uses = (folder: string): string[] =>
    filesBelow(join(root, folder))
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\.expose\(\)/g)].map(() => file.slice(root.length + 1)))

  it('opens a Secret in these places and no others', () => {
    const counts: Record<string, number> = {}
    for (const file of uses('main')) counts[file] = (counts[file] ?? 0) + 1
    expect(counts).toEqual({
      'main/agent/browser/browser-calls.ts': 1, // what a site was approved to get, on its way into the sealed answer
      'main/agent/browser/stored-key-pair.ts': 1, // our own key of a pairing: no value
      'main/agent/command/command-calls.ts': 2, // what a program was approved to get, and a tool that logs in, on its way into the answer
      'main/transfer/backup/body.ts': 1, // sealed into a backup
      'main/transfer/backup/embedded-login.ts': 1, // the local vault's own sign-in, tried on a backup's backend: no value
      'main/ipc/handlers.ts': 1, // reveal
      'main/keychain/os-with-passphrase.ts': 2, // write, sealed, and what was sealed
      'main/keychain/os-keychain.ts': 1, // write
      'main/keychain/passphrase/derivation.ts': 1, // the passphrase, into Argon2id
      'main/keychain/passphrase/passphrase-keychain.ts': 1, // write, sealed
      'main/transfer/import/keepass/key-derivation.ts': 1, // the passphrase of another program's file, into its key derivation: no value
      'main/transfer/export/export-text.ts': 1, // a plain export, which its person has confirmed
      'main/outlets/clipboard.ts': 1, // copy, and its digests
      'main/outlets/typist/typist.ts': 1, // typed into another window
      'main/realm/server/key-server.ts': 5, // what a person typed, on its way to the SDK
      'main/realm/server/transport.ts': 1, // the real token, on its way to the server
      'main/vault/accounts/account-directory.ts': 3, // which accounts there are, and of the local sign-in its account: no values
      'main/vault/journal/check-journal.ts': 1, // the number and hash of the journal's last line: no value
      'main/vault/accounts/local-account.ts': 1, // the local vault's own sign-in
      'main/vault/journal/pending-lines.ts': 1, // journal lines of a read-only vault: no values
      'main/vault/session/root-key.ts': 3, // the root key parsed, a value sealed, a value's fingerprint
      'main/vault/accounts/pending-sign-ins.ts': 1, // which sign-ins are under way: no values
      'main/vault/keychain/value-index.ts': 1, // which values each account has, by their ids: no values
      'main/vault/keys/add-value.ts': 1, // a value that a person pasted, without the blanks around it
      'main/vault/stored-values/value-fault.ts': 1, // the same, for a key from elsewhere
      'main/vault/stored-values/issuing-service.ts': 1, // matched against the formats of services, in this process
    })
  })
})

/** The forms in which a secret could be stored. Of base64 only the middle, which does not depend on what precedes it. */
function forms(secret: string): string[] {
  const shifted = [0, 1, 2].map((offset) =>
    Buffer.from('_'.repeat(offset) + secret)
      .toString('base64')
      .slice(4, -6),
  )
  return [secret, encodeURIComponent(secret), Buffer.from(secret, 'utf16le').toString('latin1'), ...shifted]
}

function keyringSecrets(profile: string, ids: Record<string, string>): Record<string, string> {
  const account = ids['account'] ?? ''
  const names = [`value/${account}/${ids['first']}`, `value/${account}/${ids['second']}`, `session/${account}`, 'local']
  const [first, second, token, local] = keyringItems(profile, names)
  return { first: first ?? '', second: second ?? '', token: token ?? '', password: local?.split(' ')[2] ?? '' }
}

async function keyIds(desktop: Desktop): Promise<Record<string, string>> {
  const answer = await desktop.page.evaluate(() => window.latchkey.calls['keys.list'](null))
  if (!answer.ok) throw new Error(answer.code)
  const keys = answer.value.keys.map(({ name, id }) => [name, id])
  return { account: answer.value.accountId ?? '', ...Object.fromEntries(keys) }
}

/** Records everything that main sends to the page from now on. */
async function listen({ page }: Desktop): Promise<void> {
  await page.evaluate(() => {
    const log: string[] = []
    for (const event of Object.values(window.latchkey.events)) {
      ;(event as (heard: (payload: unknown) => void) => void)((payload) => log.push(JSON.stringify(payload)))
    }
    Object.assign(window, { heard: log })
  })
}

/** Makes every call once more, with valid and invalid input, and records the answers beside the events. */
async function everyCall({ page }: Desktop, ids: Record<string, string>): Promise<void> {
  await page.evaluate(async ({ first, second }) => {
    const { calls } = window.latchkey
    const id = first ?? ''
    const state = await calls['app.state'](null)
    const accountId = state.ok ? (state.value.current ?? '') : ''
    const kept = (window as unknown as { heard: string[] }).heard
    const keep = (answer: unknown): void => void kept.push(JSON.stringify(answer))
    keep(await calls['app.state'](null))
    keep(await calls['app.setTheme']({ theme: 'light' }))
    keep(await calls['accounts.openLocal'](null))
    keep(await calls['keys.list'](null))
    keep(await calls['keys.sync'](null))
    keep(await calls['keys.lookUp']({ accountId, by: 'id', id }))
    keep(await calls['keys.lookUp']({ accountId, by: 'name', name: 'first' }))
    keep(await calls['keys.create']({ accountId, name: 'first' }))
    keep(await calls['keys.create']({ accountId, name: 'not a name' }))
    keep(await calls['keys.disable']({ accountId, id }))
    keep(await calls['keys.enable']({ accountId, id }))
    keep(await calls['keys.delete']({ accountId, id, name: 'wrong' }))
    keep(await calls['keys.copy']({ accountId, id: second ?? '' }))
    keep(await calls['keys.verify']({ accountId, id: second ?? '' }))
    keep(await calls['keys.verifyAll']({ accountId }))
    keep(await calls['keys.addValue']({ accountId, id: second ?? '', value: 'of no key' }))
    keep(await calls['values.store']({ name: 'not a name', value: 'of no key' }))
    keep(await calls['keychain.examine'](null))
    keep(await calls['keys.forServer']({ server: { url: 'https://keys.example', appId: 'app' } }))
    keep(await calls['keys.parseSite']({ url: 'console.example.com' }))
    keep(await calls['keys.addSite']({ accountId, id, url: 'console.example.com', subdomains: true }))
    keep(await calls['keys.outlets']({ accountId, id: second ?? '' }))
    keep(await calls['approvals.list'](null))
    keep(await calls['browsers.list'](null))
    keep(await calls['accounts.list'](null))
    keep(await calls['transfer.authorisation']({ scope: 'all' }))
    keep(await calls['transfer.export']({ format: 'env', proof: { by: 'name', name: 'This computer' } }))
    keep(await calls['transfer.restore']({ ticket: 'f'.repeat(16), passphrase: 'of no backup' }))
    keep(await calls['settings.get'](null))
    keep(await calls['keys.reveal']({ accountId, id: 'f'.repeat(24) }))
    const revealed = await calls['keys.reveal']({ accountId, id: second ?? '' })
    Object.assign(window, { revealed: JSON.stringify(revealed) })
  }, ids)
}

async function heard({ page }: Desktop): Promise<{ reveal: string; rest: string }> {
  return page.evaluate(() => {
    const { heard: rest, revealed } = window as unknown as { heard: string[]; revealed: string }
    Object.assign(window, { heard: [], revealed: '' })
    return { reveal: revealed, rest: rest.join('\n') }
  })
}

/** Arguments and environment of a process and all below it. */
function processTree(pid: number): string {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const children = all.filter((name) => parentOf(name) === pid).map(Number)
  const own = ['cmdline', 'environ'].map((what) => readIfThere(`/proc/${pid}/${what}`))
  return [...own, ...children.map(processTree)].join('\n')
}

function parentOf(name: string): number {
  return Number(/^PPid:\s*(\d+)/m.exec(readIfThere(`/proc/${name}/status`))?.[1] ?? -1)
}
