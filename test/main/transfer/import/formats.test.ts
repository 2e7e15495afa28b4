import { describe, expect, it } from 'vitest'
import { readBitwarden } from '../../../../main/transfer/import/managers/bitwarden.ts'
import { readCsv } from '../../../../main/transfer/import/managers/csv.ts'
import { readEnv } from '../../../../main/transfer/import/files/env.ts'
import type { Reading } from '../../../../main/transfer/import/found.ts'
import { readKeePassXc } from '../../../../main/transfer/import/managers/keepassxc.ts'
import { codeThrown } from '../../vault/fixtures/refused.ts'
import { lines } from './read-file.ts'

describe('an imported .env file', () => {
  it('is read as shells and dotenv libraries read it', () => {
    const text = [
      '# a comment',
      '',
      'PLAIN=abc123',
      'export EXPORTED = with-blanks  # and a comment',
      'HASH=a#b',
      'SINGLE=\'a $HOME \\n "b"\' # comment',
      'DOUBLE="a\\nb \\"c\\" \\$d"',
      'URL=postgres://u:p@h/db?x=1&y=2',
      'PEM="-----BEGIN-----\nabc\n-----END-----"',
      'dotted.name-x=1',
    ].join('\r\n')
    expect(lines(readEnv(text))).toEqual({
      found: [
        'PLAIN = abc123',
        'EXPORTED = with-blanks',
        'HASH = a#b',
        'SINGLE = a $HOME \\n "b"',
        'DOUBLE = a\nb "c" $d',
        'URL = postgres://u:p@h/db?x=1&y=2',
        'PEM = -----BEGIN-----\nabc\n-----END-----',
        'dotted.name-x = 1',
      ],
      passed: [],
    })
  })

  it('counts the last of a name that is set twice, and tells what it passes over without showing it', () => {
    const text = `A=1\nA=2\nEMPTY=\nsome secret without a name\nOPEN="never closed\nB=3\nLONG=${'x'.repeat(2561)}`
    expect(lines(readEnv(text))).toEqual({
      found: ['A = 2', 'B = 3'],
      passed: ['4: unreadable', 'OPEN: unreadable', 'EMPTY: empty', 'LONG: too-long'],
    })
  })

  // These were kept as text: the backticks, `1 B=2`, and `${HOST}` with nothing said.
  it('has backticks around a value, also over two lines', () => {
    expect(lines(readEnv('BT=`it\'s "ok"`\nTWO=`one\n$two \\n` # c\nA=1'))).toEqual({
      found: ['BT = it\'s "ok"', 'TWO = one\n$two \\n', 'A = 1'],
      passed: [],
    })
  })

  it('has several exports in one line', () => {
    expect(lines(readEnv('export A=1 B="two" C=three # c\nexport D=a b\nE=1 F=2')).found).toEqual([
      'A = 1',
      'B = two',
      'C = three',
      'D = a b',
      'E = 1 F=2',
    ])
  })

  it('has variables put in that it sets above, and tells values that need another', () => {
    const text =
      'USER_NAME=ada\nURL="db://${USER_NAME}:$USER_NAME@h"\nBARE=${URL}/x\nRAW=\'${URL}\'\nESC="\\${URL}"\nPASS=pa$word$1\nHOME_=${HOME}\nOR="${A:-b}"'
    expect(lines(readEnv(text))).toEqual({
      found: ['USER_NAME = ada', 'URL = db://ada:ada@h', 'BARE = db://ada:ada@h/x', 'RAW = ${URL}', 'ESC = ${URL}', 'PASS = pa$word$1'],
      passed: ['HOME_: variable', 'OR: variable'],
    })
  })

  it('with variables that grow without end is told as too long, and read in no time', () => {
    const text = ['V0=x', ...Array.from({ length: 40 }, (_, at) => `V${at + 1}=$V${at}$V${at}`)].join('\n')
    expect(lines(readEnv(text)).passed).toContainEqual('V20: too-long')
  })

  it('may have the line ends of old Macs', () => {
    expect(lines(readEnv('A=1\rB="x\ry"\r')).found).toEqual(['A = 1', 'B = x\ny'])
  })

  it('has values as long as the keychain in use takes', () => {
    const pem = `A="-----BEGIN-----\n${'x'.repeat(3200)}"`
    expect(lines(readEnv(pem)).passed).toEqual(['A: too-long'])
    expect(readEnv(pem, 16_384).found.length).toBe(1)
  })

  it('that is made to be slow to read is read as fast as any other of its size', () => {
    const [blanks, many] = [' '.repeat(2_000_000), 100_000]
    expect(lines(readEnv(`A=x${blanks}y`)).found).toEqual([])
    expect(lines(readEnv(`A=x${blanks}\nB=${blanks}1 # c`)).found).toEqual(['A = x', 'B = 1'])
    expect(lines(readEnv('A=\'\nB="\n'.repeat(900))).passed.length).toBeLessThan(1800)
    expect(codeThrown(() => readEnv('A="x"y\n'.repeat(many)))).toBe('stored-limit')
    expect(lines(readEnv(`A="${'\\n'.repeat(1_000_000)}`)).passed).toEqual(['A: unreadable'])
    expect(codeThrown(() => readEnv(`export ${'A=1 '.repeat(many)}${Array.from({ length: 1001 }, (_, at) => `B${at}=1`).join(' ')}`))).toBe(
      'stored-limit',
    )
  }, 20_000)
})

