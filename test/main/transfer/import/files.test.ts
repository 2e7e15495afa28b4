import { describe, expect, it } from 'vitest'
import { importFormats, type ImportFormat } from '../../../../shared/lists/transfer.ts'
import { codeRejected } from '../../vault/fixtures/refused.ts'
import { readFile } from './read-file.ts'

/** In two parts, so that this file has nothing that is found as a key. */
const [lasting, temporary] = ['AKIA', 'ASIA'].map((kind) => `${kind}IOSFODNN7EXAMPLE`)

describe('an imported AWS credentials file', () => {
  const file = [
    '# two profiles',
    '[default]',
    `aws_access_key_id = ${lasting}`,
    'aws_secret_access_key=wJalrXUtnFEMI/K7MDENG+bPxRfiCY  ; a comment',
    'region = eu-central-1',
    's3 =',
    '  max_concurrent_requests = 20',
    '',
    '[ci deploy]',
    `AWS_ACCESS_KEY_ID=${temporary}`,
    'aws_secret_access_key = secret#2',
    'aws_session_token = IQoJ==',
    'role_arn = arn:aws:iam::1:role/x',
  ]

  it('gives the pair of each profile, with the token of a temporary one, and names its settings', async () => {
    expect(await readFile('credentials', file.join('\n'))).toEqual({
      format: 'aws',
      found: [
        `AWS default access key ID = ${lasting}`,
        'AWS default secret access key = wJalrXUtnFEMI/K7MDENG+bPxRfiCY',
        `AWS ci deploy access key ID = ${temporary}`,
        'AWS ci deploy secret access key = secret#2',
        'AWS ci deploy session token = IQoJ==',
      ],
      passed: ['default region: setting', 'default s3: setting', 'default max_concurrent_requests: setting', 'ci deploy role_arn: setting'],
    })
  })

  it('counts the last value that a profile sets, and names lines that it cannot read by their number', async () => {
    const text =
      'aws_access_key_id=above any profile\n[a]\naws_access_key_id=1\nnot a setting\naws_access_key_id=2\naws_secret_access_key=\n'
    expect(await readFile('x', text)).toEqual({
      format: 'aws',
      found: ['AWS a access key ID = 2'],
      passed: ['1: unreadable', '4: unreadable', 'AWS a secret access key: empty'],
    })
  })
})

describe('an imported .npmrc', () => {
  it('gives tokens, logins and passwords as npm reads them, and names settings and values that come from a variable', async () => {
    const text = [
      '; mine',
      'registry=https://npm.example/',
      '//registry.npmjs.org/:_authToken=npm_0123456789 ; a comment',
      '//npm.example/team/:_auth="YWRhOnB3"',
      '//npm.example/team/:_password = cHc=',
      '//npm.example/team/:username=ada',
      '//ci.example/:_authToken=${NPM_TOKEN}',
      "//single.example/:_authToken='a;b'",
      '//escaped.example/:_authToken=a\\;b\\#c\\\\d',
      '_auth=b2xk',
      'always-auth',
    ].join('\n')
    expect(await readFile('.npmrc', text)).toEqual({
      format: 'npmrc',
      found: [
        'npm registry.npmjs.org token = npm_0123456789',
        'npm npm.example/team login = YWRhOnB3',
        'npm npm.example/team password = cHc=',
        'npm single.example token = a;b',
        'npm escaped.example token = a;b#c\\d',
        'npm registry.npmjs.org login = b2xk',
      ],
      passed: ['registry: setting', '//npm.example/team/:username: setting', '11: unreadable', 'npm ci.example token: variable'],
    })
  })

  it('is recognised by a line of it under any name', async () => {
    expect((await readFile('backup.txt', 'color=true\n//r.example/:_authToken=t\n')).format).toBe('npmrc')
  })
})

