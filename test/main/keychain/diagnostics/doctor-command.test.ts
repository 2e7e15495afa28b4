import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { desktopOf } from '../../../../main/keychain/diagnostics/desktop.ts'
import { OsKeychain } from '../../../../main/keychain/os-keychain.ts'
import { Profile } from '../../../../main/settings/profile.ts'
import { openCache } from '../../../../main/realm/cache/open-cache.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import type { Cache } from '../../../../main/vault/ports/cache.ts'
import { RootKey } from '../../../../main/vault/session/root-key.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { wordsFor } from '../../../../renderer/i18n/doctor.ts'
import { checkout } from '../../../../scripts/set-up/checkout.mjs'
import { account } from '../../ports/cache-records.ts'
import { newRecord, valueOf } from '../../vault/fixtures/examined.ts'

interface Ended {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

let folder: string
let profile: Profile
let keychain: OsKeychain
let root: RootKey
/** Open all the while, as in an app that runs. */
let cache: Cache
const cacheFile = (): string => profile.path('cache', 'cache.realm')

/** A profile of two keys, whose values are in the session's keyring. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-test-'))
  profile = new Profile(join(folder, 'profile'))
  keychain = new OsKeychain({ profile: profile.id })
  root = RootKey.generate()
  profile.rootCheck = root.check()
  await keychain.write(items.root, root.toSecret())
  await keychain.write(items.canary, new Secret(root.check()))
  cache = openCache(cacheFile(), root.cacheKey())
  const records = ['ci', 'web'].map((name) => newRecord(name, root))
  cache.commit([{ op: 'put-account', account }, ...records.map((key) => ({ op: 'put-key' as const, key }))])
  for (const { id, name } of records) await keychain.write(items.value(account.id, id), valueOf(name))
})
afterEach(() => {
  cache.close()
  rmSync(folder, { recursive: true })
})

function doctor(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const whole = { ...process.env, LATCHKEY_PROFILE_DIR: profile.folder, ...env }
  return new Promise((resolve) => {
    execFile(process.execPath, [join(checkout, 'scripts/doctor.mjs'), ...args], { env: whole, timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ status: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr }),
    )
  })
}

async function told(args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const { status, stdout } = await doctor([...args, '--json'], env)
  return { status, ...(JSON.parse(stdout) as object) }
}

describe('npm run doctor', () => {
  it('finds all well, while the app has the vault open', async () => {
    const { status, stdout } = await doctor([])
    expect(stdout).toMatch(/The keychain is in order/)
    expect(status).toBe(0)
    expect(await told()).toMatchObject({ status: 0, keychain: 'os', findings: ['fine'], keys: [], keyList: 'read' })
  })

  it('names the key whose value is gone, and what to do, and no value', async () => {
    await keychain.remove(items.value(account.id, newRecord('web', root).id))
    const { status, stdout } = await doctor([])
    expect(stdout).toMatch(/Keys: web\n/)
    for (const { text } of wordsFor('item-missing', desktopOf(process.platform, process.env)).steps) expect(stdout).toContain(text)
    expect(stdout).not.toMatch(/value of/)
    expect(status).toBe(1)
    expect(await told()).toMatchObject({ status: 1, findings: ['item-missing'], keys: [{ name: 'web', finding: 'item-missing' }] })
  })

  it('says that the root key is gone, and looks no further', async () => {
    await keychain.remove(items.root)
    expect(await told()).toMatchObject({ status: 1, findings: ['reset'], keyList: 'not-asked' })
  })

  it('says that the root key is another’s', async () => {
    await keychain.write(items.root, RootKey.generate().toSecret())
    expect(await told()).toMatchObject({ status: 1, findings: ['changed'], keyList: 'not-asked' })
  })

  it('says that a move left copies in the keychain, of a profile that is under a passphrase', async () => {
    profile.keychain = 'guarded'
    writeFileSync(profile.path('left-in-keychain.json'), JSON.stringify([items.root]))
    expect(await told()).toMatchObject({ status: 1, keychain: 'guarded', findings: ['left-behind'] })
    expect((await doctor([])).stdout).toContain('Copies of your values are still in the system’s keychain')
  })

  it('says what is wrong with a session of its own, as with no bus', async () => {
    const nowhere = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'none')}`, XDG_CURRENT_DESKTOP: 'KDE' }
    expect(await told([], nowhere)).toMatchObject({ status: 1, provider: null, desktop: 'kde', findings: ['no-bus'] })
  })

  it('says that the list of keys does not open', async () => {
    cache.close()
    truncateSync(cacheFile(), 4096)
    expect(await told()).toMatchObject({ status: 1, findings: ['fine'], keyList: 'unreadable' })
    const { stdout } = await doctor([])
    expect(stdout).toMatch(/does not open/)
    expect(stdout).not.toMatch(/in order/)
  })

  it.runIf(process.platform === 'linux')(
    'looks at the keychain alone where there is no profile in the usual place yet, and makes none',
    async () => {
      const report = await told([], { LATCHKEY_PROFILE_DIR: '', XDG_CONFIG_HOME: folder })
      expect(report).toMatchObject({ status: 0, profile: join(folder, 'Latchkey'), findings: ['fine'], keyList: 'none' })
      expect(readdirSync(folder)).not.toContain('Latchkey')
    },
  )

  it('says that a passphrase vault has to be opened first', async () => {
    profile.keychain = 'passphrase'
    const { status, stdout } = await doctor([])
    expect(stdout).toMatch(/passphrase/)
    expect(stdout).not.toMatch(/in order/)
    expect(status).toBe(0)
  })

  it('changes nothing and leaves nothing behind', async () => {
    const before = readFileSync(cacheFile())
    const temporary = join(folder, 'temporary')
    mkdirSync(temporary)
    expect(await doctor(['--profile', profile.folder], { TMPDIR: temporary })).toMatchObject({ status: 0 })
    expect(readFileSync(cacheFile()).equals(before)).toBe(true)
    // What runs the program keeps what it compiled.
    expect(readdirSync(temporary).filter((name) => !name.startsWith('tsx-'))).toEqual([])
  })

  it('says that it could not look, and why, and ends with 2', async () => {
    expect(await doctor(['--profile', folder])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/no profile in/) })
    expect(await doctor(['--loud'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/--loud/) })
    writeFileSync(profile.path('profile.json'), '{')
    expect(await doctor([])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/profile\.json/) })
  })

  it('tells how it is asked', async () => {
    const { status, stdout } = await doctor(['--help'])
    expect(stdout).toMatch(/--profile DIR/)
    expect(status).toBe(0)
  })
})
