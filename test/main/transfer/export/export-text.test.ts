import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEnv } from '../../../../main/transfer/import/files/env.ts'
import { readCxf } from '../../../../main/transfer/import/managers/cxf.ts'
import { exportText } from '../../../../main/transfer/export/export-text.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { sharedFolder } from '../../../temporary-folder.ts'

const key = (name: string, value: string, account = 'Work') => ({
  account,
  name,
  id: 'a'.repeat(24),
  enabled: true,
  value: new Secret(value),
})
const asEnv = (...keys: ReturnType<typeof key>[]) => exportText(keys, 'env', 0)
const imported = (text: string): [string, string][] => readEnv(text).found.map(({ name, value }) => [name, value.expose()])

const sign = fc.oneof(
  fc.constantFrom(...'\'"`$\\\n\r\t #=!~{}()&;|<>*?%-aZ0é\u2028'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
)
const text = fc.string({ unit: sign, minLength: 1, maxLength: 40 }).filter((value) => !value.includes('\0'))

describe('an exported .env file', () => {
  const folder = sharedFolder('latchkey-env-')

  /** What a shell that reads the file has afterwards, and what it said. */
  function sourced(env: string): { all: Map<string, string>; said: string } {
    const path = join(folder, 'out.env')
    writeFileSync(path, env)
    const run = spawnSync('bash', ['--norc', '-c', 'set -a; . "$1"; exec /usr/bin/env -0', 'bash', path], { env: {}, encoding: 'utf8' })
    const pairs = run.stdout
      .split('\0')
      .map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])
    return { all: new Map(pairs), said: run.stderr }
  }

  // A value with a quote and a line end came as a backslash and an n out of a shell, and one with a backtick as another out of our import.
  it('gives a shell and our own import each value as it was', () => {
    const keys = fc.array(fc.record({ name: text, account: text, value: text }), { maxLength: 20 })
    fc.assert(
      fc.property(keys, (all) => {
        const { text: env, leftOut } = asEnv(...all.map(({ name, value, account }) => key(name, value, account)))
        const read = imported(env)
        const kept = [...all]
        for (const name of leftOut)
          kept.splice(
            kept.findIndex((one) => one.name === name && /['\\\r]/.test(one.value)),
            1,
          )
        expect(read.map(([, value]) => value)).toEqual(kept.map(({ value }) => value))
        expect(new Set(read.map(([name]) => name)).size).toBe(read.length)
        const shell = sourced(env)
        expect([shell.said, read.map(([name]) => shell.all.get(name))]).toEqual(['', read.map(([, value]) => value)])
        expect([...shell.all.keys()].filter((name) => !/^(?:PWD|SHLVL|OLDPWD|_|)$/.test(name)).sort()).toEqual(
          read.map(([name]) => name).sort(),
        )
      }),
      { numRuns: 150 },
    )
  })

  it('has the values that people have', () => {
    const pem = `-----BEGIN KEY-----\n${'abc+/=\n'.repeat(300)}-----END KEY-----\n`
    const values = ['sk_live_51Hx', 'a b', "it's", 'say "so"', 'a$HOME`id`', "it's\na key", pem, 'YWJj==', '=ls', '~', 'a\\b', "x'#y"]
    const { text: env, leftOut } = asEnv(...values.map((value, at) => key(`K${at}`, value)))
    expect([leftOut, imported(env).map(([, value]) => value)]).toEqual([[], values])
    expect(values.map((_, at) => sourced(env).all.get(`K${at}`))).toEqual(values)
  })

  // Escapes are read in as many ways as there are libraries: what needs one would come out as another value somewhere.
  it.each(["it's $5", 'it\'s "so"', "a'b`c", "a'b\\", 'ends in \\', 'two \\\\', 'a\rb', 'a\r\nb'])(
    'leaves out what not all read the same, and tells whose it is: %j',
    (value) => {
      expect(asEnv(key('odd', value), key('plain', 'v'))).toEqual({ text: '# plain · Work\nplain=v\n', leftOut: ['odd'] })
      const json = exportText([key('odd', value)], 'json', 0)
      expect([json.leftOut, JSON.parse(json.text)]).toMatchObject([[], { keys: [{ value }] }])
    },
  )

  // A server's key called "ci", a line end and a command ran that command in the shell of whoever read the file.
  it('has no line that a server wrote into the name of a key or an account', () => {
    const { text: env } = asEnv(key('ci\necho stolen >&2\r\n#', 'v', 'Work\necho stolen >&2\u2028'))
    expect(env.split('\n')).toEqual([
      '# ci\ufffdecho stolen >&2\ufffd\ufffd# · Work\ufffdecho stolen >&2\ufffd',
      'ci_echo_stolen___2___=v',
      '',
    ])
    expect(sourced(env).said).toBe('')
    expect(asEnv(key('x'.repeat(16_384), 'v', 'y'.repeat(16_384))).text.split('\n')[0]).toBe(`# ${'x'.repeat(128)} · ${'y'.repeat(128)}`)
  })

  it('sets no variable by which a shell runs something else', () => {
    const names = [
      'PROMPT_COMMAND',
      'BASH_ENV',
      'PATH',
      'LD_PRELOAD',
      'PS4',
      'UID',
      'GIT_SSH_COMMAND',
      'PYTHONSTARTUP',
      '',
      'é',
      'GIT_TOKEN',
      'PYTHON_TOKEN',
    ]
    const { text: env } = asEnv(...names.map((name) => key(name, 'v')))
    expect(imported(env).map(([name]) => name)).toEqual([
      ...[
        'PROMPT_COMMAND_KEY',
        'BASH_ENV_KEY',
        'PATH_KEY',
        'LD_PRELOAD_KEY',
        'PS4_KEY',
        'UID_KEY',
        'GIT_SSH_COMMAND_KEY',
        'PYTHONSTARTUP_KEY',
        '_KEY',
        '__KEY',
        'GIT_TOKEN',
        'PYTHON_TOKEN',
      ],
    ])
    expect(sourced(env).said).toBe('')
  })
})

describe('an export in the Credential Exchange Format', () => {
  it('has each key as an API key of its account, as our own import reads it again', () => {
    const keys = [key('ci', 'sk_live'), key('PEM', 'a\n"b"\n', 'Home'), key('deploy', 'ü😀')]
    const { text, leftOut } = exportText(keys, 'cxf', 1_700_000_000_000)
    expect(leftOut).toEqual([])
    expect(JSON.parse(text)).toMatchObject({
      ...{ version: { major: 1, minor: 0 }, exporterRpId: 'latchkey.dev', exporterDisplayName: 'Latchkey', timestamp: 1_700_000_000 },
      accounts: [
        { username: 'Work', email: '', collections: [], items: [{ title: 'ci' }, { title: 'deploy' }] },
        {
          username: 'Home',
          items: [{ id: 'qqqqqqqqqqqqqqqq', credentials: [{ type: 'api-key', key: { fieldType: 'concealed-string' } }] }],
        },
      ],
    })
    expect(readCxf(text).found.map(({ name, value }) => [name, value.expose()])).toEqual([
      ['ci', 'sk_live'],
      ['deploy', 'ü😀'],
      ['PEM', 'a\n"b"\n'],
    ])
  })
})