describe('an imported .netrc', () => {
  it('gives the password of each machine, in one line or several, quoted or bare, and names macros', async () => {
    const text = [
      '# comment with machine x',
      'machine api.heroku.com login ada@example.com password 1234-abcd',
      'machine git.example',
      '  login ada',
      '  password "with \\"quotes\\", blanks and\\na line"',
      '  account second',
      'machine git.example login bob password #hash',
      'machine ftp.example',
      '  macdef init',
      '  cd machine password',
      '',
      'machine empty.example login ada',
      'default login anonymous password guest',
    ].join('\r\n')
    expect(await readFile('.netrc', text)).toEqual({
      format: 'netrc',
      found: [
        'api.heroku.com = 1234-abcd',
        'git.example · ada = with "quotes", blanks and\na line',
        'git.example · ada account = second',
        'git.example · bob = #hash',
        'default = guest',
      ],
      passed: ['init: other-kind', 'ftp.example: empty', 'empty.example: empty'],
    })
  })

  it.each(['', 'password before a machine', 'machine a login b nonsense c', 'machine a password "never closed', 'machine'])(
    'is refused if a word does not belong there: %j',
    async (text) => {
      expect(await codeRejected(readFile('.netrc', text))).toBe('import-invalid')
    },
  )
})

describe('an imported .pgpass', () => {
  it('gives the password of each line, with escaped colons, and names lines with fewer fields by their number', async () => {
    const text = [
      '# host:port:database:user:password',
      'db.example:5432:orders:ada:p\\:w\\\\1:ignored',
      'db.example:5432:billing:ada:two',
      '*:*:*:*:any',
      'db\\:6.example:5432:x:bob:',
      'a:b:c:only-four',
      'just a password',
      'db.example:5432:x:eve:ends with a backslash\\',
    ].join('\n')
    expect(await readFile('.pgpass', text)).toEqual({
      format: 'pgpass',
      found: [
        'ada@db.example · orders = p:w\\1',
        'ada@db.example · billing = two',
        'PostgreSQL = any',
        'eve@db.example = ends with a backslash\\',
      ],
      passed: ['6: unreadable', '7: unreadable', 'bob@db:6.example: empty'],
    })
  })
})

