import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeRefusal, listeningFakeApp } from '../../fake-app.ts'
import { type Ended, latchkey, Started } from '../../command-line.ts'

const key = { accountId: 'a1', enabled: true, value: 'here', createdAt: 0 } as const

/** With bash, make, python3 and cat, as users run it. */
describe('latchkey run in a shell', () => {
  const app = listeningFakeApp()
  const path = (name: string): string => join(app.folder, name)
  const bash = (script: string, env: NodeJS.ProcessEnv = {}): Started =>
    new Started('bash', ['-c', script], { env: { ...app.env, L: latchkey, ...env }, cwd: app.folder })
  const told = (script: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> => {
    const started = bash(script, env)
    started.child.stdin.end()
    return started.ended
  }

  beforeEach(() => {
    app.answers = { run: ({ references }) => ({ values: references.map(({ key }) => `the-value-of-${key}`) }) }
  })

  describe('latchkey run whose output cannot be written', () => {
    it('reports a full disk and ends with 1', async () => {
      const { status, stderr } = await told('"$L" run -e A=ci -- sh -c "echo output" > /dev/full')
      expect([status, stderr]).toEqual([
        1,
        'latchkey: Standard output could not be written: the disk is full.\nWhat is there of it is not whole.\n',
      ])
    })

    it('reports a short write', async () => {
      writeFileSync(path('big'), Buffer.alloc(1_000_000, 'a line of sixteen\n'))
      const { stdout, stderr } = await told('ulimit -f 100; "$L" run -e A=ci -- cat big > full; echo status $?; wc -c < full')
      expect(stdout).toMatch(/^status 1\n102400\n$/)
      expect(stderr).toContain('latchkey: Standard output could not be written: it is larger than a file may be here.\n')
    })

    it('ends like the program if the program itself fails', async () => {
      expect(await told('"$L" run -e A=ci -- sh -c "echo output; exit 9" > /dev/full')).toMatchObject({ status: 9 })
      expect(await told('"$L" run -e A=ci -- sh -c "echo output >&2; exit 0" 2> /dev/full')).toMatchObject({ status: 1 })
      expect(await told('"$L" run -e A=ci -- sh -c "exit 3" > /dev/full 2>&1')).toMatchObject({ status: 3 })
    })
  })

  it.each(['run -e A=ci', 'run -e A=ci --no-mask'])('%s ends by the signal on Ctrl+C, so that the shell ends its loop', async (command) => {
    writeFileSync(path('loop.sh'), `for i in 1 2 3; do '${latchkey}' ${command} -- sh -c 'echo round; exec sleep 30'; done\necho after\n`)
    const started = new Started('script', ['--quiet', '--return', '--command', 'bash loop.sh', '/dev/null'], {
      env: { ...app.env, SHELL: '/bin/bash' },
      cwd: app.folder,
    })
    await started.says('round')
    await wait(200) // until it is sleep
    started.child.stdin.write('\x03')
    const { stdout, status } = await started.ended
    expect(stdout.match(/round/g)).toHaveLength(1)
    expect([stdout.includes('after'), status]).toEqual([false, 130])
  })

  it('latchkey run ends by the signal that ended its program', async () => {
    const script = `import subprocess, sys
print(subprocess.run(sys.argv[1:]).returncode)`
    expect(await told(`python3 -c '${script}' "$L" run -e A=ci -- sh -c 'kill -TERM $$'`)).toMatchObject({ stdout: '-15\n' })
    expect(await told('ulimit -c 0; "$L" run -e A=ci -- sh -c \'kill -SEGV $$\'; echo $?')).toMatchObject({ stdout: '139\n' })
  })

  describe('latchkey run passes on inherited file descriptors', () => {
    it.each(['', '--no-mask'])('beyond the first three, under the same numbers %s', async (mask) => {
      const script = `exec 3< <(echo three) 7> seven 11< <(echo eleven) 20< <(echo twenty)
"$L" run -e A=ci ${mask} -- sh -c 'cat <&3; cat /dev/fd/11; cat /dev/fd/20; echo "written by the program" >&7'`
      expect(await told(script)).toMatchObject({ status: 0, stdout: 'three\neleven\ntwenty\n', stderr: '' })
      expect(readFileSync(path('seven'), 'utf8')).toBe('written by the program\n')
    })

    it('without passing on its own', async () => {
      const list = 'for f in /proc/self/fd/*; do readlink "$f"; done | grep -c -e eventpoll -e eventfd; exit 0'
      expect(await told(`"$L" run -e A=ci -- bash -c '${list}'`)).toMatchObject({ stdout: '0\n' })
      const open = 'import os; print([f for f in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + f)])'
      const alone = await told(
        `for i in {3..255}; do eval "exec $i>&-"; done; python3 -c '${open}'; "$L" run -e A=ci -- python3 -c '${open}'`,
      )
      const [plain, run] = alone.stdout.trim().split('\n')
      expect(run).toBe(plain)
    })

    it('without keeping them open itself', async () => {
      const script = `exec 9> >(cat; echo end); "$L" run -e A=ci -- sh -c 'echo given >&9; exec 9>&-; sleep 3; echo later' & exec 9>&-; wait`
      expect((await told(script)).stdout).toMatch(/^given\nend\nlater\n$/)
    })

    it('as make’s job server needs it', async () => {
      writeFileSync(path('Makefile'), `all:\n\t+@'${latchkey}' run -e A=ci -- $(MAKE) -f inner.mk\n`)
      writeFileSync(path('inner.mk'), 'all: a b\na b:\n\t@echo $@\n')
      const { stdout, stderr, status } = await told('make -j2 --no-print-directory')
      expect([status, stderr, stdout.trim().split('\n').sort()]).toEqual([0, '', ['a', 'b']])
    })
  })

  it.each(['WINCH', 'CONT', 'ALRM', 'VTALRM', 'URG', 'IO'])('passes SIG%s on to the program', async (name) => {
    const started = bash(
      `exec "$L" run -e A=ci -- bash -c 'trap "echo got ${name}; exit 7" ${name}; echo ready; while :; do sleep 0.02; done'`,
    )
    await started.says('ready')
    started.child.kill(`SIG${name}` as NodeJS.Signals)
    expect(await started.ended).toMatchObject({ status: 7, signal: null, stdout: `ready\ngot ${name}\n` })
  })

  // On other platforms there is no way to keep them ignored.
  describe.runIf(process.platform === 'linux' && process.arch === 'x64')('latchkey run that was started to ignore a signal', () => {
    const ignoring = (mask: string): string =>
      `"$L" run -e A=ci ${mask} -- bash -c 'grep SigIgn /proc/self/status; echo ready; read line; echo "still here"'`

    it.each(['', '--no-mask'])('survives a hang-up under nohup with its program %s', async (mask) => {
      const started = bash(`exec nohup ${ignoring(mask)}`)
      await started.says('ready')
      expect(started.stdout).toMatch(/^SigIgn:\s+0*1$/m)
      started.child.kill('SIGHUP')
      for (const pid of childrenOf(started.child.pid ?? 0)) process.kill(pid, 'SIGHUP')
      await wait(300)
      started.child.stdin.end('\n')
      expect(await started.ended).toMatchObject({ status: 0, signal: null, stdout: expect.stringMatching(/still here\n$/) })
    })

    it('is not ended by Ctrl+C as a background job of a script', async () => {
      const started = bash(`${ignoring('')} < <(sleep 3; echo) & echo pid $!; wait`)
      await started.says('ready')
      expect(started.stdout).toMatch(/^SigIgn:\s+0*6$/m)
      const pid = Number(/pid (\d+)/.exec(started.stdout)?.[1])
      for (const one of [pid, ...childrenOf(pid)]) process.kill(one, 'SIGINT')
      expect(await started.ended).toMatchObject({ stdout: expect.stringMatching(/still here\n$/) })
    })

    it('still passes on signals that were not ignored', async () => {
      const started = bash(
        `exec nohup "$L" run -e A=ci -- bash -c 'trap "echo got; exit 7" USR1; echo ready; while :; do sleep 0.02; done'`,
      )
      await started.says('ready')
      started.child.kill('SIGUSR1')
      expect(await started.ended).toMatchObject({ status: 7, stdout: 'ready\ngot\n' })
    })
  })

  describe.runIf(process.platform === 'linux')('latchkey run with arguments that are not UTF-8', () => {
    const look =
      'import os, sys; print([os.fsencode(a) for a in sys.argv[1:]], os.environb.get(b"L1"), os.environb.get(b"A.B"), os.environb.get(b"A"))'

    it.each(['', '--no-mask'])('passes arguments and variables to the program byte for byte %s', async (mask) => {
      const script = `export L1=$'caf\\xe9'; exec env A.B=odd "$L" run -e A=ci ${mask} -- python3 -c '${look}' $'\\xff\\n\\x01 "' grün '' '--'`
      const { stdout, stderr, status } = await told(script)
      expect([status, stderr]).toEqual([0, ''])
      const value = mask === '' ? '********' : 'the-value-of-ci'
      expect(stdout).toBe(`[b'\\xff\\n\\x01 "', b'gr\\xc3\\xbcn', b'', b'--'] b'caf\\xe9' b'odd' b'${value}'\n`)
    })

    it('passes file descriptors, input, signals and folder to a program with non-UTF-8 arguments', async () => {
      const inner =
        'import os, signal, sys; print(sys.stdin.read(), os.read(11, 9), os.listdir(b".")); sys.stdout.flush(); os.kill(os.getpid(), signal.SIGTERM)'
      const script = `mkdir -p $'f\\xe9'; cd $'f\\xe9'; exec 11< <(echo eleven); exec "$L" run -e A=ci -- python3 -c '${inner}' $'\\xff' <<< input`
      expect(await told(script)).toMatchObject({ signal: 'SIGTERM', stdout: "input\n b'eleven\\n' []\n", stderr: '' })
    })

    it('runs a program with a non-UTF-8 name, and reports one that does not exist', async () => {
      const script = `printf '#!/bin/sh\\necho runs' > $'./p\\xe9'; chmod +x $'./p\\xe9'; "$L" run -e A=ci -- $'./p\\xe9'; "$L" run -e A=ci -- $'./q\\xe9' 2> /dev/null; echo $?`
      expect(await told(script)).toMatchObject({ stdout: 'runs\n127\n' })
    })

    it('refuses a non-UTF-8 argument of its own, and names it', async () => {
      for (const words of ['get', 'inject --in', 'run -e A=ci -f']) {
        const { status, stderr } = await told(`"$L" ${words} $'caf\\xe9' -- true`)
        expect([status, app.heard]).toEqual([2, []])
        expect(stderr).toMatch(/^latchkey: Argument \d is not UTF-8 text: caf\ufffd\n/)
      }
      expect(await told(`LATCHKEY_PROFILE_DIR=$'/tmp/\\xe9' "$L" status`)).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/^latchkey: The variable LATCHKEY_PROFILE_DIR is not UTF-8 text\.\n/),
      })
    })
  })

  it('needs no folder for temporary files', async () => {
    expect(await told('"$L" run -e A=ci -- echo runs', { TMPDIR: '/no/such/folder' })).toMatchObject({ stdout: 'runs\n', stderr: '' })
  })

  it('runs a script without a #! line, and searches the PATH that the program gets', async () => {
    const script = `mkdir -p bin; echo 'echo ran "$@"' > bin/plain; chmod +x bin/plain; echo "PATH=$PWD/bin:$PATH" > path.env; "$L" run -f path.env -- plain 'a b'`
    expect(await told(script)).toMatchObject({ status: 0, stdout: 'ran a b\n', stderr: '' })
  })

  it('ends when its reader is gone, although the program is slow to notice', async () => {
    expect((await told('"$L" run -e A=ci -- yes | head -n 1; echo "${PIPESTATUS[0]}"')).stdout).toBe('y\n141\n')
  })

  describe('latchkey run if one of several keys is missing', () => {
    beforeEach(() => {
      const refuse = (): never => {
        throw new FakeRefusal('key-not-found')
      }
      const keys = ['ci', 'twice', 'twice'].map((name, index) => ({ ...key, account: `account ${index}`, id: `id-${index}`, name }))
      app.answers = { run: refuse, inject: refuse, list: () => ({ keys }) }
    })

    it('names the key and its line', async () => {
      writeFileSync(path('several.env'), '# keys\nA=latchkey:///ci\nB="\nx=latchkey://acme/payments"\n\nC=latchkey:///mail\n')
      const { status, stderr } = await told('"$L" run -f several.env -e D=mail -e E=twice -- true')
      expect([status, stderr.split('\n')[0]]).toEqual([
        6,
        'latchkey: There is no such key: acme/payments (several.env, line 3), mail (several.env, line 6; --env D).',
      ])
    })

    it('names it for latchkey inject too', async () => {
      const { status, stderr } = await told('printf "a: latchkey:///ci\\nb: latchkey:///lost\\n" | "$L" inject')
      expect([status, stderr.split('\n')[0]]).toEqual([6, 'latchkey: There is no such key: lost (standard input, line 2).'])
    })

    it('names the key that several accounts have', async () => {
      app.answers.run = () => {
        throw new FakeRefusal('key-ambiguous')
      }
      const { stderr } = await told('"$L" run -e A=ci -e B=twice -- true')
      expect(stderr.split('\n')[0]).toBe('latchkey: More than one account has such a key: twice (--env B).')
    })
  })

  it('latchkey run names a value that is too short to be masked, and masks no other text for it', async () => {
    const values: Record<string, string> = { one: '1', yes: 'true\n', long: 'long-enough' }
    app.answers = { run: ({ references }) => ({ values: references.map(({ key }) => values[key] ?? '') }) }
    const { stdout, stderr } = await told('"$L" run -e A=one -e B=yes -e C=long -- sh -c \'echo "1 true $C"\'')
    expect([stdout, stderr]).toEqual([
      '1 true ********\n',
      'latchkey: Not masked in the output, as the value has fewer than 6 characters: one, yes\n',
    ])
    expect((await told('"$L" run -e A=one --no-mask -- true')).stderr).toBe('')
  })

  it('latchkey run masks a PEM that sed, tr, bash -x, printf %q and python3 print', async () => {
    const lines = Array.from({ length: 4 }, (_, line) => `${line}Aa+/`.repeat(12))
    const pem = `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\nQw==\n-----END PRIVATE KEY-----\n`
    app.answers = { run: () => ({ values: [pem] }) }
    writeFileSync(
      path('print.sh'),
      `sed -n 2p <<< "$K"; sed 's/^/    /' <<< "$K"; sed 's/$/\\r/' <<< "$K"; tr '\\n' ' ' <<< "$K"; echo
printf '%q\\n' "$K"; python3 -c 'import os; k = os.environ["K"]; print(repr(k)); print(k.strip())'; (set -x; : "$K")
python3 -c 'import os, json, html, urllib.parse as u; k = os.environ["K"]; print(json.dumps(k), html.escape(k), u.quote(k))'\n`,
    )
    const { stdout, stderr, status } = await told('"$L" run -e K=pem -- bash print.sh')
    expect(status).toBe(0)
    for (const text of [stdout, stderr]) {
      expect(text).toContain('********')
      for (const line of [...lines, 'Qw==']) expect(text).not.toContain(line.slice(0, 20))
    }
    expect(stdout.split('\n')[0]).toBe('********')
  })
})

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number)
}
