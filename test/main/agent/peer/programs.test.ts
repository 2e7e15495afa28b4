import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { printable } from '../../../../main/agent/peer/requester.ts'
import { offeredApprovals, listGrants } from '../../../../main/vault/release/grants.ts'
import { lastReleasesOf } from '../../../../main/vault/journal/journal.ts'
import type { AskingRequester } from '../../../../main/vault/model/requester.ts'
import { awaited } from '../../../awaited.ts'
import { type Running, startAgent } from '../fixtures/running.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

type Program = Extract<AskingRequester, { kind: 'program' }>

const node = realpathSync(process.execPath)
const shell = realpathSync('/bin/bash')
const asker = join(import.meta.dirname, '..', 'fixtures', 'asker.mjs')

/** Processes of every kind ask; the agent says at the gate who each of them is. Linux, as its /proc is what is read. */
describe.runIf(process.platform === 'linux')('the program that asks', () => {
  let running: Running
  let folder: string
  const children: ChildProcess[] = []

  beforeEach(async () => {
    folder = realpathSync(temporaryFolder('programs-'))
    running = await startAgent({ command: process.execPath }) // as if node were our command
  })
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    running.stop()
  })

  const words = (mode = ''): string => `'${process.execPath}' '${asker}' '${running.path}' ${mode}`

  /** Starts a program in `folder`. @returns it, and its lines as they come */
  function start(program: string, args: string[], cwd = folder): { child: ChildProcess; line: () => Promise<string | undefined> } {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    return { child, line: async () => (await awaited(lines.next(), 'a line of the program')).value as string | undefined }
  }

  /** @returns as whom a program came to the gate. It is refused there */
  async function asked(program: string, args: string[], cwd = folder): Promise<Program> {
    const before = running.fixture.approver.asked.length
    const { child } = start(program, args, cwd)
    await awaited(once(child, 'close'), 'the end of the program')
    const [request, ...more] = running.fixture.approver.asked.slice(before)
    if (request?.requester.kind !== 'program' || more.length > 0) throw new Error('nobody asked, or more than one')
    return request.requester
  }

  /** What comes to be in a terminal of its own, as `script` gives one. A shell that has more to do than one thing stays. */
  const inTerminal = (line: string): [string, string[]] => ['script', ['-qec', `'${shell}' -c "${line}; true"`, '/dev/null']]

  it('is of our own command the program that started it: where, and in which terminal', async () => {
    const [program, args] = inTerminal(`tty; ps -o sid= -p \\$\\$; ${words()}`)
    const { child, line } = start(program, args)
    const [terminal, session] = [await line(), await line()].map((text) => text?.trim())
    await awaited(once(child, 'close'), 'the end of the program')
    expect(running.fixture.approver.asked.map(({ requester }) => requester)).toEqual([
      {
        ...{ kind: 'program', program: shell, folder },
        terminal: terminal?.replace('/dev/', ''),
        session: expect.stringMatching(new RegExp(`^${session}:\\d+$`)),
        process: { pid: expect.any(Number), startedAt: expect.any(Number), startedBy: node },
      },
    ])
    expect(terminal).toMatch(/^\/dev\/pts\/\d+$/)
  })

  it('is in another terminal’s session somebody else, and in one session the same', async () => {
    const once = await asked(...inTerminal(words()))
    const again = await asked(...inTerminal(words()))
    expect(again).toEqual({ ...once, terminal: expect.any(String), session: expect.any(String), process: expect.any(Object) })
    expect(again.session).not.toBe(once.session)
    const [program, args] = inTerminal(`${words()}; ${words()}`)
    const { child } = start(program, args)
    await awaited(new Promise((resolve) => child.once('close', resolve)), 'the end of the program')
    const [first, second] = running.fixture.approver.asked.slice(-2)
    expect(first?.requester).toEqual(second?.requester)
  })

  it('is told without a terminal where there is none', async () => {
    expect(await asked('setsid', ['-w', shell, '-c', `${words()}; true`])).toMatchObject({ program: shell, folder, terminal: null })
  })

  it('is told where the command was started, by the folder’s own path', async () => {
    mkdirSync(join(folder, 'project'))
    symlinkSync(join(folder, 'project'), join(folder, 'link'))
    expect(await asked(shell, ['-c', `cd link && ${words()}; true`])).toMatchObject({ folder: join(folder, 'project') })
  })

  it('is any other program itself, whoever started it', async () => {
    running.stop()
    running = await startAgent({ command: join(folder, 'latchkey') })
    expect(await asked(shell, ['-c', `${words()}; true`])).toMatchObject({ program: node })
  })

  it('is our command by its file: also where the path to it is a link', async () => {
    running.stop()
    symlinkSync(process.execPath, join(folder, 'latchkey'))
    running = await startAgent({ command: join(folder, 'latchkey') })
    expect(await asked(shell, ['-c', `${words()}; true`])).toMatchObject({ program: shell })
  })

  it('is a program of whatever name its file has, in letters that can be seen', async () => {
    const names = ['a b) R 1 (c', 'shell\u202egnp', 'line\nbreak']
    for (const name of names) {
      const program = join(folder, name)
      copyFileSync(shell, program)
      chmodSync(program, 0o700)
      const { program: told } = await asked(program, ['-c', `${words()}; true`])
      expect(told).toBe(printable(program))
      expect(told).not.toMatch(/[\u202e\n]/)
    }
    expect(printable('shell\u202egnp')).toBe('shell\\u{202e}gnp')
  })

  it('is not the program of a path whose file was replaced since, by its looks', async () => {
    const program = join(folder, 'tool')
    copyFileSync(shell, program)
    chmodSync(program, 0o700)
    const { program: told } = await asked(program, ['-c', `rm tool; cp '${shell}' tool; ${words()}; true`])
    expect(told).toBe(`${program} (deleted)`)
  })

  it('is not a program of ours that it puts itself in the place of, in a file system of its own', async () => {
    const evil = join(folder, 'evil')
    copyFileSync(shell, evil)
    chmodSync(evil, 0o700)
    const inside = `mount --bind '${evil}' '${shell}' && exec '${shell}' -c "${words()}; true"`
    const { program: told } = await asked('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', inside])
    expect(told).toBe(`${shell} (in a container)`)
  })

  it('is told with its process, when that was started, and the program behind its shells', async () => {
    const starter = join(folder, 'build-tool')
    copyFileSync('/usr/bin/perl', starter)
    const before = Date.now()
    const { process: seen } = await asked(starter, ['-e', 'system(@ARGV)', 'sh', '-c', `env '${shell}' -c "${words()}; true"; true`])
    expect(seen?.startedBy).toBe(starter)
    // The kernel tells its own start in whole seconds.
    expect(Math.abs((seen?.startedAt ?? 0) - before)).toBeLessThan(10_000)
  })

  // A process that asks is what it runs when it is looked at: by then it may have put any program in its own place.
  it('that starts the command and runs another program in its own place passes as that one: no answer for always is offered to it', async () => {
    const other = realpathSync('/usr/bin/sleep')
    const passing = (): Promise<Program> => asked(shell, ['-c', `(sleep 0.3; exec ${words()}) & exec '${other}' 5`])
    const requester = await passing()
    expect(requester).toMatchObject({ program: other, folder })
    expect(offeredApprovals(requester)).toEqual(['once', 'for-a-while'])
    running.fixture.approver.answer = 'always'
    await passing()
    expect(listGrants(running.fixture.opened)).toEqual([])
    expect(lastReleasesOf(running.fixture.opened, running.account.id, running.keyIds.ci, 9)).toEqual([])
  })

  it('has to be the one that connected still, when it asks', async () => {
    const { line } = start(process.execPath, [asker, running.path, 'passed'])
    expect(JSON.parse((await line()) ?? '')).toEqual({ id: 2, ok: false, code: 'request-invalid' })
    expect(running.fixture.approver.asked).toEqual([])
  })

  it('has to be started by who started it still, when it asks', async () => {
    const { child, line } = start(shell, ['-c', `${words('held')} & wait`])
    const { pid } = JSON.parse((await line()) ?? '') as { pid: number }
    child.kill('SIGKILL')
    await awaited(once(child, 'exit'), 'the end of the program')
    await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).not.toMatch(new RegExp(`\\) \\w ${child.pid} `))
    process.kill(pid, 'SIGUSR1')
    expect(JSON.parse((await line()) ?? '')).toEqual({ id: 1, ok: false, code: 'request-invalid' })
    expect(running.fixture.approver.asked).toEqual([])
  })

  it('has to be there still when the answer comes: what was approved for it is not given to who has its connection', async () => {
    running.fixture.approver.answer = async () => {
      process.kill(pid, 'SIGKILL')
      await awaited(once(child, 'exit'), 'the end of the program')
      return 'once'
    }
    const { child, line } = start(shell, ['-c', `exec ${words('held')}`])
    const { pid } = JSON.parse((await line()) ?? '') as { pid: number }
    process.kill(pid, 'SIGUSR1')
    expect(await line()).toBe(undefined)
    expect(running.fixture.approver.asked.length).toBe(1)
  })
})
