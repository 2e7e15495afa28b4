import { chmodSync, mkdirSync, readlinkSync, symlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { maxSocketPathBytes } from '../../../clients/shared/protocol/socket-path.ts'
import { linkSocket } from '../../../main/agent/socket/socket-link.ts'
import { FakeApp } from '../fake-app.ts'
import { Started } from '../command-line.ts'

const running = 'Latchkey  running, version 1.0.0\nVault     open\nAccount   none\nKeys      1\n'

describe.runIf(process.platform !== 'win32')('a command with another environment than the app', () => {
  let app: FakeApp
  const open = async (runtime?: string): Promise<string> => {
    app = new FakeApp(runtime)
    app.answers = { status: () => ({ version: '1.0.0', vault: 'open', code: null, account: null, keys: 1 }) }
    await app.listen()
    const profile = join(app.folder, 'profile')
    mkdirSync(profile, { mode: 0o700 })
    return profile
  }
  afterEach(() => app.close())

  it('finds the app at once without XDG_RUNTIME_DIR, as under cron and sudo, without waiting ten seconds', async () => {
    const profile = await open()
    linkSocket(profile, app.path)
    linkSocket(profile, app.path) // at the next start it exists already
    expect(readlinkSync(join(profile, 'agent.sock'))).toBe(app.path)
    symlinkSync(`${hostname()}-${process.pid}`, join(profile, 'SingletonLock'))
    const began = performance.now()
    expect(await app.run(['status'], { env: { XDG_RUNTIME_DIR: '' } })).toMatchObject({ status: 0, stdout: running })
    expect(performance.now() - began).toBeLessThan(9000)
  })

  it('trusts no socket that the profile links to in a folder that others can write to', async () => {
    const profile = await open()
    linkSocket(profile, app.path)
    chmodSync(dirname(app.path), 0o777)
    const { status, stderr } = await app.run(['status'], { env: { XDG_RUNTIME_DIR: '' } })
    expect([status, app.heard]).toEqual([3, []])
    expect(stderr).toContain('could be written by somebody else')
  })

  it('falls back to the environment if the socket that the profile links to is gone', async () => {
    const profile = await open()
    linkSocket(profile, join(app.folder, 'gone', 'name.sock'))
    expect(await app.run(['status'])).toMatchObject({ status: 0, stdout: running })
  })

  it('finds the app of a profile that is reached by a link, or in a linked folder', async () => {
    await open()
    symlinkSync(join(app.folder, 'profile'), join(app.folder, 'linked'))
    symlinkSync(app.folder, join(app.folder, 'above'))
    for (const path of ['linked', join('above', 'profile'), join('above', 'linked')]) {
      const env = { LATCHKEY_PROFILE_DIR: join(app.folder, path) }
      expect(await app.run(['status'], { env })).toMatchObject({ status: 0, stdout: running })
    }
  })

  it("finds an app whose XDG_RUNTIME_DIR is too long for a socket's path", async () => {
    await open('x'.repeat(100))
    expect(Buffer.byteLength(app.path)).toBeLessThanOrEqual(maxSocketPathBytes)
    expect(await app.run(['status'])).toMatchObject({ status: 0, stdout: running })
  })

  it.runIf(process.platform === 'linux')('says that an app is running that accepts no commands', async () => {
    const profile = await open()
    const silent = new Started('sleep', ['60'])
    symlinkSync(`${hostname()}-${silent.child.pid}`, join(profile, 'SingletonLock'))
    const env = { XDG_RUNTIME_DIR: join(app.folder, 'another') }
    const { status, stdout, stderr } = await app.run(['status'], { env })
    silent.child.kill()
    expect([status, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(/^latchkey: Latchkey is running, and takes no commands/)
  })
})
