import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { locateApp } from '../../../clients/app-connection/app-location.ts'
import { connectToApp } from '../../../clients/app-connection/connect.ts'
import { openNodeSocket } from '../../../clients/app-connection/node-socket.ts'
import { socketPath } from '../../../clients/shared/protocol/socket-path.ts'
import { type Ended, latchkey, Started } from '../command-line.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

/** Stands in for an app that the command starts: answers one `status` call, then ends. */
const app = `
const { createServer } = require('node:net')
const { mkdirSync, writeFileSync } = require('node:fs')
const { dirname } = require('node:path')
const path = process.env.TEST_SOCKET
mkdirSync(dirname(path), { mode: 0o700, recursive: true })
writeFileSync(process.env.TEST_TOLD, JSON.stringify({ cwd: process.cwd(), args: process.argv.slice(2), asNode: process.env.ELECTRON_RUN_AS_NODE ?? null, pid: process.pid }))
const answer = Buffer.from(JSON.stringify({ id: 1, ok: true, value: { keys: [] } }))
const head = Buffer.alloc(4)
head.writeUInt32LE(answer.length)
const server = createServer((socket) => socket.once('data', () => socket.end(Buffer.concat([head, answer]))).on('close', () => server.close()).on('error', () => undefined))
setTimeout(() => server.listen(path), 200)
`

describe('a command whose app is not running', () => {
  let folder: string
  let env: NodeJS.ProcessEnv
  const told = (): string => join(folder, 'told.json')
  beforeEach(() => {
    folder = temporaryFolder('start-app-')
    const profile = join(folder, 'profile')
    mkdirSync(profile, { mode: 0o700 })
    mkdirSync(join(folder, 'run'), { mode: 0o700 })
    env = {
      ...process.env,
      LATCHKEY_APP: '',
      DISPLAY: ':99',
      LATCHKEY_PROFILE_DIR: profile,
      XDG_RUNTIME_DIR: join(folder, 'run'),
      ELECTRON_RUN_AS_NODE: '1',
      TEST_TOLD: told(),
    }
    env['TEST_SOCKET'] = socketPath(profile, env, process.platform)
  })

  function run(args: string[], more: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const started = new Started(latchkey, args, { env: { ...env, ...more }, cwd: folder })
    started.child.stdin.end()
    return started.ended
  }

  function program(name: string, text: string): string {
    const path = join(folder, name)
    writeFileSync(path, text)
    chmodSync(path, 0o755)
    return path
  }

  it('starts it with the recorded command line, detached from the current folder, and sends the call', async () => {
    const path = program('app.cjs', app)
    writeFileSync(join(folder, 'profile', 'launch.json'), JSON.stringify({ command: [process.execPath, path, '--first'] }), { mode: 0o600 })
    expect(await run(['list', '--json'])).toMatchObject({ status: 0, stdout: '{"keys":[]}\n' })
    const { pid, ...seen } = JSON.parse(readFileSync(told(), 'utf8'))
    expect(seen).toEqual({ cwd: (await import('node:os')).homedir(), args: ['--first'], asNode: null })
    expect(pid).not.toBe(process.pid)
  })

  it('starts what LATCHKEY_APP names', async () => {
    const path = program('app', `#!${process.execPath}\n${app}`)
    expect(await run(['list', '--json'], { LATCHKEY_APP: path })).toMatchObject({ status: 0 })
  })

  it('waits for an instance that another start handed over to', async () => {
    const first = program('app.cjs', app)
    const second = program('second', `#!/bin/sh\n'${process.execPath}' '${first}' &\nexit 0\n`)
    expect(await run(['list', '--json'], { LATCHKEY_APP: second })).toMatchObject({ status: 0 })
  })

  // Regression: a second app that was started during a lock opened the vault that had just been locked.
  it.runIf(process.platform === 'linux')('waits for an app that a lock is restarting, and starts no other', async () => {
    const path = program('app.cjs', app)
    const other = program('other', `#!/bin/sh\ntouch '${join(folder, 'other-started')}'\n`)
    const back = spawn(process.execPath, [path], { env })
    symlinkSync(`${hostname()}-${back.pid}`, join(folder, 'profile', 'SingletonLock'))
    expect(await run(['list', '--json'], { LATCHKEY_APP: other })).toMatchObject({ status: 0, stdout: '{"keys":[]}\n' })
    expect(existsSync(join(folder, 'other-started'))).toBe(false)
  })

  // Regression: Chromium deletes its lock and creates it again when the app restarts. A command that looked in between started a second app.
  it.runIf(process.platform === 'linux')('starts no other app while Chromium renews its lock', async () => {
    const back = spawn(process.execPath, [program('app.cjs', app)], { env })
    const connected = connectToApp(locateApp(env, 'linux'), false, openNodeSocket)
    await wait(20)
    symlinkSync(`${hostname()}-${back.pid}`, join(folder, 'profile', 'SingletonLock'))
    const socket = await connected
    socket.destroy()
    await once(back, 'exit')
  })

  it('does not wait for an app that ended without listening', async () => {
    const ended = spawn(process.execPath, ['-e', '0'], { env })
    await once(ended, 'exit')
    symlinkSync(`${hostname()}-${ended.pid}`, join(folder, 'profile', 'SingletonLock'))
    const path = program('app', `#!${process.execPath}\n${app}`)
    expect(await run(['list', '--json'], { LATCHKEY_APP: path })).toMatchObject({ status: 0 })
  })

  it('does not start the app if told not to, nor for the status command', async () => {
    const path = program('app', `#!${process.execPath}\n${app}`)
    expect(await run(['list', '--no-start'], { LATCHKEY_APP: path })).toMatchObject({
      status: 3,
      stderr: 'latchkey: Latchkey is not running.\nStart Latchkey, then try again.\n',
    })
    expect(await run(['status'], { LATCHKEY_APP: path })).toMatchObject({ status: 3, stdout: 'Latchkey  not running\n' })
    expect(await run(['status', '--json'], { LATCHKEY_APP: path })).toMatchObject({ status: 3, stdout: '{"running":false}\n' })
    expect(existsSync(told())).toBe(false)
  })

  it.each<[string, () => NodeJS.ProcessEnv, RegExp]>([
    ['does not know how', () => ({}), /not known how to start it/],
    ['cannot run its program', () => ({ LATCHKEY_APP: join(folder, 'no-such-app') }), /could not be started/],
    ['sees it end at once', () => ({ LATCHKEY_APP: program('bad', '#!/bin/sh\nexit 3\n') }), /ended at once/],
    ['has no display for it', () => ({ LATCHKEY_APP: program('app', '#!/bin/sh\n'), DISPLAY: '', WAYLAND_DISPLAY: '' }), /no screen here/],
  ])('says so when it %s', async (_, more, sentence) => {
    const { status, stdout, stderr } = await run(['list'], more())
    expect([status, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(sentence)
  })
})
