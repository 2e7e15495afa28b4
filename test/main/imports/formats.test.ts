import { describe, expect, it } from 'vitest'
import { readBitwarden } from '../../../main/imports/bitwarden.ts'
import { readCsv } from '../../../main/imports/csv.ts'
import { readEnv } from '../../../main/imports/env.ts'
import type { Reading } from '../../../main/imports/found.ts'
import { readKeePassXc } from '../../../main/imports/keepassxc.ts'
import { codeThrown } from '../vault/refused.ts'

/** As pairs, which a test may see. */
function pairs({ found, passed }: Reading): { found: [string, string][]; passed: [string, string][] } {
  return {
    found: found.map(({ name, value }) => [name, value.expose()]),
    passed: passed.map(({ name, why }) => [name, why]),
  }
}

describe('a .env file', () => {
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
    expect(pairs(readEnv(text))).toEqual({
      found: [
        ['PLAIN', 'abc123'],
        ['EXPORTED', 'with-blanks'],
        ['HASH', 'a#b'],
        ['SINGLE', 'a $HOME \\n "b"'],
        ['DOUBLE', 'a\nb "c" $d'],
        ['URL', 'postgres://u:p@h/db?x=1&y=2'],
        ['PEM', '-----BEGIN-----\nabc\n-----END-----'],
        ['dotted.name-x', '1'],
      ],
      passed: [],
    })
  })

  it('counts the last of a name that is set twice, and tells what it passes over without showing it', () => {
    const text = `A=1\nA=2\nEMPTY=\nsome secret without a name\nOPEN="never closed\nB=3\nLONG=${'x'.repeat(2561)}`
    expect(pairs(readEnv(text))).toEqual({
      found: [
        ['A', '2'],
        ['B', '3'],
      ],
      passed: [
        ['4', 'unreadable'],
        ['OPEN', 'unreadable'],
        ['EMPTY', 'empty'],
        ['LONG', 'too-long'],
      ],
    })
  })

  it('that is made to be slow to read is read as fast as any other of its size', () => {
    const [blanks, many] = [' '.repeat(2_000_000), 100_000]
    expect(pairs(readEnv(`A=x${blanks}y`)).found).toEqual([])
    expect(pairs(readEnv(`A=x${blanks}\nB=${blanks}1 # c`)).found).toEqual([
      ['A', 'x'],
      ['B', '1'],
    ])
    expect(pairs(readEnv('A=\'\nB="\n'.repeat(900))).passed.length).toBeLessThan(1800)
    expect(codeThrown(() => readEnv('A="x"y\n'.repeat(many)))).toBe('stored-limit')
    expect(pairs(readEnv(`A="${'\\n'.repeat(1_000_000)}`)).passed).toEqual([['A', 'unreadable']])
  }, 20_000)
})

// A file of 16 megabytes with a million names kept the app busy for hours, and one with 1,001 was refused only after its values were chosen.
describe('a file with more entries than are stored', () => {
  const readers: Record<string, (names: readonly string[], value: string) => Reading> = {
    '.env': (names, value) => readEnv(names.map((name) => `${name}=${value}`).join('\n')),
    KeePassXC: (names, value) => readKeePassXc(['Title,Password', ...names.map((name) => `${name},${value}`)].join('\n')),
    Bitwarden: (names, password) => readBitwarden(JSON.stringify({ items: names.map((name) => ({ name, login: { password } })) })),
  }

  it.each(Object.entries(readers))('is refused, whether it has values or not: %s', (_, read) => {
    for (const value of ['v', '']) {
      const names = (amount: number) => Array.from({ length: amount }, (_, at) => `k${at}`)
      const { found, passed } = read(names(1000), value)
      expect([found.length, passed.length]).toEqual(value === '' ? [0, 1000] : [1000, 0])
      expect(codeThrown(() => read(names(1001), value))).toBe('stored-limit')
    }
  })
})

describe('a KeePassXC CSV file', () => {
  const head = '"Group","Title","Username","Password","URL","Notes","TOTP","Icon","Last Modified","Created"'

  it('gives each entry’s password under its title', () => {
    const text = [
      head,
      '"Root/Work","Stripe, live","ada","sk_live_""quoted""\nand a second line","https://stripe.com","","","0","",""',
      '"Root","","only-a-user","pw","","","","0","",""',
      '"Root","No password","","","","","","0","",""',
      '',
    ].join('\n')
    expect(pairs(readKeePassXc(text))).toEqual({
      found: [
        ['Stripe, live', 'sk_live_"quoted"\nand a second line'],
        ['only-a-user', 'pw'],
      ],
      passed: [['No password', 'empty']],
    })
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

describe('a Bitwarden JSON file', () => {
  const item = { id: 'x', type: 1, folderId: null, favorite: false, notes: 'not a value' }

  it('gives the passwords and hidden fields of its items', () => {
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
    expect(pairs(readBitwarden(text))).toEqual({
      found: [
        ['Stripe', 'sk_live'],
        ['Box token', 'abc'],
        ['Host', 'PEM'],
      ],
      passed: [['Empty', 'empty']],
    })
  })

  it('is refused when it is encrypted, and when it is none', () => {
    expect(codeThrown(() => readBitwarden('{"encrypted":true,"passwordProtected":true,"data":"2.x"}'))).toBe('import-encrypted')
    for (const text of ['', '[]', '{}', '{"items":{}}', '{"items":[{"login":7}]}', 'x'.repeat(100)]) {
      expect(codeThrown(() => readBitwarden(text))).toBe('import-invalid')
    }
  })
})