describe('an imported hosts file of GitHub’s command line', () => {
  it('gives the token of each user at each host, once, whether the file has a list of users or not', async () => {
    const text = [
      'github.com:',
      '    user: ada',
      '    oauth_token: gho_ada',
      '    git_protocol: https',
      '    users:',
      '        ada:',
      '            oauth_token: gho_ada',
      '        bob:',
      '            oauth_token: "0123456789"',
      'git.example:',
      '    oauth_token: 012345678901234567890',
      '    user: eve',
    ].join('\n')
    expect(await readFile('hosts.yml', text)).toEqual({
      format: 'github-cli',
      found: ['github.com ada = gho_ada', 'github.com bob = 0123456789', 'git.example eve = 012345678901234567890'],
      passed: [],
    })
  })

  it('names tokens that the keychain has', async () => {
    const text =
      'github.com:\n    git_protocol: https\n    users:\n        ada:\n        bob:\n    user: ada\ngit.example:\n    user: eve\n'
    expect(await readFile('hosts.yml', text)).toEqual({
      format: 'github-cli',
      found: [],
      passed: ['github.com ada: elsewhere', 'github.com bob: elsewhere', 'git.example eve: elsewhere'],
    })
  })

  const aliases = ['a0: &a0 [x]', ...Array.from({ length: 20 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`)]
  it.each([
    ['another YAML file', 'services:\n  web:\n    image: x\n'],
    ['a list', '- a\n- b\n'],
    ['open quotes', 'github.com:\n  user: "ada\n'],
    ['two documents', 'a: {user: b}\n---\nb: {user: c}\n'],
    ['aliases of aliases', aliases.join('\n')],
    ['deep nesting', `a: ${'['.repeat(100_000)}`],
    ['deep lists', '- '.repeat(100_000)],
    ['deep keys', '? '.repeat(100_000)],
    ['nested keys in a line', 'a: '.repeat(80_000)],
    ['more than a list of hosts has', `# ${'x'.repeat(300_000)}\na: {user: b}\n`],
    ['code', 'a: !!js/function "function () {}"\n'],
  ])('is refused with %s', async (_, text) => {
    expect(await codeRejected(readFile('hosts.yml', text, 'github-cli'))).toBe('import-invalid')
  })
})

describe('an imported list of MCP servers', () => {
  it('gives environment variables and headers, and names variables of the agent, settings, arguments and addresses', async () => {
    const mcpServers = {
      github: { command: 'npx', args: ['-y', 'server', '--token=x'], env: { GITHUB_TOKEN: 'ghp_1', LOG: '', PORT: 80 } },
      other: { command: 'x', args: [], env: { GITHUB_TOKEN: 'ghp_2', FROM: '${TOKEN:-none}' } },
      remote: {
        type: 'http',
        url: 'https://mcp.example/?key=1',
        headers: { Authorization: 'Bearer tok en', 'X-API-Key': 'abc', Accept: 'text/event-stream', Who: '${input:who}' },
      },
    }
    expect(await readFile('.mcp.json', JSON.stringify({ mcpServers }))).toEqual({
      format: 'mcp',
      found: ['GITHUB_TOKEN · github = ghp_1', 'GITHUB_TOKEN · other = ghp_2', 'remote Authorization = tok en', 'remote X-API-Key = abc'],
      passed: [
        'LOG: empty',
        'PORT: setting',
        'FROM: variable',
        'remote Accept: setting',
        'remote Who: variable',
        'github args: setting',
        'remote url: setting',
      ],
    })
  })

  it('may call the list as other agents do', async () => {
    expect(await readFile('mcp.json', '{"servers":{"a":{"env":{"K":"v"}}}}')).toEqual({ format: 'mcp', found: ['K = v'], passed: [] })
  })

  it.each([
    '',
    '{',
    '[]',
    '{}',
    '{"mcpServers":[{"env":{}}]}',
    '{"mcpServers":{"a":"b"}}',
    '{"mcpServers":{"a":{"env":"b"}}}',
    '['.repeat(100_000),
  ])('is refused when it is none: %.40j', async (text) => {
    expect(await codeRejected(readFile('mcp.json', text, 'mcp'))).toBe('import-invalid')
  })
})

describe('the format of a chosen file', () => {
  const samples: Partial<Record<ImportFormat, [name: string, text: string][]>> = {
    env: [
      ['.env', 'A=1\nnonsense\n'],
      ['.env.local', ''],
      ['PRODUCTION.ENV', 'A=1'],
      ['secrets.txt', '# mine\nexport A=1\nB="2"\n'],
    ],
    aws: [['credentials', '[a]\naws_secret_access_key=x\n']],
    npmrc: [
      ['.npmrc', 'color=true\n'],
      ['_netrc.txt', '//r.example/:_password=x'],
    ],
    netrc: [
      ['_netrc', 'machine a password b'],
      ['logins', 'machine a\n  login b password c'],
    ],
    pgpass: [['pgpass.conf', 'a:b:c:d:e']],
    'github-cli': [
      ['hosts.yaml', 'github.com:\n  oauth_token: x\n'],
      ['hosts.yml', 'github.com:\n  user: x\n'],
    ],
    mcp: [['claude_desktop_config.json', '\ufeff {"mcpServers":{}}']],
    bitwarden: [['bitwarden_export.json', '{"items":[]}']],
    keepassxc: [['x.csv', '"Group","Title","Username","Password","URL"\n']],
  }

  it.each(Object.entries(samples).flatMap(([format, all]) => all.map(([name, text]) => [format, name, text])))(
    'is recognised: %s from %s',
    async (format, name, text) => {
      expect((await readFile(name, text)).format).toBe(format)
    },
  )

  it.each([
    ['notes.txt', 'a password'],
    ['empty', ''],
    ['x.json', '{"a":1}'],
    ['x.json', '{not json'],
    ['both.json', '{"items":[],"mcpServers":{}}'],
    ['x.csv', 'a,b\n1,2\n'],
    ['two', '[a]\naws_access_key_id=x\n//r.example/:_auth=x\n'],
    ['picture.png', '\ufffe\0\0'],
  ])('is not guessed: %s', async (name, text) => {
    expect(await codeRejected(readFile(name, text))).toBe('import-unknown')
  })

  it('can be chosen where it is not recognised', async () => {
    expect((await readFile('database logins', 'h:1:d:u:p', 'pgpass')).found).toEqual(['u@h = p'])
    expect((await readFile('notes.txt', 'A=1\nnonsense', 'env')).passed).toEqual(['2: unreadable'])
  })

  const long = 'x'.repeat(4_000_000)
  it.each(importFormats)(
    'is read in no time, whatever is in the file: %s',
    async (format) => {
      for (const text of [
        long,
        `"${long}`,
        `machine ${long}`,
        `:\\${long}`,
        `//${long}`,
        ' '.repeat(4_000_000),
        '['.repeat(200_000),
        '\n[a]=\n'.repeat(900),
      ]) {
        for (const chosen of [format, null]) {
          const code = await codeRejected(readFile('x', text, chosen))
          expect(['import-invalid', 'import-unknown', 'stored-limit', null]).toContain(code)
        }
      }
    },
    20_000,
  )
})
