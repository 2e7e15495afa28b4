import { describe, expect, it } from 'vitest'
import { codeRejected } from '../../vault/fixtures/refused.ts'
import { readFile } from './read-file.ts'
import { type ZippedFile, zipOf } from './zip-of.ts'

const attributes = { name: 'export.attributes', content: '{"version":3,"description":"1Password Unencrypted Export","createdAt":1}' }

/** An export with these items in one vault. */
function exported(items: object[], ...more: ZippedFile[]): Buffer {
  const accounts = [{ attrs: { accountName: 'Ada', email: 'ada@example.com' }, vaults: [{ attrs: { name: 'Private' }, items }] }]
  return zipOf([attributes, { name: 'export.data', content: JSON.stringify({ accounts }) }, ...more])
}

const login = (title: string, username: string, password: string, more: object = {}) => ({
  ...{ uuid: 'x', favIndex: 0, state: 'active', categoryUuid: '001', overview: { title, url: 'https://a.example' } },
  details: {
    loginFields: [
      { value: username, name: 'user', fieldType: 'T', designation: 'username' },
      { value: password, name: 'pass', fieldType: 'P', designation: 'password' },
    ],
    ...more,
  },
})
const item = (title: string, categoryUuid: string, details: object, more: object = {}) => ({
  ...{ state: 'active', categoryUuid, overview: { title }, details },
  ...more,
})
const fields = (...fields: [id: string, title: string, value: object | null][]) => ({
  sections: [{ title: '', name: 's', fields: fields.map(([id, title, value]) => ({ id, title, value })) }],
})

describe('an imported 1PUX file', () => {
  it('gives passwords, notes, private keys and concealed fields, and names what it skips', async () => {
    const archive = exported([
      login('Stripe', 'ada', 'sk_live', {
        notesPlain: 'recovery codes',
        passwordHistory: [{ value: 'before', time: 1 }],
        ...fields(
          ['a', 'pin', { concealed: '42' }],
          ['b', 'one-time password', { totp: 'otpauth://totp/x' }],
          ['c', 'site', { url: 'https://b.example' }],
          ['d', 'empty', { concealed: '' }],
          ['e', 'nothing', null],
          ['f', 'scan', { file: { fileName: 'a.pdf' } }],
          ['g', 'other', { reference: 'uuid' }],
        ),
      }),
      item('Acme', '112', fields(['username', 'username', { string: 'ada' }], ['credential', 'credential', { concealed: 'key' }])),
      item('Note', '003', { notesPlain: 'kept from sight' }),
      item('Password', '005', { password: 'p' }),
      item('Host', '114', fields(['k', 'private key', { sshKey: { privateKey: 'raw', metadata: { privateKey: 'PEM' } } }])),
      item('Database', '102', fields(['hostname', 'server', { string: 'h' }], ['password', 'password', { concealed: 'pw' }])),
      item('Scan', '006', { documentAttributes: { fileName: 'a.pdf' } }),
      item('Nothing', '001', {}),
    ])
    expect(await readFile('1PasswordExport.1pux', archive)).toEqual({
      format: 'onepassword',
      found: ['Stripe = sk_live', 'Stripe pin = 42', 'Acme = key', 'Note = kept from sight', 'Password = p', 'Host = PEM', 'Database = pw'],
      passed: [
        'Stripe: one-time-code',
        'Stripe scan: attachment',
        'Stripe other: reference',
        'Stripe (site): visible',
        'Stripe: note',
        'Stripe: older',
        'Acme (username): visible',
        'Database (server): visible',
        'Scan: attachment',
        'Nothing: empty',
      ],
    })
  })

  it('names archived and deleted items, cards, and documents of a person, and takes nothing of them', async () => {
    const archive = exported([
      { ...login('Old', 'ada', 'one'), state: 'archived' },
      { ...login('Gone', 'ada', 'two'), state: 'trashed' },
      { ...login('Gone before', 'ada', 'three'), trashed: true },
      item('Visa', '002', fields(['cvv', 'verification number', { concealed: '123' }])),
      item('Me', '004', { notesPlain: 'n' }),
    ])
    expect(await readFile('x.1pux', archive)).toEqual({
      format: 'onepassword',
      found: [],
      passed: ['Old: archived', 'Gone: deleted', 'Gone before: deleted', 'Visa: other-kind', 'Me: other-kind'],
    })
  })

  it('has items of one title told apart by user or vault', async () => {
    const archive = exported([login('AWS', 'ada', 'one'), login('AWS', 'bob', 'two'), login('', '', 'three')])
    expect((await readFile('x.1pux', archive)).found).toEqual(['AWS · ada = one', 'AWS · bob = two', 'a.example = three'])
  })

  it.each<[string, Buffer, string]>([
    ['no archive', Buffer.from('{}'), 'import-invalid'],
    ['an empty archive', zipOf([]), 'import-invalid'],
    ['another archive', zipOf([attributes]), 'import-invalid'],
    ['a cut archive', exported([login('a', 'b', 'c')]).subarray(0, 200), 'import-invalid'],
    ['no JSON', zipOf([{ name: 'export.data', content: '{' }]), 'import-invalid'],
    ['no text', zipOf([{ name: 'export.data', content: Buffer.of(0xff, 0xfe, 0) }]), 'import-invalid'],
    ['other JSON', zipOf([{ name: 'export.data', content: '{"accounts":{}}' }]), 'import-invalid'],
    ['deep nesting', zipOf([{ name: 'export.data', content: `{"accounts":${'['.repeat(1_000_000)}` }]), 'import-invalid'],
    ['a field of another shape', exported([item('a', '001', fields(['x', 'y', 'z' as unknown as object]))]), 'import-invalid'],
    ['an encrypted file', zipOf([{ name: 'export.data', content: '{}', encrypted: true }]), 'import-encrypted'],
    ['its file twice', exported([], { name: 'export.data', content: '{}' }), 'import-invalid'],
    ['a name that leads out of the archive', exported([], { name: '../export.data', content: '{}' }), 'import-invalid'],
    ['an absolute name', exported([], { name: '/etc/export.data', content: '{}' }), 'import-invalid'],
    ['a name with a backslash', exported([], { name: '..\\export.data', content: '{}' }), 'import-invalid'],
    ['a bomb that says so', zipOf([{ name: 'export.data', content: Buffer.alloc(70 * 1024 * 1024) }]), 'file-too-large'],
    ['a bomb that does not', zipOf([{ name: 'export.data', content: Buffer.alloc(70 * 1024 * 1024), size: 1000 }]), 'import-invalid'],
    ['less than it says', zipOf([{ name: 'export.data', content: '{"accounts":[]}', size: 1000 }]), 'import-invalid'],
    [
      'ten thousand files',
      exported([], ...Array.from({ length: 10_000 }, (_, at) => ({ name: `files/${at}`, content: '' }))),
      'import-invalid',
    ],
  ])('is refused with %s', async (_, archive, code) => {
    expect(await codeRejected(readFile('x.1pux', archive, 'onepassword'))).toBe(code)
  })

  it('with more items than a vault stores is refused', async () => {
    const items = Array.from({ length: 1001 }, (_, at) => login(`k${at}`, 'ada', 'p'))
    expect(await codeRejected(readFile('x.1pux', exported(items)))).toBe('stored-limit')
  })
})