// A file of 16 megabytes with a million names kept the app busy for hours, and one with 1,001 was refused only after its values were chosen.
describe('an imported file with too many entries', () => {
  const readers: Record<string, (names: readonly string[], value: string) => Reading> = {
    '.env': (names, value) => readEnv(names.map((name) => `${name}=${value}`).join('\n')),
    KeePassXC: (names, value) => readKeePassXc(['Title,Password', ...names.map((name) => `${name},${value}`)].join('\n')),
    Bitwarden: (names, password) => readBitwarden(JSON.stringify({ items: names.map((name) => ({ name, login: { password } })) })),
  }

  it.each(Object.entries(readers))('is refused, whether it has values or not: %s', (_, read) => {
    for (const value of ['v', '']) {
      const names = (amount: number) => Array.from({ length: amount }, (_, at) => `k${at}`)
      const { found, skipped } = read(names(1000), value)
      expect([found.length, skipped.length]).toEqual(value === '' ? [0, 1000] : [1000, 0])
      expect(codeThrown(() => read(names(value === '' ? 5001 : 1001), value))).toBe('stored-limit')
    }
  })
})

describe('an imported KeePassXC CSV file', () => {
  const head = '"Group","Title","Username","Password","URL","Notes","TOTP","Icon","Last Modified","Created"'

  it('gives each entry’s password under its title', () => {
    const text = [
      head,
      '"Root/Work","Stripe, live","ada","sk_live_""quoted""\nand a second line","https://stripe.com","","","0","",""',
      '"Root","","only-a-user","pw","","","","0","",""',
      '"Root","No password","","","","","","0","",""',
      '',
    ].join('\n')
    expect(lines(readKeePassXc(text))).toEqual({
      found: ['Stripe, live = sk_live_"quoted"\nand a second line', 'only-a-user = pw'],
      passed: ['No password: empty'],
    })
  })

  // A note and a one-time code's secret were left out, and nothing said so.
  it('has the note and the one-time code’s secret of an entry told as skipped', () => {
    const text = `${head}\n"Root","AWS","ada","pw","","a note","otpauth://totp/x?secret=AAAA","0","",""\n"Root","Old","","","","a note","","0","",""`
    expect(lines(readKeePassXc(text))).toEqual({
      found: ['AWS = pw'],
      passed: ['AWS: note', 'AWS: one-time-code', 'Old: empty', 'Old: note'],
    })
  })

  it('has entries of the recycle bin told as deleted, in whatever language KeePassXC spoke', () => {
    const row = (group: string, title: string) => `"${group}","${title}","","pw","","","","0","",""`
    const text = [head, row('Root/Recycle Bin', 'a'), row('Passwörter/Papierkorb/Alt', 'b'), row('Root/Recycling', 'c')].join('\n')
    expect(lines(readKeePassXc(text))).toEqual({
      found: ['c = pw'],
      passed: ['a: deleted', 'b: deleted'],
    })
  })

  it('has a reference to another entry told, and not stored as a value', () => {
    const text = `${head}\n"Root","Ref","","{REF:P@I:46C9B1FFBD4ABC4BBB260C6190BAD20C}","","","","0","",""`
    expect(lines(readKeePassXc(text))).toEqual({ found: [], passed: ['Ref: reference'] })
  })

  it('has entries of one title told apart by their users, or else by their groups', () => {
    const row = (group: string, title: string, user: string) => `"${group}","${title}","${user}","${group}${user}","","","","0","",""`
    const names = (...rows: string[]) => readKeePassXc([head, ...rows].join('\n')).found.map(({ name }) => name)
    expect(names(row('Root', 'AWS', 'ada'), row('Root', 'AWS', 'bob'), row('Root', 'One', 'ada'))).toEqual([
      'AWS · ada',
      'AWS · bob',
      'One',
    ])
    expect(names(row('Root/Work', 'AWS', 'ada'), row('Root/Home', 'AWS', 'ada'))).toEqual(['AWS · Root/Work', 'AWS · Root/Home'])
  })

  it('with a hundred thousand entries of one title is read as fast as any other', () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => `T,u${at},`)
    expect(codeThrown(() => readKeePassXc(['Title,Username,Password', ...rows].join('\n')))).toBe('stored-limit')
  }, 20_000)

  it('may have the line ends of old Macs', () => {
    expect(lines(readKeePassXc('Title,Password\ra,1\rb,2\r')).found).toEqual(['a = 1', 'b = 2'])
  })

  it.each(['', 'name,value\na,b', '"Title","Password"\n"unclosed,"x"y'])(
    'is refused without its columns, or when it is none: %j',
    (text) => {
      expect(codeThrown(() => readKeePassXc(text))).toBe('import-invalid')
    },
  )

  it('is read in either line ending, with empty fields at every place', () => {
    expect(readCsv('a,b,c\r\n,,\r\n"",x,\n')).toEqual([
      ['a', 'b', 'c'],
      ['', '', ''],
      ['', 'x', ''],
    ])
    expect(readCsv('a,')).toEqual([['a', '']])
  })
})

