import { describe, expect, it } from 'vitest'
import { codeRejected } from '../../vault/fixtures/refused.ts'
import { readFile } from './read-file.ts'

describe('an imported table of Chrome’s passwords', () => {
  it('gives each password under its name or its host, and names notes', async () => {
    const text = [
      'name,url,username,password,note',
      'github.com,https://github.com/login,ada,"p,w""1",',
      'github.com,https://github.com/login,bob,two,"a note\nof two lines"',
      ',https://ada:x@stripe.com:8443/a?b,ada,three,',
      ',not an address,,four,',
      'empty.example,https://empty.example/,ada,,',
      ',,,,',
    ].join('\r\n')
    expect(await readFile('Chrome Passwords.csv', text)).toEqual({
      format: 'chrome',
      found: ['github.com · ada = p,w"1', 'github.com · bob = two', 'stripe.com = three', 'not an address = four'],
      passed: ['github.com · bob: note', 'empty.example: empty'],
    })
  })

  it('may come from an older version, without notes', async () => {
    expect(await readFile('x.csv', 'name,url,username,password\na,https://a.example,u,p\n')).toEqual({
      format: 'chrome',
      found: ['a = p'],
      passed: [],
    })
  })
})

describe('an imported table of Firefox’s logins', () => {
  it('gives each password under its host, and names the keys of a Firefox account', async () => {
    const head = '"url","username","password","httpRealm","formActionOrigin","guid","timeCreated","timeLastUsed","timePasswordChanged"'
    const row = (url: string, username: string, password: string, realm = '') =>
      `"${url}","${username}","${password}","${realm}","","{1}","1","2","3"`
    const text = [
      head,
      row('https://github.com', 'ada', 'one'),
      row('https://router.example', 'admin', 'two', 'first'),
      row('https://router.example', 'admin', 'three', 'second'),
      row('chrome://FirefoxAccounts', 'ada@example.com', '{""version"":1}'),
    ].join('\n')
    expect(await readFile('logins.csv', text)).toEqual({
      format: 'firefox',
      found: ['github.com = one', 'router.example · first = two', 'router.example · second = three'],
      passed: ['FirefoxAccounts: other-kind'],
    })
  })
})

describe('an imported table of 1Password’s logins', () => {
  it('gives the password of each login, and names archived ones, notes and one-time codes', async () => {
    const text = [
      'Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes',
      'Stripe,https://stripe.com,ada,sk_live,otpauth://totp/x?secret=A,true,false,a;b,recovery codes',
      'Old,https://old.example,ada,old,,false,true,,x',
      ',https://plain.example/login,,p,,false,false,,',
    ].join('\n')
    expect(await readFile('export.csv', text)).toEqual({
      format: 'onepassword-csv',
      found: ['Stripe = sk_live', 'plain.example = p'],
      passed: ['Stripe: note', 'Stripe: one-time-code', 'Old: archived'],
    })
  })
})

describe('an imported table', () => {
  const tables = ['chrome', 'firefox', 'onepassword-csv', 'keepassxc'] as const

  it.each(tables)('is refused without its columns, with an open quote, or with text after a quote: %s', async (format) => {
    for (const text of ['', 'a,b\n1,2', '"name', 'name"x', '"Title","Password"x\n']) {
      expect(await codeRejected(readFile('x.csv', text, format))).toBe('import-invalid')
    }
  })

  // The pattern for a field overflowed the stack, and the refusal was an internal error.
  it('may have a field of many megabytes, which is too long for a value', async () => {
    const long = 'x'.repeat(8_000_000)
    expect(
      (await readFile('x.csv', `name,url,username,password\na,,,"${long}"\nb,,,${long}\nc,,,"${'""'.repeat(4_000_000)}"\n`)).passed,
    ).toEqual(['a: too-long', 'b: too-long', 'c: too-long'])
  })

  it('may have columns of any name and in any order, and rows shorter or longer than its head', async () => {
    const text = 'password,__proto__,username,constructor,url,name\np,x,u,y,https://a.example,a\nq\nr,,,,,b,c,d\n'
    expect(await readFile('x.csv', text, 'chrome')).toEqual({ format: 'chrome', found: ['a = p', 'entry = q', 'b = r'], passed: [] })
  })
})
