import { generateKeyPairSync } from 'node:crypto'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { publisherOf, signingKey } from '../../scripts/dist/signing/signing-key.mjs'
import { temporaryFolder } from '../temporary-folder.ts'

function folder(): string {
  return temporaryFolder('latchkey-key-')
}

function pem(type: 'ed25519' | 'x25519'): string {
  const { privateKey } = type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

describe('the key that packages are signed with', () => {
  it('is generated once on this machine for builds that are not releases, and only this user can read it', () => {
    const cache = folder()
    const first = publisherOf(signingKey(false, { LATCHKEY_CACHE_DIR: cache }))
    expect(publisherOf(signingKey(false, { LATCHKEY_CACHE_DIR: cache }))).toBe(first)
    expect(statSync(join(cache, 'development-signing-key.pem')).mode & 0o777).toBe(0o600)
  })

  it('has to be given for a release', () => {
    expect(() => signingKey(true, { LATCHKEY_CACHE_DIR: folder() })).toThrow('no key was given')
  })

  it('is the one in the file LATCHKEY_RELEASE_KEY', () => {
    const file = join(folder(), 'key.pem')
    writeFileSync(file, pem('ed25519'), { mode: 0o600 })
    expect(publisherOf(signingKey(true, { LATCHKEY_RELEASE_KEY: file }))).toMatch(/^MCowBQYDK2Vw/)
  })

  it.each([
    ['readable for others', pem('ed25519'), 0o644],
    ['of another algorithm', pem('x25519'), 0o600],
    ['not a key', 'canary', 0o600],
  ])('is refused if it is %s, and not quoted', (_, text, mode) => {
    const file = join(folder(), 'key.pem')
    writeFileSync(file, text, { mode })
    expect(() => signingKey(true, { LATCHKEY_RELEASE_KEY: file })).toThrow(
      `LATCHKEY_RELEASE_KEY does not name an Ed25519 private key that only this user can read: ${file}`,
    )
  })
})
