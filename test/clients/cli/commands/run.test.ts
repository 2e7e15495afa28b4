import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeRefusal, listeningFakeApp } from '../../fake-app.ts'

const values: Record<string, string> = { payments: 'qZ7/+payments-value+/0001', ci: 'qZ7"ci value\\0002' }

describe('latchkey run', () => {
  const app = listeningFakeApp()
  const file = (name: string, text: string): string => {
    writeFileSync(join(app.folder, name), text)
    return name
  }
  /** A program that writes its variables in an encoded form, so that they are not masked. */
  const environment = (name: string) => [
    'node',
    '-e',
    `process.stdout.write([...(process.env[${JSON.stringify(name)}] ?? 'NONE')].join(' '))`,
  ]
  const spaced = (text: string) => [...text].join(' ')

  beforeEach(() => {
    app.answers = { run: ({ references }) => ({ values: references.map(({ key }) => values[key] ?? '') }) }
  })

  it("passes a key's value to a program, and tells the app the command", async () => {
    const ended = await app.run(['run', '--env', 'TOKEN=dev@example.com/payments', '--', ...environment('TOKEN')])
    expect(ended).toEqual({ status: 0, signal: null, stdout: spaced(values['payments'] ?? ''), stderr: '' })
    expect(app.heard[1]).toMatchObject({ call: 'run', input: { references: [{ account: 'dev@example.com', key: 'payments' }] } })
    expect(app.heard[1]).toHaveProperty('input.command', expect.stringMatching(/^node -e process/))
  })

  it('requests all keys in one call, each once', async () => {
    const env = file('all.env', 'A=latchkey:///payments\nB="x-latchkey:///ci.y"\nC=latchkey:///payments\nD=as it is')
    const shown = await app.run([
      'run',
      '--env-file',
      env,
      '-e',
      'E=ci',
      '--no-mask',
      '--',
      'sh',
      '-c',
      'printf "%s\\n" "$A" "$B" "$C" "$D" "$E"',
    ])
    expect(shown.stdout.split('\n')).toEqual([values['payments'], `x-${values['ci']}.y`, values['payments'], 'as it is', values['ci'], ''])
    expect(app.heard).toHaveLength(2)
    expect(app.heard[1]).toHaveProperty('input.references', [
      { account: null, key: 'payments' },
      { account: null, key: 'ci' },
    ])
  })

  it('gives --env precedence over files, later files over earlier ones, and all of them over the inherited environment', async () => {
    const args = [
      '--env-file',
      file('one.env', 'A=one\nB=one\nC=one'),
      '--env-file',
      file('two.env', 'B=two\nC=two'),
      '--env',
      'C=payments',
    ]
    const { stdout } = await app.run(['run', ...args, '--no-mask', '--', 'sh', '-c', 'echo $A $B $C $D'], {
      env: { A: 'old', B: 'old', C: 'old', D: 'old' },
    })
    expect(stdout).toBe(`one two ${values['payments']} old\n`)
  })

  it('does not ask the app if a file contains no reference', async () => {
    expect(await app.run(['run', '--env-file', file('plain.env', 'A=1'), '--', 'sh', '-c', 'echo $A'])).toMatchObject({
      status: 0,
      stdout: '1\n',
    })
    expect(app.heard).toEqual([])
  })

  it('does not start the program if a value is refused or cannot be in an environment', async () => {
    app.answers = {
      run: () => {
        throw new FakeRefusal('approval-denied')
      },
    }
    expect(await app.run(['run', '-e', 'A=payments', '--', 'echo', 'started'])).toMatchObject({ status: 5, stdout: '' })
    app.answers = { run: () => ({ values: ['half\0other-half'] }) }
    const told = await app.run(['run', '-e', 'A=payments', '--', 'echo', 'started'])
    expect([told.status, told.stdout]).toEqual([1, ''])
    expect(told.stderr).not.toMatch(/half/)
    app.answers = { run: () => ({ values: ['one', 'two'] }) }
    expect(await app.run(['run', '-e', 'A=payments', '--', 'echo', 'started'])).toMatchObject({ status: 1, stdout: '' })
  })

  it.runIf(process.platform === 'linux')('has no memory in its core dumps, and does not change the program’s core dumps', async () => {
    const look = 'until grep -q "^00000000$" /proc/$PPID/coredump_filter; do :; done; cat /proc/self/coredump_filter'
    const ours = readFileSync('/proc/self/coredump_filter', 'latin1')
    expect((await app.run(['run', '-e', 'A=ci', '--no-mask', '--', 'sh', '-c', look])).stdout).toBe(ours)
  })

  it('has the value in no process arguments, and in no environment but the program’s', async () => {
    const look = 'for p in self $PPID; do tr "\\0" "\\n" < /proc/$p/cmdline; done; tr "\\0" "\\n" < /proc/$PPID/environ; echo looked'
    const { stdout } = await app.run(['run', '-e', 'TOKEN=payments', '--no-mask', '--', 'sh', '-c', look])
    expect(stdout).toContain('looked')
    expect(stdout).not.toContain(values['payments'])
  })

  describe('the program under latchkey run', () => {
    it('gets our input, folder and arguments, and its exit status is returned', async () => {
      const script = 'read line; echo "$line $# $1 $(basename "$PWD")"; exit 42'
      const ended = await app.run(['run', '-e', 'A=ci', '--', 'sh', '-c', script, 'sh', '--help', '-- x'], { input: 'hello\n' })
      expect([ended.status, ended.stdout]).toEqual([42, `hello 2 --help ${app.folder.split('/').at(-1)}\n`])
    })

    it('is reported as shells do if it does not exist or cannot be executed', async () => {
      mkdirSync(join(app.folder, 'a-folder'), { recursive: true })
      file('not-executable', '')
      expect(await app.run(['run', '-e', 'A=ci', '--', 'no-such-program'])).toMatchObject({
        status: 127,
        stderr: 'latchkey: There is no program no-such-program.\n',
      })
      expect(await app.run(['run', '-e', 'A=ci', '--', './not-executable'])).toMatchObject({ status: 126 })
      expect(await app.run(['run', '-e', 'A=ci', '--', './a-folder'])).toMatchObject({ status: 126 })
      // Regression: errors that Node throws instead of emitting ended as an internal error.
      expect(await app.run(['run', '-e', 'A=ci', '--', './not-executable/program'])).toMatchObject({
        status: 126,
        stderr: 'latchkey: ./not-executable/program cannot be run.\n',
      })
      const tooLong = 'x'.repeat(140_000)
      for (const mask of [[], ['--no-mask']]) {
        expect(
          await app.run(['run', ...mask, '--env-file', file('long.env', `A=latchkey:///ci\nLONG=${tooLong}`), '--', 'true']),
        ).toMatchObject({
          status: 126,
          stderr: 'latchkey: The environment and the arguments are too long together.\n',
        })
      }
    })

    it.each(['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGUSR1', 'SIGPIPE'] as const)(
      'that is ended by %s ends the command by the same signal',
      async (signal) => {
        const number = constants.signals[signal]
        expect(await app.run(['run', '-e', 'A=ci', '--', 'sh', '-c', `kill -${number} $$`])).toMatchObject({ status: null, signal })
      },
    )

    it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const)(
      'gets a %s that is sent to us, and may answer as it likes',
      async (signal) => {
        const name = signal.slice(3)
        const started = app.start([
          'run',
          '-e',
          'A=ci',
          '--',
          'bash',
          '-c',
          `trap 'echo got ${name}; exit 7' ${name}; echo ready; while :; do sleep 0.02; done`,
        ])
        await started.says('ready')
        started.child.kill(signal)
        expect(await started.ended).toMatchObject({ status: 7, signal: null, stdout: `ready\ngot ${name}\n` })
      },
    )

    it('gets Ctrl+C from a terminal once, and not a second time from us', async () => {
      const counting =
        'n=0; trap "n=\\$((n+1)); echo int" INT; trap "echo count \\$n; exit 3" TERM; echo ready; while :; do sleep 0.02; done'
      file('count.sh', counting)
      const started = app.startInTerminal('run -e A=ci -- bash count.sh')
      await started.says('ready')
      started.child.stdin.write('\x03')
      await started.says('int')
      const [pid] = childrenOf(started.child.pid ?? 0, 'latchkey')
      if (pid === undefined) throw new Error('the command is not there')
      process.kill(pid, 'SIGTERM')
      const { status, stdout } = await started.ended
      expect([status, stdout.match(/count \d+/)?.[0]]).toEqual([3, 'count 1'])
    })

    it('gets SIGPIPE if the reader of its output is gone', async () => {
      const started = app.start(['run', '-e', 'A=ci', '--', 'yes'])
      await started.says('y')
      started.child.stdout.destroy()
      expect(await started.ended).toMatchObject({ status: null, signal: 'SIGPIPE', stderr: '' })
    })

    it('can open its outputs by their names', async () => {
      const ended = await app.run(['run', '-e', 'A=payments', '--', 'sh', '-c', 'echo "$A" > /dev/stdout; echo "$A" | tee /dev/stderr'])
      expect(ended).toMatchObject({ status: 0, stdout: '********\n********\n', stderr: '********\n' })
    })

    it('is waited for until its children stop writing, and then its signal ends us', async () => {
      const started = app.start(['run', '-e', 'A=ci', '--', 'sh', '-c', 'sleep 600 & echo $!; exit 5'])
      await started.says('\n')
      const sleeper = Number(started.stdout)
      process.kill(sleeper, 'SIGTERM')
      expect(await started.ended).toMatchObject({ status: 5 })
    })
  })

  describe('the output of a program under latchkey run', () => {
    const printed = (how: string) =>
      app.run(['run', '-e', 'TOKEN=payments', '-e', 'OTHER=ci', '--', 'node', '-e', `const {TOKEN, OTHER} = process.env; ${how}`])

    it.each([
      ['as it is', 'console.log(TOKEN)', '********\n'],
      ['in two pieces', 'process.stdout.write(TOKEN.slice(0, 9)); setTimeout(() => console.log(TOKEN.slice(9)), 50)', '********\n'],
      ['in JSON', 'console.log(JSON.stringify({ OTHER }))', '{"OTHER":"********"}\n'],
      [
        'in a URL',
        'console.log(`https://x.example/?t=${encodeURIComponent(TOKEN)}&o=${encodeURIComponent(OTHER)}`)',
        'https://x.example/?t=********&o=********\n',
      ],
      [
        'in base64',
        'console.log(Buffer.from(TOKEN).toString("base64").length, Buffer.from(`u:${TOKEN}`).toString("base64url"))',
        /^\d+ dTp?\w?\*{8}\w?\n$/,
      ],
    ])('masks a value %s', async (_, how, expected) => {
      const { status, stdout } = await printed(how)
      expect(status).toBe(0)
      if (typeof expected === 'string') expect(stdout).toBe(expected)
      else expect(stdout).toMatch(expected)
    })

    it.each([
      ['at once', 'echo "$TOKEN"', '********\n'],
      ['when it has run for a while', 'sleep 0.1; echo "$TOKEN"', '********\n'],
      ['both at once and later', 'echo "$TOKEN"; sleep 0.1; echo "$TOKEN"', '********\n********\n'],
    ])('masks a value that is printed %s', async (_, script, expected) => {
      expect((await app.run(['run', '-e', 'TOKEN=payments', '--', 'sh', '-c', script])).stdout).toBe(expected)
    })

    it('has no value split over both outputs', async () => {
      expect(await printed('console.error(TOKEN + OTHER)')).toMatchObject({ stdout: '', stderr: '********\n' })
    })

    it('is complete byte for byte, whatever its size', async () => {
      const { stdout, status } = await printed('process.stdout.write(Buffer.alloc(3_000_000, "0123456789abcdef\\n"))')
      expect(status).toBe(0)
      expect(stdout === Buffer.alloc(3_000_000, '0123456789abcdef\n').toString()).toBe(true)
    })

    it('is unchanged and on the terminal with --no-mask', async () => {
      const asked = 'node -p "[process.stdout.isTTY === true, process.env.TOKEN].join()"'
      expect((await app.inTerminal(`run -e TOKEN=payments --no-mask -- ${asked}`)).stdout).toBe(`true,${values['payments']}\r\n`)
      expect((await app.inTerminal(`run -e TOKEN=payments -- ${asked}`)).stdout).toBe('false,********\r\n')
    })
  })
})

/** Processes of that name below another one. */
function childrenOf(pid: number, name: string): number[] {
  const below = told(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)
  const found = below.filter((child) => told(`/proc/${child}/comm`) === name)
  return [...found, ...below.flatMap((child) => childrenOf(child, name))]
}

/** Empty for a process that has ended meanwhile. */
function told(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return ''
    throw error
  }
}
