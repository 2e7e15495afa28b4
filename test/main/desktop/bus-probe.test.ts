import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { disableBus, probeBus } from '../../../main/desktop/bus-probe.ts'
import { SilentBus } from './silent-bus.ts'

const ends: (() => void)[] = []
afterEach(() => ends.splice(0).forEach((end) => end()))

/** A bus that answers the first word, and what it heard. */
async function answering(): Promise<{ path: string; heard: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey bus-'))
  const heard: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      heard.push(bytes.toString('latin1'))
      socket.write('REJECTED EXTERNAL\r\n')
    })
  })
  const path = join(folder, 'bus')
  await new Promise<void>((resolve) => server.listen(path, resolve))
  ends.push(() => (server.close(), rmSync(folder, { recursive: true })))
  return { path, heard }
}

describe("the session's bus", () => {
  it('answers, also by a refusal; the address may have more in it, and escapes', async () => {
    const { path, heard } = await answering()
    const address = `unix:path=${path.replaceAll(' ', '%20')},guid=0123;unix:path=/nowhere`
    expect(await probeBus({ DBUS_SESSION_BUS_ADDRESS: address }, 1000)).toBe('answers')
    expect(heard).toEqual(['\0AUTH EXTERNAL 31303030\r\n'])
  })

  it('is looked for where sessions have it when no address is set', async () => {
    const { path } = await answering()
    expect(await probeBus({ XDG_RUNTIME_DIR: dirname(path) }, 1000)).toBe('answers')
  })

  it('is silent if it takes the connection and says no word', async () => {
    const bus = await SilentBus.start()
    ends.push(() => bus.end())
    expect(await probeBus({ DBUS_SESSION_BUS_ADDRESS: bus.address }, 1000, 200)).toBe('silent')
  })

  it.each([
    ['nobody is at its address', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }],
    ['its address is of another kind', { DBUS_SESSION_BUS_ADDRESS: 'autolaunch:' }],
    ['there is no session', {}],
  ])('is none where %s', async (_, env) => {
    expect(await probeBus(env, 1000)).toBe('none')
  })

  it('that was silent is none for a process that forgot it', async () => {
    const bus = await SilentBus.start()
    ends.push(() => bus.end())
    const env: NodeJS.ProcessEnv = { DBUS_SESSION_BUS_ADDRESS: bus.address }
    disableBus(env)
    expect(await probeBus(env, 1000)).toBe('none')
  })
})
