import { Message, type MessageBus, sessionBus } from '@jellybrick/dbus-next'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LinuxSession } from '../../../main/lock/linux-session.ts'
import { LoginService } from './login-service.ts'

describe.runIf(process.platform === 'linux')('a Linux session', () => {
  let service: LoginService
  let desktop: MessageBus
  let locks = 0
  const before = { ...process.env }

  beforeAll(async () => {
    service = await LoginService.start()
    process.env['DBUS_SYSTEM_BUS_ADDRESS'] = service.address
    process.env['XDG_SESSION_ID'] = '7'
    desktop = sessionBus()
    desktop.addMethodHandler((call: Message) => (desktop.send(Message.newMethodReturn(call, 't', [90_000n])), true))
    await desktop.requestName('org.gnome.Mutter.IdleMonitor')
    await LinuxSession.watch(() => (locks += 1))
  })
  afterAll(() => {
    for (const name of ['DBUS_SYSTEM_BUS_ADDRESS', 'XDG_SESSION_ID']) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = before[name]
    }
    desktop.disconnect()
    service.end()
  })
  beforeEach(() => (locks = 0))
  afterEach(() => (locks = 0))

  it('is told that it is to be locked, that it is, and that another user has the screen', async () => {
    for (const [happens, count] of [
      [() => service.lockSession(), 1],
      [() => service.change('LockedHint', true), 2],
      [() => service.change('Active', false), 3],
    ] as const) {
      happens()
      await expect.poll(() => locks).toBe(count)
    }
  })

  it('makes nothing of an unlocked screen, of its own turn, and of another session', async () => {
    service.change('LockedHint', false)
    service.change('Active', true)
    service.lockSession('/org/freedesktop/login1/session/_38')
    service.lockSession() // comes after them
    await expect.poll(() => locks).toBe(1)
  })

  it('is told by its desktop that the screen is locked', async () => {
    for (const [face, active] of [
      ['org.gnome.ScreenSaver', false],
      ['org.example.Other', true],
      ['org.gnome.ScreenSaver', true],
    ] as const) {
      desktop.send(Message.newSignal('/org/gnome/ScreenSaver', face, 'ActiveChanged', 'b', [active]))
    }
    await expect.poll(() => locks).toBe(1)
  })

  // Xfce's own was once not listened to: neither it nor the login service told of its lock.
  it.each(['freedesktop', 'gnome', 'cinnamon', 'mate', 'xfce'])('is told so by the screen saver of %s', async (desk) => {
    desktop.send(Message.newSignal(`/org/${desk}/ScreenSaver`, `org.${desk}.ScreenSaver`, 'ActiveChanged', 'b', [true]))
    await expect.poll(() => locks).toBe(1)
  })

  it('is found by its screen, where the program belongs to none', async () => {
    Reflect.deleteProperty(process.env, 'XDG_SESSION_ID')
    let told = 0
    await LinuxSession.watch(() => (told += 1))
    process.env['XDG_SESSION_ID'] = 'unknown to it'
    await LinuxSession.watch(() => (told += 1))
    service.lockSession()
    await expect.poll(() => told).toBe(2)
  })

  it('tells for how long nobody was there, where its desktop does', async () => {
    const session = await LinuxSession.watch(() => {})
    expect(await session.idle()).toBe(90_000)
    await desktop.releaseName('org.gnome.Mutter.IdleMonitor')
    expect(await session.idle()).toBeNull()
  })

  it('tells nothing, and is no fault, on a computer without either bus', async () => {
    const bus = process.env['DBUS_SESSION_BUS_ADDRESS']
    process.env['DBUS_SYSTEM_BUS_ADDRESS'] = process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nowhere/bus'
    const session = await LinuxSession.watch(() => {})
    expect(await session.idle()).toBeNull()
    process.env['DBUS_SESSION_BUS_ADDRESS'] = bus
  })
})
