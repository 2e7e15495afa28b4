import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import keytar from 'keytar'
import { beforeEach, describe, expect, it } from 'vitest'
import { authorityEntry } from '../../scripts/session/display.mjs'
import { sessionEnvironment } from '../../scripts/session/session.mjs'
import { sessionProcesses } from '../../scripts/session/strays.mjs'
import { checkout } from '../../scripts/set-up/checkout.mjs'
import { temporaryFolder } from '../temporary-folder.ts'

describe('the session in which the tests run', () => {
  it('has its own screen, bus and home folder', () => {
    const { HOME, DISPLAY, DBUS_SESSION_BUS_ADDRESS, TMPDIR, XDG_RUNTIME_DIR } = process.env
    expect(DISPLAY).toMatch(/^:\d+$/)
    expect(HOME).toContain('latchkey-session-')
    expect(TMPDIR).toContain('latchkey-session-')
    expect(DBUS_SESSION_BUS_ADDRESS).toBe(`unix:path=${XDG_RUNTIME_DIR}/bus`)
  })

  // With one screen for all, test files could not run in parallel: they took the focus from each other's windows.
  it('has a lane for each worker, and this file is in its own', () => {
    const lanes = JSON.parse(process.env['LATCHKEY_SESSION_LANES'] ?? '') as Record<string, string>[]
    for (const name of ['HOME', 'DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'TMPDIR', 'XDG_RUNTIME_DIR', 'XAUTHORITY']) {
      expect(new Set(lanes.map((lane) => lane[name])).size, name).toBe(lanes.length)
      expect(process.env[name], name).toBe(lanes[Number(process.env['VITEST_POOL_ID']) - 1]?.[name])
    }
  })

  it('does not run as root, so that Electron keeps its sandbox', () => {
    expect(process.getuid?.()).not.toBe(0)
  })

  it('has a real, unlocked keyring', async () => {
    await keytar.setPassword('latchkey session test', 'someone', 'a value')
    expect(await keytar.getPassword('latchkey session test', 'someone')).toBe('a value')
    expect(await keytar.deletePassword('latchkey session test', 'someone')).toBe(true)
  })
})

describe('a session', () => {
  const outside = {
    ...{ PATH: '/bin', HOME: '/home/ada', DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0', XAUTHORITY: '/x' },
    ...{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus', GNOME_KEYRING_CONTROL: '/run/keyring' },
    ...{ XDG_DATA_HOME: '/home/ada/data', LATCHKEY_PROFILE_DIR: '/home/ada/vault' },
  }

  it("cannot reach the user's own desktop, keyring or vault", () => {
    expect(sessionEnvironment(outside, '01')).toEqual({
      ...{ PATH: '/bin', HOME: '/home/ada', LATCHKEY_SESSION: '01', NO_AT_BRIDGE: '1' },
    })
  })

  it('shows its screen to holders of its cookie only, in the format of libXau', () => {
    const entry = authorityEntry(Buffer.alloc(16, 7))
    expect(entry.toString('latin1')).toBe(`\xff\xff\0\0\0\0\0\x12MIT-MAGIC-COOKIE-1\0\x10${'\x07'.repeat(16)}`)
  })
})

describe('the end of a session', () => {
  let folder: string
  beforeEach(() => void (folder = temporaryFolder('s-')))

  /** Starts a session whose command starts a detached process, and then does `then`. */
  function start(then: string) {
    const told = join(folder, 'told')
    const inner = join(folder, 'inner.mjs')
    writeFileSync(
      inner,
      `import { spawn } from 'node:child_process'
       import { renameSync, writeFileSync } from 'node:fs'
       const stray = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' })
       stray.unref()
       const { LATCHKEY_SESSION: session, HOME: home } = process.env
       writeFileSync('${told}.new', JSON.stringify({ session, home, stray: stray.pid, inner: process.pid }))
       renameSync('${told}.new', '${told}')
       ${then}`,
    )
    const outer = join(folder, 'outer.mjs')
    writeFileSync(
      outer,
      `import { runInSession } from '${pathToFileURL(join(checkout, 'scripts/session/session.mjs')).href}'
       process.exitCode = await runInSession(process.execPath, ['${inner}'], { cwd: '${folder}', env: process.env })`,
    )
    const child = spawn(process.execPath, [outer], { stdio: 'ignore' })
    const ended = new Promise<number | NodeJS.Signals | null>((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)))
    const ready = new Promise<Told>((resolve) => {
      const timer = setInterval(() => {
        if (!existsSync(told)) return
        clearInterval(timer)
        resolve(JSON.parse(readFileSync(told, 'utf8')) as Told)
      }, 20)
    })
    return { child, ended, ready }
  }

  interface Told {
    session: string
    home: string
    stray: number
    inner: number
  }

  async function expectNothingLeft({ session, home, stray }: Told) {
    await expect.poll(() => sessionProcesses(session), { timeout: 20_000 }).toEqual([])
    await expect.poll(() => existsSync(join(home, '..')), { timeout: 20_000 }).toBe(false)
    await expect.poll(() => runs(stray), { timeout: 20_000 }).toBe(false)
  }

  /** A zombie that its new parent has not reaped (a container's first process may never do so) does not count as running. */
  function runs(pid: number) {
    const status = `/proc/${pid}/status`
    return existsSync(status) && !/^State:\tZ/m.test(readFileSync(status, 'utf8'))
  }

  it("passes on its command's status, and leaves neither a process nor a folder", async () => {
    const session = start('process.exit(7)')
    const told = await session.ready
    expect(await session.ended).toBe(7)
    expect(sessionProcesses(told.session)).toEqual([])
    await expectNothingLeft(told)
  })

  it.each([
    ['after a signal to end', 'setInterval(() => {}, 1000)', 'SIGTERM', 143],
    ['after a crash of its command', 'process.abort()', null, 134],
    ['if its parent is killed and cannot clean up', 'setInterval(() => {}, 1000)', 'SIGKILL', 'SIGKILL'],
  ] as const)('leaves nothing %s', async (_, command, signal, status) => {
    const session = start(command)
    const told = await session.ready
    if (signal !== null) session.child.kill(signal)
    expect(await session.ended).toBe(status)
    await expectNothingLeft(told)
  })

  it('is isolated from the session around it', async () => {
    const session = start('process.exit(0)')
    const told = await session.ready
    expect(told.session).not.toBe(process.env['LATCHKEY_SESSION'])
    expect(told.home).not.toBe(process.env['HOME'])
    await session.ended
    expect(readdirSync(process.env['HOME'] ?? '')).toBeDefined()
  })
})
