import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { maxCost, minCost } from '../../../../main/keychain/passphrase/derivation.ts'
import { PassphraseKeychain } from '../../../../main/keychain/passphrase/passphrase-keychain.ts'
import { DataKey } from '../../../../main/keychain/passphrase/seal.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { codeRejected, codeThrown } from '../../vault/fixtures/refused.ts'
import { type Content, flipped, forge, makeVault, newPath, noise, passphrase, unlock } from './passphrase-vaults.ts'

const name = 'value/a0a0a0a0a0a0a0a0/64a000000000000000000001'

let path: string
let vault: PassphraseKeychain
let whole: string
beforeAll(async () => {
  path = newPath()
  vault = await makeVault(path)
  await vault.write(name, new Secret('the value'))
  whole = readFileSync(path, 'utf8')
})

/** Opens the vault with other content in the file. @returns the refusal's code; the file must be unchanged */
async function codeFor(text: string | Uint8Array): Promise<string | null> {
  writeFileSync(path, text)
  const code = await codeRejected(unlock(path))
  expect(readFileSync(path)).toEqual(Buffer.from(text))
  return code
}

describe('a damaged passphrase vault', () => {
  it('is reported as corrupt, and not as a wrong passphrase, with any single bit changed', async () => {
    const bytes = Buffer.from(whole)
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(index) ^ (1 << (index % 8)), index)
      expect(await codeFor(changed), `byte ${index}`).toBe('profile-corrupt')
    }
  })

  it('is reported as corrupt when truncated at any length, and with trailing bytes', async () => {
    for (let length = 0; length < whole.length; length += 1)
      expect(await codeFor(whole.slice(0, length)), `${length}`).toBe('profile-corrupt')
    expect(await codeFor(`${whole}\n`)).toBe('profile-corrupt')
  })

  it('is reported as corrupt for arbitrary bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await codeFor(bytes)).toBe('profile-corrupt')
      }),
    )
  })

  it('is unavailable for reads and writes while it is open', async () => {
    writeFileSync(path, whole.slice(0, -1))
    expect(await vault.read(name)).toEqual({ outcome: 'unavailable' })
    expect(await vault.write('root', new Secret('new'))).toEqual({ outcome: 'unavailable' })
    expect(await vault.remove(name)).toEqual({ outcome: 'unavailable' })
    expect(readFileSync(path, 'utf8')).toBe(whole.slice(0, -1))
  })
})

describe('a forged passphrase vault with a valid digest', () => {
  /** @returns the code of opening the vault after `change` */
  const codeOfForged = async (change: (content: Content) => void): Promise<string | null> => {
    writeFileSync(path, whole)
    forge(path, change)
    return codeRejected(unlock(path))
  }

  it('is refused for each cost below the minimum or above the maximum', async () => {
    const costs = [
      { memory: minCost.memory - 1 },
      { memory: 8 },
      { passes: 1 },
      { passes: 0 },
      { lanes: 0 },
      { memory: maxCost.memory + 1 },
      { memory: 2 ** 32 },
      { passes: maxCost.passes + 1 },
      { lanes: maxCost.lanes + 1 },
      { passes: 2.5 },
      { passes: '2' },
    ]
    for (const cost of costs) {
      const code = await codeOfForged(({ derivation }) => void Object.assign(derivation, cost))
      expect(code, JSON.stringify(cost)).toBe('profile-corrupt')
    }
  })

  it('is corrupt if a field is missing, surplus or of another type', async () => {
    const changes: ((content: Content) => void)[] = [
      (content) => void (content['version'] = 2),
      (content) => void (content['profile'] = 'fedcba9876543210'),
      (content) => void (content['more'] = 1),
      (content) => void Reflect.deleteProperty(content, 'body'),
      (content) => void (content.body = noise(27)),
      (content) => void (content.body = `${content.body}=`),
      (content) => void (content.key = noise(59)),
      ({ derivation }) => void (derivation['algorithm'] = 'argon2i'),
      ({ derivation }) => void (derivation['salt'] = noise(8)),
      ({ derivation }) => void (derivation['more'] = 1),
    ]
    for (const change of changes) expect(await codeOfForged(change), change.toString()).toBe('profile-corrupt')
  })

  it('does not open with another salt, cost or wrapped key', async () => {
    const changes: ((content: Content) => void)[] = [
      ({ derivation }) => void (derivation['salt'] = noise(16)),
      ({ derivation }) => void (derivation['passes'] = minCost.passes + 1),
      (content) => void (content.key = noise(60)),
    ]
    for (const change of changes) expect(await codeOfForged(change), change.toString()).toBe('passphrase-wrong')
    for (const index of [0, 11, 12, 27, 28, 59]) {
      // nonce, tag, key
      expect(await codeOfForged((content) => void (content.key = flipped(content.key, index)))).toBe('passphrase-wrong')
    }
  })

  it('is corrupt with any region of its body changed', async () => {
    for (const index of [0, 11, 12, 27, 28, 100]) {
      // nonce, tag, text
      expect(await codeOfForged((content) => void (content.body = flipped(content.body, index)))).toBe('profile-corrupt')
    }
  })

  it('does not open with the body of another vault with the same passphrase', async () => {
    const other = newPath()
    await makeVault(other)
    const { body } = JSON.parse(readFileSync(other, 'utf8').split('\n')[0] ?? '') as Content
    expect(await codeOfForged((content) => void (content.body = body))).toBe('profile-corrupt')
  })

  it('does not open for another profile', async () => {
    writeFileSync(path, whole)
    const opened = PassphraseKeychain.unlock({ path, profileId: 'fedcba9876543210', passphrase })
    expect(await codeRejected(opened)).toBe('profile-corrupt')
    forge(path, (content) => void (content['profile'] = 'fedcba9876543210'))
    const forged = PassphraseKeychain.unlock({ path, profileId: 'fedcba9876543210', passphrase })
    expect(await codeRejected(forged)).toBe('passphrase-wrong')
  })
})

describe('a sealed item', () => {
  const key = DataKey.generate()
  const sealed = key.seal('item', Buffer.from('the value'), '0123456789abcdef/value/a/1')

  it('opens under its own name only', () => {
    expect(key.open('item', sealed, '0123456789abcdef/value/a/1').toString()).toBe('the value')
    for (const binding of ['0123456789abcdef/value/a/2', 'fedcba9876543210/value/a/1', '']) {
      expect(codeThrown(() => key.open('item', sealed, binding))).toBe('profile-corrupt')
    }
  })

  it('does not open as a body, nor with another key', () => {
    expect(codeThrown(() => key.open('body', sealed, '0123456789abcdef/value/a/1'))).toBe('profile-corrupt')
    expect(codeThrown(() => DataKey.generate().open('item', sealed, '0123456789abcdef/value/a/1'))).toBe('profile-corrupt')
  })
})
