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
  it('returns the same items after it was closed', async () => {
    const { path, vault } = await filledVault()
    vault.wipe()
    expect(await valueIn(await unlock(path))).toBe('the value')
  })

  it('does not open with another passphrase, and is unchanged afterwards', async () => {
    const { path } = await filledVault()
    const before = readFileSync(path, 'utf8')
    for (const other of ['correct horse battery stapl', 'correct horse battery staple ', 'Correct horse battery staple', '']) {
      expect(await codeRejected(unlock(path, new Secret(other)))).toBe('passphrase-wrong')
    }
    expect(readFileSync(path, 'utf8')).toBe(before)
    expect(await valueIn(await unlock(path))).toBe('the value')
  })

  it('opens with the passphrase in composed and decomposed characters', async () => {
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
  ])('refuses a passphrase under twelve characters or of one repeated character: %j', async (weak) => {
    const path = newPath()
    const made = PassphraseKeychain.make({ path, profileId, passphrase: new Secret(weak), cost: minCost })
    expect(await codeRejected(made)).toBe('passphrase-weak')
    expect(existsSync(path)).toBe(false)
  })

  it('is calibrated to about 0.7 s on this computer by default', async () => {
    const path = newPath()
    await PassphraseKeychain.make({ path, profileId, passphrase })
    const { derivation } = JSON.parse(readFileSync(path, 'utf8').split('\n')[0] ?? '') as { derivation: typeof minCost }
    for (const part of ['memory', 'passes', 'lanes'] as const) {
      expect(derivation[part]).toBeGreaterThanOrEqual(minCost[part])
      expect(derivation[part]).toBeLessThanOrEqual(maxCost[part])
    }
    await unlock(path)
  })

  it('is not created with less than the minimum cost', async () => {
    const path = newPath()
    const made = PassphraseKeychain.make({ path, profileId, passphrase, cost: { ...minCost, passes: 1 } })
    expect(await codeRejected(made)).toBe('profile-corrupt')
    expect(existsSync(path)).toBe(false)
  })

  it('is one private file that reveals neither values nor names nor their number', async () => {
    const { path } = await filledVault()
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

  it('is never created over an existing file', async () => {
    const { path, vault } = await filledVault()
    expect(await codeRejected(makeVault(path))).toBe('profile-unusable')
    expect(await valueIn(vault)).toBe('the value')
  })

  // Of two vaults created at once, the later one used to replace the earlier one, which could already hold every value.
  it('is created once if it is requested twice at once', async () => {
    const path = newPath()
    const codes = await Promise.all([codeRejected(makeVault(path)), codeRejected(makeVault(path))])
    expect(codes.sort()).toEqual(['profile-unusable', null].sort())
    await unlock(path)
  })

  it('is set aside unchanged, as often as needed', async () => {
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

  it('refuses a lone surrogate instead of storing a replacement', async () => {
    const vault = await makeVault()
    expect(await vault.write(name, new Secret('\ud83d'))).toEqual({ outcome: 'mismatch' })
    expect(await vault.read(name)).toEqual({ outcome: 'absent' })
  })

  it('is discarded only when it is empty', async () => {
    const { path, vault } = await filledVault()
    expect(await vault.discard()).toBe(false)
    expect(await valueIn(vault)).toBe('the value')
    await vault.remove(name)
    expect(await vault.discard()).toBe(true)
    expect(existsSync(path)).toBe(false)
  })
})

describe('a passphrase vault that cannot be used', () => {
  it('is locked after a wipe, including calls that wait', async () => {
    const { path, vault } = await filledVault()
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

  it('does not treat a file that disappeared as an empty vault, and creates none', async () => {
    const { path, vault } = await filledVault()
    rmSync(path)
    const calls = [vault.read(name), vault.write('root', new Secret('another')), vault.remove(name)]
    expect(await Promise.all(calls)).toEqual(calls.map(() => ({ outcome: 'unavailable' })))
    expect(existsSync(path)).toBe(false)
    expect(await codeRejected(unlock(path))).toBe('profile-corrupt')
  })

  it('refuses another vault’s file in its place, and leaves it', async () => {
    const [path, other] = [newPath(), newPath()]
    const vault = await makeVault(path)
    await (await makeVault(other)).write(name, new Secret('another'))
    writeFileSync(path, readFileSync(other))
    expect(await vault.read(name)).toEqual({ outcome: 'unavailable' })
    expect(await vault.write(name, new Secret('mine'))).toEqual({ outcome: 'unavailable' })
    expect(readFileSync(path)).toEqual(readFileSync(other))
  })

  it('reports a failed write, and keeps its content', async () => {
    const { path, vault } = await filledVault()
    const kept = readFileSync(path)
    rmSync(path)
    mkdirSync(path) // a folder can be neither read nor replaced as a file
    expect(await vault.write(name, new Secret('another'))).toEqual({ outcome: 'unavailable' })
    expect(await codeRejected(unlock(path))).toBe('profile-unusable')
    rmSync(path, { recursive: true })
    writeFileSync(path, kept)
    expect(await valueIn(vault)).toBe('the value')
  })

  it('is refused if its folder does not exist', async () => {
    const path = `${newPath()}/none/passphrase-vault`
    expect(await codeRejected(makeVault(path))).toBe('profile-unusable')
    expect(codeThrown(() => PassphraseKeychain.setAside(path))).toBe(null)
  })
})

async function filledVault(): Promise<{ path: string; vault: PassphraseKeychain }> {
  const path = newPath()
  const vault = await makeVault(path)
  await vault.write(name, new Secret('the value'))
  return { path, vault }
}

async function valueIn(vault: PassphraseKeychain): Promise<string | null> {
  const read = await vault.read(name)
  return read.outcome === 'ok' ? read.secret.expose() : null
}
