import { type Message, type MessageBus, sessionBus } from '@jellybrick/dbus-next'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LinuxSession } from '../../../main/lock/linux-session.ts'
import { callMethod, onSessionBus, openBus } from '../../../main/desktop/session-bus.ts'
import { watchTrayAvailability } from '../../../main/desktop/tray-availability.ts'
import { LoginService } from '../lock/login-service.ts'
import { ownBus } from './fake-panel.ts'
import { SilentBus } from './silent-bus.ts'

/** Passes the time that a question may take, without waiting for it. @returns what came of it */
async function afterItsTime<T>(asked: Promise<T>): Promise<T> {
  let over = false
  const told = asked.finally(() => (over = true))
  told.catch(() => {})
  for (let second = 0; second < 60 && !over; second += 1) {
    await new Promise(setImmediate) // sockets go on in real time
    await vi.advanceTimersByTimeAsync(1_000)
  }
  return told
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

describe('a session bus that accepts connections and never answers', () => {
  let bus: SilentBus
  const before = process.env['DBUS_SESSION_BUS_ADDRESS']
  beforeEach(async () => {
    bus = await SilentBus.start()
    process.env['DBUS_SESSION_BUS_ADDRESS'] = bus.address
  })
  afterEach(() => {
    bus.end()
    if (before === undefined) Reflect.deleteProperty(process.env, 'DBUS_SESSION_BUS_ADDRESS')
    else process.env['DBUS_SESSION_BUS_ADDRESS'] = before
  })

  it('is given up in time, and the connection to it is closed', async () => {
    await expect(afterItsTime(openBus(sessionBus))).rejects.toMatchObject({ kind: 'timeout' })
    await expect.poll(() => [bus.made.length, bus.closed]).toEqual([1, 1])
  })

  it('is given up by a single question too', async () => {
    await expect(afterItsTime(onSessionBus(async () => 'answered', 2_000))).rejects.toMatchObject({ kind: 'timeout' })
  })

  it('is a desktop without a tray', async () => {
    expect((await afterItsTime(watchTrayAvailability('linux', () => undefined))).present).toBe(false)
  })

  it('does not keep the login service from being heard: the screen is locked and so is the vault', async () => {
    const service = await LoginService.start()
    vi.stubEnv('DBUS_SYSTEM_BUS_ADDRESS', service.address)
    vi.stubEnv('XDG_SESSION_ID', '7')
    let locks = 0
    const watching = LinuxSession.watch(() => (locks += 1))
    await expect
      .poll(() => {
        service.lockSession()
        return locks
      })
      .toBeGreaterThan(0)
    const session = await afterItsTime(watching)
    expect(await session.idle()).toBeNull()
    service.end()
  })
})

it('a program on the bus that never answers is given up in time', async () => {
  const own = await ownBus()
  const mute: MessageBus = await openBus(sessionBus)
  mute.addMethodHandler((_: Message) => true) // taken, and never answered
  await mute.requestName('org.example.Mute')
  const bus = await openBus(sessionBus)
  const question = { to: 'org.example.Mute', path: '/', interfaceName: 'org.example.Mute', member: 'Ask' }
  await expect(afterItsTime(callMethod(bus, question))).rejects.toMatchObject({ kind: 'timeout' })
  bus.disconnect()
  mute.disconnect()
  await own.end()
})
