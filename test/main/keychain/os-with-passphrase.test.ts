import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { OsWithPassphrase } from '../../../main/keychain/os-with-passphrase.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { readIndex } from '../../../main/vault/keychain/value-index.ts'
import { ValueIndexes } from '../../../main/vault/keychain/value-indexes.ts'
import { MemoryKeychain } from '../fakes/keychain.ts'
import { codeRejected } from '../vault/fixtures/refused.ts'
import { flipped, forge, guardedOver, makeVault, newPath, passphrase, profileId } from './passphrase/passphrase-vaults.ts'

const value = 'Zq4tWw8yXk2mVb6nRc0pLd9s'

async function guarded() {
  const inner = new MemoryKeychain()
  const place = { path: newPath(), profileId, inner }
  const keychain = await guardedOver(inner, place.path)
  keychain.save()
  await keychain.write('value/a/1', new Secret(value))
  return { inner, place, keychain }
}

describe('the OS keychain under a passphrase', () => {
  it('stores items sealed; neither the keychain nor the file reveals a value', async () => {
    const { inner, place, keychain } = await guarded()
    const read = await keychain.read('value/a/1')
    expect(read.outcome === 'ok' && read.secret.expose()).toBe(value)
    expect([...inner.items.keys()]).toEqual(['guarded-a/value/a/1'])
    const all = `${[...inner.items.values()].join('\n')}\n${readFileSync(place.path, 'utf8')}`
    for (const hidden of [value, Buffer.from(value).toString('base64url'), passphrase.expose()]) expect(all).not.toContain(hidden)
  })

  it('opens with its passphrase only', async () => {
    const { place } = await guarded()
    const again = await OsWithPassphrase.unlock({ ...place, passphrase })
    expect(await again.read('value/a/1')).toMatchObject({ outcome: 'ok' })
    expect(await codeRejected(OsWithPassphrase.unlock({ ...place, passphrase: new Secret('not the right passphrase') }))).toBe(
      'passphrase-wrong',
    )
  })

  it('refuses a weak passphrase', async () => {
    const { inner, keychain } = await guarded()
    expect(await codeRejected(OsWithPassphrase.make({ path: newPath(), profileId, inner, passphrase: new Secret('too short') }))).toBe(
      'passphrase-weak',
    )
    expect(await codeRejected(keychain.renewed(new Secret('aaaaaaaaaaaaaa')))).toBe('passphrase-weak')
  })

  it('refuses an item that another program wrote or moved', async () => {
    const { inner, keychain } = await guarded()
    const sealed = inner.items.get('guarded-a/value/a/1') ?? ''
    inner.items.set('guarded-a/value/a/2', sealed)
    expect(await keychain.read('value/a/2')).toEqual({ outcome: 'mismatch' })
    for (const foreign of ['an evil value', '', flipped(sealed, 30)]) {
      inner.items.set('guarded-a/value/a/1', foreign)
      expect(await keychain.read('value/a/1')).toEqual({ outcome: 'mismatch' })
    }
  })

  it('passes on the failure of the inner keychain', async () => {
    const { inner, keychain } = await guarded()
    inner.failing = () => Promise.resolve('locked')
    const outcomes = [await keychain.read('value/a/1'), await keychain.write('x', new Secret('y')), await keychain.remove('x')]
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['locked', 'locked', 'locked'])
  })

  it('is locked after a wipe, and seals nothing with a key of zeros', async () => {
    const { inner, keychain } = await guarded()
    keychain.wipe()
    const outcomes = [await keychain.read('value/a/1'), await keychain.write('x', new Secret('y')), await keychain.remove('value/a/1')]
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['locked', 'locked', 'locked'])
    expect(inner.items.size).toBe(1)
  })

  it('accepts and refuses the same values as an OS keychain', async () => {
    const { keychain } = await guarded()
    for (const text of ['', 'a\0b', '\ud800']) expect(await keychain.write('x', new Secret(text))).toEqual({ outcome: 'mismatch' })
    expect(await keychain.read('x')).toEqual({ outcome: 'absent' })
  })

  // On Windows no value could be stored under a passphrase any more once there were 25 with long names.
  it.each(['values', 'email'] as const)('keeps each index page within the size limit of Windows (%s)', async (method) => {
    const account = { id: 'a', method }
    const { inner, keychain } = await guarded()
    inner.limit = 2560
    const entries = Array.from({ length: 100 }, (_, at) => ({ id: at.toString(16).padStart(24, '0'), name: String(at).padEnd(64, 'n') }))
    await new ValueIndexes(keychain).list(account, entries, true)
    expect(await readIndex(keychain, account)).toEqual(entries.map((entry) => ({ ...entry, trashed: false })))
  })

  it.each<[string, Parameters<typeof forge>[1], string]>([
    ['another profile', (file) => (file['profile'] = 'f'.repeat(16)), 'profile-corrupt'],
    ['a field more', (file) => (file['more'] = 1), 'profile-corrupt'],
    ['another slot', (file) => (file['slot'] = 'b'), 'passphrase-wrong'],
    ['a cheaper derivation', (file) => (file.derivation['passes'] = 3), 'passphrase-wrong'],
    ['a derivation below the floor', (file) => (file.derivation['memory'] = 8), 'profile-corrupt'],
    ['a changed key', (file) => (file.key = flipped(file.key, 40)), 'passphrase-wrong'],
  ])('does not open with a file with %s', async (_, change, code) => {
    const { place } = await guarded()
    forge(place.path, change)
    expect(await codeRejected(OsWithPassphrase.unlock({ ...place, passphrase }))).toBe(code)
  })

  it('refuses the file of a passphrase vault', async () => {
    const { place } = await guarded()
    await makeVault(`${place.path}-vault`)
    const unlocking = OsWithPassphrase.unlock({ ...place, path: `${place.path}-vault`, passphrase })
    expect(await codeRejected(unlocking)).toBe('profile-corrupt')
  })
})
