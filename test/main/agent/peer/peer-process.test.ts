import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PeerProcess, isOfUser } from '../../../../main/agent/peer/peer-process.ts'
import type { Credentials, Kernel } from '../../../../main/agent/peer/kernel.ts'
import { openKernel } from '../../../../main/agent/peer/open-kernel.ts'
import { codeThrown } from '../../vault/fixtures/refused.ts'
import { Line } from '../fixtures/line.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

describe('the processes that may connect', () => {
  it('is this user, by a process that the system has a number for', () => {
    expect(isOfUser({ pid: 7, uid: 1000 }, 1000)).toBe(true)
    for (const uid of [1001, 0, 65534, -1]) expect(isOfUser({ pid: 7, uid }, 1000)).toBe(false)
    for (const pid of [0, -1]) expect(isOfUser({ pid, uid: 1000 }, 1000)).toBe(false)
  })

  it('is nobody on a system whose sockets do not say who connected', async () => {
    await expect(openKernel('win32')).rejects.toThrow()
  })
})

/** This process connects to itself, through a real socket and what the real kernel says of it. */
describe.runIf(process.platform === 'linux')('a connected process', () => {
  const user = process.getuid?.() ?? -1
  let folder: string
  let server: Server
  let line: Line
  let socket: Socket
  let kernel: Kernel
  beforeEach(async () => {
    folder = temporaryFolder('guest-')
    server = createServer()
    const path = join(folder, 'a.sock')
    await new Promise<void>((listening) => server.listen(path, listening))
    line = new Line(path)
    ;[socket] = (await once(server, 'connection')) as [Socket]
    kernel = await openKernel('linux')
  })
  afterEach(() => {
    line.leave()
    server.close()
  })

  const holding = (isAlive: () => boolean, released = (): void => undefined): Kernel => ({
    ...kernel,
    credentials: (of): Credentials => ({ ...kernel.credentials(of), handle: { isAlive, release: released } }),
  })

  it('is who the kernel says', () => {
    const guest = new PeerProcess(kernel, socket, '/none', user)
    expect(guest.peer.own).toMatchObject({ pid: process.pid, program: realpathSync(process.execPath) })
    expect(guest.peer).toMatchObject({ caller: guest.peer.own, folder: process.cwd() })
    guest.requireUnchanged()
    guest.release()
  })

  it('is held on to by the kernel, where it can do that', () => {
    const { handle } = kernel.credentials(socket)
    expect(handle?.isAlive() ?? true).toBe(true)
    handle?.release()
  })

  // A session that was under way when its connection ended asked for it again: of a handle that was another file's by then, or none.
  it('that was let go of is refused and not asked after, and let go of once', () => {
    let [asked, released] = [0, 0]
    const guest = new PeerProcess(
      holding(
        () => (asked += 1) > 0,
        () => (released += 1),
      ),
      socket,
      '/none',
      user,
    )
    guest.release()
    guest.release()
    expect(codeThrown(() => guest.requireUnchanged())).toBe('request-invalid')
    expect([asked, released]).toEqual([1, 1])
  })

  it('of another user is turned away before it is looked at', () => {
    let looks = 0
    const watched: Kernel = { ...kernel, peer: (pid, command) => ((looks += 1), kernel.peer(pid, command)) }
    expect(codeThrown(() => new PeerProcess(watched, socket, '/none', user + 1))).toBe('request-invalid')
    expect(looks).toBe(0)
  })

  it('that ended before it was looked at is turned away: its number may be another’s by then', () => {
    let released = 0
    expect(
      codeThrown(
        () =>
          new PeerProcess(
            holding(
              () => false,
              () => (released += 1),
            ),
            socket,
            '/none',
            user,
          ),
      ),
    ).toBe('request-invalid')
    expect(released).toBe(1)
  })

  it('that ended since is refused, though a process of its number is there', () => {
    let there = true
    const guest = new PeerProcess(
      holding(() => there),
      socket,
      '/none',
      user,
    )
    guest.requireUnchanged()
    there = false
    expect(codeThrown(() => guest.requireUnchanged())).toBe('request-invalid')
  })

  it('is refused when a later process has its number, by when that started, on kernels that hold nobody', () => {
    let started = '1'
    const reused: Kernel = {
      credentials: (of) => ({ ...kernel.credentials(of), handle: null }),
      seen: kernel.seen,
      peer: (pid, command) => {
        const peer = kernel.peer(pid, command)
        return { ...peer, own: { ...peer.own, started } }
      },
    }
    const guest = new PeerProcess(reused, socket, '/none', user)
    guest.requireUnchanged()
    started = '2'
    expect(codeThrown(() => guest.requireUnchanged())).toBe('request-invalid')
  })

  it('that is gone when it is asked for is refused, and so is a connection that has ended', async () => {
    expect(codeThrown(() => new PeerProcess({ ...kernel, peer: () => kernel.peer(2 ** 22 + 1, '/none') }, socket, '/none', user))).toBe(
      'request-invalid',
    )
    socket.destroy()
    await once(socket, 'close')
    expect(codeThrown(() => new PeerProcess(kernel, socket, '/none', user))).toBe('request-invalid')
  })
})
