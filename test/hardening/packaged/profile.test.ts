import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { socketPath } from '../../../clients/shared/protocol/socket-path.ts'
import { newProfile } from '../../e2e/support/app/desktop.ts'
import { filesBelow } from '../../files.ts'
import { Subject } from '../subject.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { until } from '../../until.ts'

describe('the profile', { timeout: 30_000 }, () => {
  it('is readable by its user only: each folder and file of it, and the socket [31, 33]', async () => {
    const subject = await Subject.withVault()
    await subject.page((accountId) => window.latchkey.calls['keys.create']({ accountId, name: 'x' }), await subject.accountId())
    const open = filesBelow(subject.profile, { folders: true }).filter((path) => (statSync(path).mode & 0o077) !== 0)
    expect(open).toEqual([])
    const socket = socketPath(subject.profile, process.env, process.platform)
    await until(() => statSync(socket, { throwIfNoEntry: false }) !== undefined)
    expect([statSync(socket).mode & 0o777, statSync(dirname(socket)).mode & 0o777]).toEqual([0o600, 0o700])
    await subject.end()
  })

  it('is not written through symbolic links that somebody put there [33]', async () => {
    const profile = newProfile()
    const folder = temporaryFolder('elsewhere-')
    const victim = join(folder, 'victim')
    writeFileSync(victim, 'of somebody else')
    for (const name of ['launch.json', 'launch.json.new', 'profile.json.new']) symlinkSync(victim, join(profile, name))
    const subject = await Subject.start({}, profile)
    await subject.page(() => window.latchkey.calls['app.setTheme']({ theme: 'dark' }), null)
    expect(readFileSync(victim, 'utf8')).toBe('of somebody else')
    await subject.end()
  })

  it('has a socket that neither a huge message nor a silent client can block [31]', async () => {
    const subject = await Subject.withVault()
    const path = socketPath(subject.profile, process.env, process.platform)
    await until(() => statSync(path, { throwIfNoEntry: false }) !== undefined)
    const gibibyte = Buffer.alloc(4)
    gibibyte.writeUInt32LE(1 << 30)
    for (const header of [gibibyte, Buffer.alloc(4, 0xff)]) {
      const socket = createConnection(path)
      const closed = new Promise((ended) => socket.once('close', ended))
      socket.on('error', () => {})
      socket.resume().write(header)
      await closed
    }
    const memory = Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${subject.process.pid}/status`, 'utf8'))?.[1])
    expect(memory).toBeLessThan(600_000) // KiB
    expect(await subject.page(() => window.latchkey.calls['keys.list'](null), null)).toMatchObject({ ok: true })
    await subject.end()
  })
})
