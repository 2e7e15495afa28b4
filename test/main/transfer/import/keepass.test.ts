import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readImport } from '../../../../main/transfer/import/readers.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { codeRejected } from '../../vault/fixtures/refused.ts'
import { type Database, type Derivation, kdbxOf, xmlOf } from './kdbx-of.ts'
import { lines, readFile } from './read-file.ts'

const passphrase = 'pässphrase of four words'

/** Opens a database as the window does. */
async function open(bytes: Buffer, typed = passphrase): Promise<{ found: string[]; passed: string[] }> {
  const { reading } = await readImport({ name: 'x.kdbx', bytes }, null, 16_384, new Secret(typed))
  if (reading === null) throw new Error('it was not opened')
  return lines(reading)
}

function written(program: string): Buffer {
  return readFileSync(join(import.meta.dirname, 'files-of-programs', program))
}

const entries = [{ Title: 'Stripe', UserName: 'ada', Password: '!sk_live' }]

async function database(more: Partial<Database> = {}): Promise<Buffer> {
  return kdbxOf({ xml: xmlOf(entries), passphrase, ...more })
}

describe('an imported KeePass database', () => {
  it('that KeePassXC wrote is read: passwords and protected fields, and what is skipped by name', async () => {
    expect(await open(written('keepassxc-4.kdbx'))).toEqual({
      found: ['Stripe = sk_live_new <&> ü 😀', 'Stripe webhook = whsec_1', 'AWS · Root/Work = work', 'AWS · Root/Home = home'],
      passed: [
        'Stripe client: visible',
        'Stripe: note',
        'Stripe: one-time-code',
        'Stripe: attachment',
        'Stripe: older',
        'Ref: reference',
        'Nothing: empty',
        'Gone: deleted',
      ],
    })
  })

  it('is recognised, and needs its passphrase', async () => {
    const { format, reading } = await readImport({ name: 'x', bytes: written('keepassxc-4.kdbx') }, null, 16_384)
    expect([format, reading]).toEqual(['keepass', null])
  })

  it.each<[string, Partial<Database>]>([
    ['AES', { cipher: 'aes' }],
    ['ChaCha20', { cipher: 'chacha20' }],
    ['no compression', { isCompressed: false }],
    ['AES rounds that are more than one batch', { derivation: { kind: 'aes', rounds: 40_000 } }],
    ['Argon2d', { derivation: { kind: 'argon2d', memory: 1024 * 1024, passes: 2, lanes: 2 } }],
    ['Argon2id', { derivation: { kind: 'argon2id', memory: 1024 * 1024, passes: 2, lanes: 2 } }],
  ])('is opened with %s', async (_, more) => {
    expect(await open(await database(more))).toEqual({ found: ['Stripe = sk_live'], passed: [] })
  })

  it('has its protected values decrypted in their order, long ones too, wherever they are', async () => {
    const long = 'é'.repeat(5000)
    const before = '<CustomData><Item><Value Protected="True">not an entry’s</Value></Item></CustomData>'
    const xml = xmlOf(
      [
        { Title: 'a', Password: `!${long}`, empty: '!' },
        { Title: 'b', Password: '!two' },
        { Title: 'c', Password: 'plain' },
      ],
      before,
    )
    expect((await open(await database({ xml }))).found).toEqual([`a = ${long}`, 'b = two', 'c = plain'])
  })

  it('has the secrets of one-time codes and passkeys of every program told as skipped', async () => {
    const xml = xmlOf([
      { Title: 'a', 'TOTP Seed': '!s', 'TimeOtp-Secret-Base32': '!s' },
      { Title: 'b', KPEX_PASSKEY_PRIVATE_KEY_PEM: '!k', KPEX_PASSKEY_USERNAME: 'u' },
    ])
    expect(await open(await database({ xml }))).toEqual({ found: [], passed: ['a: one-time-code', 'b: passkey'] })
  })

  it('stays closed for another passphrase, and can be tried again', async () => {
    expect(await codeRejected(open(written('keepassxc-4.kdbx'), 'another'))).toBe('passphrase-wrong')
    expect(await codeRejected(open(await database(), ''))).toBe('passphrase-wrong')
  })

  it.each<[string, () => Buffer | Promise<Buffer>]>([
    ['another version', () => written('keepassxc-3.kdbx')],
    ['another cipher', () => database({ cipher: 'twofish' })],
    ['another inner cipher', () => database({ innerAlgorithm: 2 })],
    ['another key derivation', () => database({ derivation: { kind: 'unknown' } })],
    ['rounds without end', () => database({ derivation: { kind: 'aes', rounds: 1, declared: 2n ** 63n } })],
    ['more memory than there is', () => database({ derivation: argon2({ M: 2n ** 42n }) })],
    ['passes without end', () => database({ derivation: argon2({ I: 2n ** 40n }) })],
    ['lanes without end', () => database({ derivation: argon2({ P: 2n ** 24n - 1n }) })],
  ])('is not supported with %s', async (_, made) => {
    expect(await codeRejected(open(await made()))).toBe('import-unsupported')
  })

  it.each<[string, () => Promise<Buffer>]>([
    ['no memory', () => database({ derivation: argon2({ M: 0n }) })],
    ['a field of the header twice', () => database({ more: [[4, Buffer.alloc(32)]] })],
    ['a changed header', async () => changed(await database(), 20)],
    ['a changed block', async () => changed(await database(), -60)],
    ['a cut end', async () => (await database()).subarray(0, -1)],
    ['half of it', async () => (await database()).subarray(0, 300)],
    ['a bomb', () => database({ xml: ' '.repeat(140 * 1024 * 1024) })],
    ['no XML', () => database({ xml: 'Title,Password' })],
    ['an end missing', () => database({ xml: xmlOf(entries).slice(0, -10) })],
    ['entities', () => database({ xml: `<!DOCTYPE a [<!ENTITY b "c">]>${xmlOf([{ Title: '&b;' }]).slice(21)}` })],
    ['deep groups', () => database({ xml: `<KeePassFile><Root>${'<Group>'.repeat(100_000)}` })],
  ])(
    'is refused with %s',
    async (_, made) => {
      expect(await codeRejected(open(await made()))).toBe('import-invalid')
    },
    20_000,
  )

  it('is refused under another format, and another file as a database', async () => {
    expect(await codeRejected(readFile('x.kdbx', 'A=1', 'keepass'))).toBe('import-invalid')
    expect(await codeRejected(readFile('x.kdbx', Buffer.from('03d9a29a67fb4bb5', 'hex'), 'keepass'))).toBe('import-unsupported')
    expect(await codeRejected(readFile('x', written('keepassxc-4.kdbx'), 'bitwarden'))).toBe('import-invalid')
  })

  it('with more values than a vault stores is refused', async () => {
    const xml = xmlOf(Array.from({ length: 1001 }, (_, at) => ({ Title: `k${at}`, Password: '!p' })))
    expect(await codeRejected(open(await database({ xml })))).toBe('stored-limit')
  })
})

function argon2(declared: Partial<Record<'M' | 'I' | 'P', bigint>>): Derivation {
  return { kind: 'argon2d', memory: 1024 * 1024, passes: 1, lanes: 1, declared }
}

/** @param at from the end if it is negative */
function changed(file: Buffer, at: number): Buffer {
  const index = at < 0 ? file.length + at : at
  file[index] = (file[index] ?? 0) ^ 1
  return file
}
