import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { maxCost, minCost } from '../../../../main/keychain/passphrase/derivation.ts'
import { PassphraseKeychain } from '../../../../main/keychain/passphrase/passphrase-keychain.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { codeRejected, codeThrown } from '../../vault/fixtures/refused.ts'
import { makeVault, newPath, passphrase, profileId, unlock } from './passphrase-vaults.ts'

const name = 'value/a0a0a0a0a0a0a0a0/64a000000000000000000001'

describe('a passphrase vault', () => {
  it('gives the same items again after it was closed', async () => {
    const path = newPath()
    const vault = await makeVault(path)
    await vault.write(name, new Secret('the value'))
    vault.wipe()
    expect((await readFrom(await unlock(path), name))?.expose()).toBe('the value')
  })

  it('does not open with another passphrase, and is as it was afterwards', async () => {
    const path = newPath()
    await (await makeVault(path)).write(name, new Secret('the value'))
    const before = readFileSync(path, 'utf8')
    for (const other of ['correct horse battery stapl', 'correct horse battery staple ', 'Correct horse battery staple', '']) {
      expect(await codeRejected(unlock(path, new Secret(other)))).toBe('passphrase-wrong')
    }
    expect(readFileSync(path, 'utf8')).toBe(before)
    expect((await readFrom(await unlock(path), name))?.expose()).toBe('the value')
  })

  it('opens however the keyboard composed the passphrase', async () => {
    const path = newPath()
    await PassphraseKeychain.make({ path, profileId, passphrase: new Secret('caf\u00e9 caf\u00e9 caf\u00e9'), cost: minCost })
    await unlock(path, new Secret('cafe\u0301 cafe\u0301 cafe\u0301'))
  })

  it.each([
    '',
    'x',
    'elevenchars',
    'a'.repeat(40),
    '🔑'.repeat(12),
    'e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301-?!',
    ' '.repeat(20),
  ])('is not made under less than twelve characters, or one repeated: %j', async (weak) => {
    const path = newPath()
    const made = PassphraseKeychain.make({ path, profileId, passphrase: new Secret(weak), cost: minCost })
    expect(await codeRejected(made)).toBe('passphrase-weak')
    expect(existsSync(path)).toBe(false)
  })

  it('costs what this computer takes about 0.7 s for, where nothing else is said', async () => {
    const path = newPath()
    await PassphraseKeychain.make({ path, profileId, passphrase })
    const { derivation } = JSON.parse(readFileSync(path, 'utf8').split('\n')[0] ?? '') as { derivation: typeof minCost }
    for (const part of ['memory', 'passes', 'lanes'] as const) {
      expect(derivation[part]).toBeGreaterThanOrEqual(minCost[part])
      expect(derivation[part]).toBeLessThanOrEqual(maxCost[part])
    }
    await unlock(path)
  })

  it('is not made cheaper than the floor', async () => {
    const path = newPath()
    const made = PassphraseKeychain.make({ path, profileId, passphrase, cost: { ...minCost, passes: 1 } })
    expect(await codeRejected(made)).toBe('profile-corrupt')
    expect(existsSync(path)).toBe(false)
  })

  it('is one file, its user’s alone, that shows neither values nor names nor how many there are', async () => {
    const path = newPath()
    const vault = await makeVault(path)
    await vault.write(name, new Secret('the value'))
    expect(readdirSync(dirname(path))).toEqual([basename(path)])
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const { body, ...rest } = JSON.parse(readFileSync(path, 'utf8').split('\n')[0] ?? '') as { body: string }
    expect(rest).toEqual({
      version: 1,
      profile: profileId,
      derivation: { algorithm: 'argon2id', ...minCost, salt: expect.stringMatching(/^[\w-]{22}$/) },
      key: expect.stringMatching(/^[\w-]{80}$/),
    })
    const bytes = Buffer.from(body, 'base64url').toString('latin1')
    for (const hidden of ['the value', 'value/', 'a0a0a0', Buffer.from('the value').toString('base64url')])
      expect(bytes).not.toContain(hidden)
  })

  it('is never made over a file that is there', async () => {
    const path = newPath()
    const vault = await makeVault(path)
    await vault.write(name, new Secret('the value'))
    expect(await codeRejected(makeVault(path))).toBe('profile-unusable')
    expect((await readFrom(vault, name))?.expose()).toBe('the value')
  })

  // The later one's file once took the place of the earlier one's, which could hold every value by then.
  it('is made once when it is asked for twice at once', async () => {
    const path = newPath()
    const codes = await Promise.all([codeRejected(makeVault(path)), codeRejected(makeVault(path))])
    expect(codes.sort()).toEqual(['profile-unusable', null].sort())
    await unlock(path)
  })

  it('is set aside beside itself, whole, as often as it has to be', async () => {
    const path = newPath()
    PassphraseKeychain.setAside(path)
    const texts: string[] = []
    for (let count = 0; count < 3; count += 1) {
      await makeVault(path)
      texts.push(readFileSync(path, 'utf8'))
      PassphraseKeychain.setAside(path)
    }
    const beside = readdirSync(dirname(path))
    for (const file of beside) expect(file).toMatch(/^passphrase-vault\.set-aside-\d{8}T\d{6}(-\d)?$/)
    expect(beside.map((file) => readFileSync(`${dirname(path)}/${file}`, 'utf8')).sort()).toEqual(texts.sort())
  })

  it('refuses half a character instead of keeping another in its place', async () => {
    const vault = await makeVault()
    expect(await vault.write(name, new Secret('\ud83d'))).toEqual({ outcome: 'mismatch' })
    expect(await vault.read(name)).toEqual({ outcome: 'absent' })
  })

  it('is discarded once it is empty, and not before', async () => {
    const path = newPath()
    const vault = await makeVault(path)
    await vault.write(name, new Secret('the value'))
    expect(await vault.discard()).toBe(false)
    expect((await readFrom(vault, name))?.expose()).toBe('the value')
    await vault.remove(name)
    expect(await vault.discard()).toBe(true)
    expect(existsSync(path)).toBe(false)
  })
})

