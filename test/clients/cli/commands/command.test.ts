import { chmodSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { encodeFrame } from '../../../../clients/shared/protocol/frames.ts'
import { refusalCodes } from '../../../../shared/lists/refusal-codes.ts'
import { exitFor } from '../../../../clients/cli/output/exit-status.ts'
import { FakeRefusal, listeningFakeApp } from '../../fake-app.ts'
import { latchkey, Started } from '../../command-line.ts'

const key = {
  account: 'This computer',
  accountId: 'a1',
  id: '64b7f0c2a1b2c3d4e5f60718',
  name: 'payments',
  enabled: true,
  value: 'here',
  createdAt: 1_700_000_000_000,
} as const

describe('the latchkey command', () => {
  const app = listeningFakeApp()
  beforeEach(() => {
    app.answers = {}
    app.instead = null
  })

  it('prints its commands, exit statuses and version without asking the app', async () => {
    for (const args of [[], ['--help'], ['-h'], ['help']]) {
      const { status, stdout, stderr } = await app.run(args)
      expect([status, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(/^latchkey COMMAND/)
    }
    expect((await app.run(['--version'])).stdout).toMatch(/^latchkey \d+\.\d+\.\d+\n$/)
    for (const command of [
      ...['list', 'get', 'run', 'inject', 'copy', 'add', 'connect', 'disconnect', 'git-credential', 'quick', 'doctor', 'status'],
      'completion',
    ]) {
      const told = await app.run(['help', command])
      expect(told.stdout).toMatch(new RegExp(`^latchkey ${command} `))
      expect(await app.run([command, '--help'])).toEqual(told)
    }
    expect(app.heard).toEqual([])
  })

  it.each([
    [['lost'], 'There is no command lost.'],
    [['toString'], 'There is no command toString.'],
    [['help', 'lost'], 'There is no command lost.'],
    [['get'], 'KEY is missing.'],
    [['get', 'one', 'two'], 'There is one argument too many.'],
    [['get', 'pay ments'], 'This does not name a key: pay ments'],
    [['get', 'payments', '--loud'], "Unknown option '--loud'."],
    [['list', '--account'], "Option '-a, --account <value>' argument missing."],
    [['status', '--json=yes'], "Option '--json' does not take an argument."],
    [['run'], 'There is no program to run.'],
    [['run', '--env', 'A=b'], 'There is no program to run.'],
    [['run', '--', 'true'], 'There is nothing to give to the program.'],
    [['run', '--env', 'A', '--', 'true'], '--env takes NAME=KEY, and not: A'],
    [['run', '--env', '1A=b', '--', 'true'], '--env takes NAME=KEY, and not: 1A=b'],
    [['run', '--env', 'A=b', '--env', 'A=c', '--', 'true'], '--env sets A twice.'],
    [['run', '--env-file', 'none.env', '--', 'true'], 'none.env cannot be read: it is not there.'],
    [['inject', '--in', '.'], '. cannot be read: it is a folder.'],
    [['connect'], 'TOOL is missing.'],
    [['connect', 'svn'], 'Latchkey connects no svn.'],
    [['disconnect', 'svn'], 'Latchkey connects no svn.'],
    [['git-credential'], 'OPERATION is missing.'],
    [['completion', 'tcsh'], 'There are no completions for tcsh.'],
    [['get', '\u001b[2Jpay/ments'], 'There is'],
  ])('refuses wrong use with a sentence and status 2: %j', async (args, sentence) => {
    const { status, stdout, stderr } = await app.run(args)
    if (args[1]?.startsWith('\u001b') === true) expect(stderr).not.toContain('\u001b')
    else expect(stderr).toContain(`latchkey: ${sentence}\n`)
    expect([status, stdout]).toEqual([2, ''])
    expect(app.heard).toEqual([])
  })

  it('identifies itself before its first call', async () => {
    app.answers = { get: () => ({ value: 'v' }) }
    await app.run(['get', 'This computer/payments'])
    expect(app.heard).toEqual([
      { kind: 'command', version: 1 },
      { id: 1, call: 'get', input: { reference: { account: 'This computer', key: 'payments' } } },
    ])
  })

  it.each([
    ['locked', 4],
    ['keychain-locked', 4],
    ['passphrase-needed', 4],
    ['approval-denied', 5],
    ['approval-expired', 5],
    ['approval-busy', 5],
    ['key-not-found', 6],
    ['key-ambiguous', 6],
    ['account-not-found', 6],
    ['value-missing', 7],
    ['value-elsewhere', 7],
    ['internal', 1],
    ['of-a-later-version', 1],
  ])('prints refusal %s as a sentence, and ends with status %i', async (code, status) => {
    app.answers = {
      get: () => {
        throw new FakeRefusal(code)
      },
    }
    const told = await app.run(['get', 'payments'])
    expect([told.status, told.stdout]).toEqual([status, ''])
    expect(told.stderr).toMatch(/^latchkey: .+\.\n.+\.\n$/)
  })

  it('has an exit status for every refusal code', () => {
    for (const code of refusalCodes) expect([1, 4, 5, 6, 7]).toContain(exitFor(code))
  })

  it('says so if the app is locked during a call', async () => {
    app.instead = () => encodeFrame({ code: 'locked' })
    expect(await app.run(['get', 'payments'])).toMatchObject({ status: 4, stdout: '' })
  })

  it.each<[string, (id: number) => Buffer]>([
    ['the number of another answer', (id) => encodeFrame({ id: id + 1, ok: true, value: { value: 'v' } })],
    ['an additional field', (id) => encodeFrame({ id, ok: true, value: { value: 'v', more: 1 } })],
    ['an additional field around the value', (id) => encodeFrame({ id, ok: true, value: { value: 'v' }, more: 1 })],
    ['no value', (id) => encodeFrame({ id, ok: true })],
    ['a value that is not a string', (id) => encodeFrame({ id, ok: true, value: { value: 1 } })],
    ['an unknown shape', () => encodeFrame(['v'])],
    ['invalid JSON', () => Buffer.concat([Buffer.from([1, 0, 0, 0]), Buffer.from('{')])],
    ['a frame that is too large', () => Buffer.from([0, 0, 0, 1])],
  ])('rejects an answer with %s', async (_, instead) => {
    app.instead = ({ id }) => instead(id)
    const { status, stdout, stderr } = await app.run(['get', 'payments'])
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain('What answered is not a Latchkey that this command knows.')
  })

  it('says so if the connection ends without an answer', async () => {
    app.instead = () => {
      for (const socket of app.connections) socket.destroy()
      return Buffer.alloc(0)
    }
    expect(await app.run(['get', 'payments'])).toMatchObject({ status: 3, stdout: '' })
  })

  it('trusts no socket in a folder that others can write to', async () => {
    app.answers = { get: () => ({ value: 'v' }) }
    chmodSync(dirname(app.path), 0o777)
    const { status, stdout, stderr } = await app.run(['get', 'payments'])
    chmodSync(dirname(app.path), 0o700)
    expect([status, stdout, app.heard]).toEqual([3, '', []])
    expect(stderr).toContain('could be written by somebody else')
  })

  it('opens no debugger on the signal for which Node would', async () => {
    let asked = (): void => undefined
    const waiting = new Promise<void>((resolve) => (asked = resolve))
    app.instead = () => (asked(), Buffer.alloc(0))
    const started = app.start(['get', 'payments'])
    await waiting
    started.child.kill('SIGUSR1')
    expect(await started.ended).toMatchObject({ signal: 'SIGUSR1', stdout: '', stderr: '' })
  })

  describe('latchkey get', () => {
    it('writes the value alone to a program, and with a line feed to a terminal', async () => {
      app.answers = { get: () => ({ value: 'the-välue' }) }
      expect(await app.run(['get', 'payments'])).toEqual({ status: 0, signal: null, stdout: 'the-välue', stderr: '' })
      const command = (words: string) => app.inTerminal(words)
      expect((await command('get payments')).stdout).toBe('the-välue\r\n')
      expect((await command('get payments -n')).stdout).toBe('the-välue')
    })

    it.each(['get payments', 'list', 'list --json', 'status', 'help', 'inject -i in'])(
      'says that the disk is full when %s cannot be written',
      async (words) => {
        app.answers = {
          get: () => ({ value: 'the-value' }),
          list: () => ({ keys: [key] }),
          status: () => ({ version: '1.0.0', vault: 'open', code: null, account: null, keys: 1 }),
        }
        writeFileSync(join(app.folder, 'in'), 'a text')
        const ended = await new Started('bash', ['-c', `"$L" ${words} > /dev/full`], { env: { ...app.env, L: latchkey }, cwd: app.folder })
          .ended
        const stderr = 'latchkey: Standard output could not be written: the disk is full.\nWhat is there of it is not whole.\n'
        expect(ended).toEqual({ status: 1, signal: null, stdout: '', stderr })
      },
    )

    it('keeps its exit status if standard error cannot be written', async () => {
      const script = '"$L" get "no key" 2> /dev/full'
      expect(await new Started('bash', ['-c', script], { env: { ...app.env, L: latchkey } }).ended).toMatchObject({ status: 2 })
    })

    it('ends by SIGPIPE if its reader is gone', async () => {
      app.answers = { list: () => ({ keys: Array.from({ length: 200 }, () => key) }) }
      const started = app.start(['list', '--json'])
      started.child.stdout.destroy()
      expect(await started.ended).toMatchObject({ signal: 'SIGPIPE', stderr: '' })
    })
  })

  describe('latchkey list', () => {
    it('prints a table, references or JSON', async () => {
      app.answers = {
        list: () => ({
          keys: [key, { ...key, account: 'dev@example.com', accountId: 'a2', name: 'ci', enabled: false, value: 'elsewhere' }],
        }),
      }
      expect((await app.run(['list'])).stdout.split('\n')).toEqual([
        'ACCOUNT          KEY       VALUE                     CREATED',
        'This computer    payments  here                      2023-11-14',
        'dev@example.com  ci        made elsewhere, disabled  2023-11-14',
        '',
      ])
      expect((await app.run(['list', '-r', '-a', 'a2'])).stdout).toBe('latchkey://dev%40example.com/ci\n')
      const { keys } = JSON.parse((await app.run(['list', '--json', '--account', 'This computer'])).stdout)
      expect(keys).toEqual([{ ...key, createdAt: '2023-11-14T22:13:20.000Z', reference: 'latchkey://This%20computer/payments' }])
      expect(await app.run(['list', '-a', 'nobody'])).toMatchObject({ status: 6, stdout: '' })
    })

    it('says that there are no keys', async () => {
      app.answers = { list: () => ({ keys: [] }) }
      expect(await app.run(['list'])).toMatchObject({ status: 0, stdout: '', stderr: 'There are no keys yet. Make one in Latchkey.\n' })
      expect((await app.run(['list', '--json'])).stdout).toBe('{"keys":[]}\n')
    })

    it('uses the id of a key whose name contains unsafe characters', async () => {
      const names = ['x\nlatchkey://Prod/payments', '$(touch owned)', 'a b', 'ä', '\u001b]52;c;eA==\u0007', '']
      app.answers = { list: () => ({ keys: names.map((name) => ({ ...key, name })) }) }
      const { stdout } = await app.run(['list', '--references'])
      expect(stdout).toBe(`latchkey://This%20computer/${key.id}\n`.repeat(names.length))
    })

    it('prints no terminal control sequences', async () => {
      app.answers = { list: () => ({ keys: [{ ...key, account: 'a\u001b]0;x\u0007\u202eb' }] }) }
      expect((await app.run(['list'])).stdout).toContain('a?]0;x??b')
    })
  })

  describe('latchkey status', () => {
    const open = { version: '1.2.3', vault: 'open', code: null, account: 'This computer', keys: 3 } as const

    it('prints whether the vault is open, and sets its exit status accordingly', async () => {
      app.answers = { status: () => open }
      expect(await app.run(['status'])).toMatchObject({
        status: 0,
        stdout: 'Latchkey  running, version 1.2.3\nVault     open\nAccount   This computer\nKeys      3\n',
      })
      expect(JSON.parse((await app.run(['status', '--json'])).stdout)).toEqual({ running: true, ...open })
      app.answers = { status: () => ({ ...open, vault: 'closed', code: 'locked', account: null, keys: 0 }) }
      const closed = await app.run(['status'])
      expect(closed.status).toBe(4)
      expect(closed.stdout).toContain('Vault     closed: Latchkey is locked.')
    })
  })

  it('latchkey copy, quick and doctor send their call and print the result', async () => {
    app.answers = {
      copy: () => ({ clearsAt: Date.now() + 30_000 }),
      quick: () => null,
      doctor: () => ({
        keychain: 'os',
        provider: 'gnome-keyring-daemon',
        desktop: 'gnome',
        findings: ['item-missing'],
        keys: [{ name: 'payments', finding: 'item-missing' }],
      }),
    }
    expect(await app.run(['copy', 'payments'])).toMatchObject({ status: 0, stdout: 'Copied. The clipboard is cleared in 30 seconds.\n' })
    expect(await app.run(['quick'])).toEqual({ status: 0, signal: null, stdout: '', stderr: '' })
    const told = await app.run(['doctor'])
    expect(told.status).toBe(1)
    expect(told.stdout).toMatch(
      /^Keychain {2}gnome-keyring-daemon\n\nSome values are gone from the keychain\n {2}.*\n {2}Keys: payments\n {2}- /,
    )
    expect(JSON.parse((await app.run(['doctor', '--json'])).stdout).findings).toEqual(['item-missing'])
  })
})
