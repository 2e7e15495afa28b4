import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OsKeychain } from '../../../main/keychain/os-keychain.ts'
import type { Keychain } from '../../../main/vault/ports/keychain.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { guardedOver, makeVault } from '../keychain/passphrase/passphrase-vaults.ts'
import { MemoryKeychain } from '../fakes/keychain.ts'

interface Kind {
  readonly kind: string
  /** A keychain without items of ours. */
  readonly open: () => Keychain | Promise<Keychain>
  /** A keychain whose items have at most `limit` bytes; of all systems Windows has the lowest limit. */
  readonly openSmall: () => Keychain | Promise<Keychain>
  readonly limit: number
}

const newProfile = (): string => randomBytes(8).toString('hex')

const kinds: Kind[] = [
  {
    kind: 'the keychain of the operating system',
    open: () => new OsKeychain({ profile: newProfile() }),
    openSmall: () => new OsKeychain({ profile: newProfile(), platform: 'win32' }),
    limit: 2560,
  },
  {
    kind: 'the passphrase vault',
    open: () => makeVault(),
    openSmall: () => makeVault(),
    limit: 65_536,
  },
  {
    kind: 'the keychain of the operating system under a passphrase',
    open: () => guardedOver(new OsKeychain({ profile: newProfile() })),
    openSmall: () => guardedOver(new OsKeychain({ profile: newProfile(), platform: 'win32' })),
    limit: 1892, // 2560 when sealed and encoded in base64url
  },
  {
    kind: 'the in-memory fake',
    open: () => new MemoryKeychain(),
    openSmall: () => Object.assign(new MemoryKeychain(), { limit: 2560 }),
    limit: 2560,
  },
]

async function textOf(keychain: Keychain, item: string): Promise<string | null> {
  const read = await keychain.read(item)
  return read.outcome === 'ok' ? read.secret.expose() : null
}

describe.each(kinds)('$kind', ({ open, openSmall, limit }) => {
  it('reports an item that was never stored as absent', async () => {
    expect(await (await open()).read('root')).toEqual({ outcome: 'absent' })
  })

  it('returns what was stored', async () => {
    const keychain = await open()
    expect(await keychain.write('value/a1/b2', new Secret('the value'))).toEqual({ outcome: 'ok' })
    expect(await textOf(keychain, 'value/a1/b2')).toBe('the value')
  })

  it('keeps items of different names apart', async () => {
    const keychain = await open()
    await keychain.write('value/a/1', new Secret('one'))
    await keychain.write('value/a/11', new Secret('eleven'))
    await keychain.remove('value/a/1')
    expect(await keychain.read('value/a/1')).toEqual({ outcome: 'absent' })
    expect(await textOf(keychain, 'value/a/11')).toBe('eleven')
  })

  it('replaces an item that is written again', async () => {
    const keychain = await open()
    await keychain.write('root', new Secret('before'))
    await keychain.write('root', new Secret('after'))
    expect(await textOf(keychain, 'root')).toBe('after')
  })

  it('removes an item; removing it again succeeds', async () => {
    const keychain = await open()
    await keychain.write('root', new Secret('value'))
    expect(await keychain.remove('root')).toEqual({ outcome: 'ok' })
    expect(await keychain.read('root')).toEqual({ outcome: 'absent' })
    expect(await keychain.remove('root')).toEqual({ outcome: 'ok' })
  })

  it('accepts any text except an empty one and one with a NUL, which are refused unchanged', async () => {
    const keychain = await open()
    const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'binary-ascii', maxLength: 60 }))
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const isTaken = value !== '' && !value.includes('\0')
        expect(await keychain.write('any', new Secret(value))).toEqual({ outcome: isTaken ? 'ok' : 'mismatch' })
        if (isTaken) expect(await textOf(keychain, 'any')).toBe(value)
      }),
      { numRuns: 40, examples: [[''], ['\0'], ['before\0after'], [' \n'], ['naïve 鍵 🔑']] },
    )
  })

  it('accepts a value of 4 kB, the size of long tokens', async () => {
    const keychain = await open()
    const long = 'x'.repeat(4096)
    expect(await keychain.write('long', new Secret(long))).toEqual({ outcome: 'ok' })
    expect(await textOf(keychain, 'long')).toBe(long)
  })

  it('reports an item that is too large, counted in bytes', async () => {
    const keychain = await openSmall()
    expect(await keychain.write('small', new Secret('é'.repeat(limit / 2 + 1)))).toEqual({ outcome: 'too-large' })
    expect(await keychain.read('small')).toEqual({ outcome: 'absent' })
    expect(await keychain.write('small', new Secret('é'.repeat(limit / 2)))).toEqual({ outcome: 'ok' })
  })

  it('answers concurrent calls, each with its own item', async () => {
    const keychain = await open()
    const names = Array.from({ length: 12 }, (_, index) => `item-${index}`)
    await Promise.all(names.map((name) => keychain.write(name, new Secret(`value of ${name}`))))
    const values = await Promise.all(names.map((name) => textOf(keychain, name)))
    expect(values).toEqual(names.map((name) => `value of ${name}`))
  })
})

describe('the keychain of the operating system', () => {
  it('hides the items of one profile from another', async () => {
    const profile = newProfile()
    await new OsKeychain({ profile }).write('root', new Secret('mine'))
    expect(await new OsKeychain({ profile: newProfile() }).read('root')).toEqual({ outcome: 'absent' })
    expect(await textOf(new OsKeychain({ profile }), 'root')).toBe('mine')
  })
})