describe('a passphrase vault that cannot be used', () => {
  it('is locked once wiped, also for calls that wait', async () => {
    const path = newPath()
    const vault = await makeVault(path)
    await vault.write(name, new Secret('the value'))
    const before = readFileSync(path, 'utf8')
    const waiting = [vault.read(name), vault.write(name, new Secret('another')), vault.remove(name)]
    vault.wipe()
    waiting.push(vault.read('root'), vault.write('root', new Secret('')), vault.remove('root'))
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => ({ outcome: 'locked' })))
    expect(await codeRejected(vault.discard())).toBe('locked')
    expect(readFileSync(path, 'utf8')).toBe(before)
    rmSync(path)
    expect(await vault.read(name)).toEqual({ outcome: 'locked' })
  })

  it('takes a file that went away while it was open for no empty vault, and makes none', async () => {
    const path = newPath()
    const vault = await makeVault(path)
    await vault.write(name, new Secret('the value'))
    rmSync(path)
    const calls = [vault.read(name), vault.write('root', new Secret('another')), vault.remove(name)]
    expect(await Promise.all(calls)).toEqual(calls.map(() => ({ outcome: 'unavailable' })))
    expect(existsSync(path)).toBe(false)
    expect(await codeRejected(unlock(path))).toBe('profile-corrupt')
  })

  it('takes another vault put in its place for none of its own, and leaves it', async () => {
    const [path, other] = [newPath(), newPath()]
    const vault = await makeVault(path)
    await (await makeVault(other)).write(name, new Secret('another'))
    writeFileSync(path, readFileSync(other))
    expect(await vault.read(name)).toEqual({ outcome: 'unavailable' })
    expect(await vault.write(name, new Secret('mine'))).toEqual({ outcome: 'unavailable' })
    expect(readFileSync(path)).toEqual(readFileSync(other))
  })

  it('says that a write failed when the disk takes no file, and keeps what it had', async () => {
    const path = newPath()
    const vault = await makeVault(path)
    await vault.write(name, new Secret('the value'))
    const kept = readFileSync(path)
    rmSync(path)
    mkdirSync(path) // a folder in its place can be neither read as a file nor replaced by one
    expect(await vault.write(name, new Secret('another'))).toEqual({ outcome: 'unavailable' })
    expect(await codeRejected(unlock(path))).toBe('profile-unusable')
    rmSync(path, { recursive: true })
    writeFileSync(path, kept)
    expect((await readFrom(vault, name))?.expose()).toBe('the value')
  })

  it('says so when there is no folder to make it in, or to set it aside in', async () => {
    const path = `${newPath()}/none/passphrase-vault`
    expect(await codeRejected(makeVault(path))).toBe('profile-unusable')
    expect(codeThrown(() => PassphraseKeychain.setAside(path))).toBe(null)
  })
})

async function readFrom(vault: PassphraseKeychain, item: string): Promise<Secret | null> {
  const read = await vault.read(item)
  return read.outcome === 'ok' ? read.secret : null
}