describe('an imported Bitwarden JSON file', () => {
  const item = { id: 'x', type: 1, folderId: null, favorite: false, notes: null as string | null }

  it('gives passwords, secure notes, private keys and hidden fields, and tells what it skips', () => {
    const text = JSON.stringify({
      encrypted: false,
      folders: [],
      items: [
        {
          ...item,
          name: 'Stripe',
          login: { username: 'ada', password: 'sk_live', uris: [{ match: null, uri: 'https://stripe.com' }], totp: null },
        },
        {
          ...item,
          name: 'Box',
          type: 2,
          secureNote: { type: 0 },
          notes: 'a note that is kept from sight',
          fields: [
            { name: 'token', value: 'abc', type: 1 },
            { name: 'user', value: 'ada', type: 0 },
          ],
        },
        { ...item, name: 'Empty', login: { password: '' } },
        { ...item, name: null, login: { password: null } },
        { ...item, name: 'Host', type: 5, sshKey: { privateKey: 'PEM', publicKey: 'p', keyFingerprint: 'f' } },
      ],
    })
    expect(lines(readBitwarden(text))).toEqual({
      found: ['Stripe = sk_live', 'Box = a note that is kept from sight', 'Box token = abc', 'Host = PEM'],
      passed: ['Box user: visible', 'Empty: empty', 'entry: empty'],
    })
  })

  // What a login has beside its password was left out, and nothing said so.
  it('has what an entry has beside its value told as skipped, and whole entries of other kinds', () => {
    const login = { username: 'ada', password: 'sk_live', totp: 'JBSWY3DPEHPK3PXP', fido2Credentials: [{ keyValue: 'k' }] }
    const fields = [
      { name: 'on', value: 'true', type: 2 },
      { name: 'same', value: null, type: 3, linkedId: 100 },
      { name: 'bare', value: 'x' },
    ]
    const items = [
      { ...item, name: 'Stripe', notes: 'recovery codes', login, fields, passwordHistory: [{ lastUsedDate: 'x', password: 'before' }] },
      { ...item, name: 'Only a note', notes: 'n', login: { password: null } },
      { ...item, name: 'Visa', type: 3, card: { number: '4111111111111111', code: '123' } },
      { ...item, name: 'Me', type: 4, identity: { ssn: '1' }, fields: [{ name: 'pin', value: '42', type: 1 }] },
      { ...item, name: 'Host', type: 5, notes: 'n', sshKey: { privateKey: 'PEM' } },
    ]
    expect(lines(readBitwarden(JSON.stringify({ items })))).toEqual({
      found: ['Stripe = sk_live', 'Me pin = 42', 'Host = PEM'],
      passed: [
        'Stripe on: visible',
        'Stripe same: reference',
        'Stripe bare: visible',
        'Stripe: note',
        'Stripe: one-time-code',
        'Stripe: passkey',
        'Stripe: older',
        'Only a note: note',
        'Visa: other-kind',
        'Me: other-kind',
        'Host: note',
      ],
    })
  })

  // A thousand logins with notes were refused as more than are stored.
  it('may have a note and a one-time code beside each of a thousand values', () => {
    const items = Array.from({ length: 1000 }, (_, at) => ({ ...item, name: `k${at}`, notes: 'n', login: { password: 'p', totp: 't' } }))
    const { found, skipped } = readBitwarden(JSON.stringify({ items }))
    expect([found.length, skipped.length]).toEqual([1000, 2000])
  })

  it('has entries that were deleted or archived there told as such, and not taken', () => {
    const items = [
      { ...item, name: 'Old', deletedDate: '2024-05-01T10:00:00.000Z', login: { password: 'old' } },
      { ...item, name: 'New', deletedDate: null, archivedDate: null, login: { password: 'new' } },
      { ...item, name: 'Put away', archivedDate: '2025-12-01T10:00:00.000Z', login: { password: 'old' } },
    ]
    expect(lines(readBitwarden(JSON.stringify({ items })))).toEqual({
      found: ['New = new'],
      passed: ['Old: deleted', 'Put away: archived'],
    })
  })

  it('has entries of one title told apart by what differs: the user, the folder, the address, or all of them', () => {
    const login = (username: string | null, password: string, uri: string) => ({ username, password, uris: [{ uri }] })
    const read = (...items: object[]) =>
      readBitwarden(JSON.stringify({ folders: [{ id: 'f', name: 'Work' }], items })).found.map(({ name }) => name)
    const [one, two] = [login('ada', '1', 'https://a.example'), login('bob', '2', 'https://a.example')]
    expect(read({ ...item, name: 'GitHub', login: one }, { ...item, name: 'github', login: two })).toEqual(['GitHub · ada', 'github · bob'])
    expect(read({ ...item, name: 'G', login: one }, { ...item, name: 'G', folderId: 'f', login: one })).toEqual(['G', 'G · Work'])
    expect(read({ ...item, name: 'G', login: one }, { ...item, name: 'G', login: one })).toEqual(
      Array(2).fill('G · ada · https://a.example'),
    )
  })

  it('may be an organisation’s, whose collections tell entries of one title apart', () => {
    const collections = [
      { id: 'c', name: 'Production' },
      { id: 'd', name: 'Test' },
    ]
    const items = ['c', 'd', null].map((id) => ({
      ...item,
      name: 'Key',
      collectionIds: id === null ? [] : [id],
      login: { password: `${id}` },
    }))
    expect(lines(readBitwarden(JSON.stringify({ collections, items }))).found).toEqual([
      'Key · Production = c',
      'Key · Test = d',
      'Key = null',
    ])
  })

  it('has nothing dropped of kinds that it does not know: hidden fields are taken, and the rest is named', () => {
    const fields = [{ name: 'pin', value: '42', type: 1 }]
    const items = [{ ...item, name: 'Bank', type: 6, notes: 'n', bankAccount: { pin: '1' }, fields, passwordHistory: [{ password: 'p' }] }]
    expect(lines(readBitwarden(JSON.stringify({ items })))).toEqual({
      found: ['Bank pin = 42'],
      passed: ['Bank: note', 'Bank: older', 'Bank: other-kind'],
    })
  })

  it('is refused when it is encrypted, and when it is none', () => {
    expect(codeThrown(() => readBitwarden('{"encrypted":true,"passwordProtected":true,"data":"2.x"}'))).toBe('import-encrypted')
    for (const text of ['', '[]', '{}', '{"items":{}}', '{"items":[{"login":7}]}', 'x'.repeat(100)]) {
      expect(codeThrown(() => readBitwarden(text))).toBe('import-invalid')
    }
  })
})
