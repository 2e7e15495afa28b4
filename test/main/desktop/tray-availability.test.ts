import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchTrayAvailability } from '../../../main/desktop/tray-availability.ts'
import { until } from '../../until.ts'
import { ownBus, Panel } from './fake-panel.ts'

let bus: { end: () => Promise<void> }
beforeAll(async () => {
  bus = await ownBus()
})
afterAll(() => bus.end())

describe('the availability of a tray', () => {
  it('is told when a panel comes, stops to show icons, shows them again, and goes', async () => {
    const told: boolean[] = []
    const host = await watchTrayAvailability('linux', () => void told.push(host.present))
    expect(host.present).toBe(false)
    const panel = await Panel.start()
    await until(() => told.length === 1)
    panel.show(false)
    await until(() => told.length === 2)
    panel.show(true)
    await until(() => told.length === 3)
    panel.end()
    await until(() => told.length === 4)
    expect(told).toEqual([true, false, true, false])
  })

  it('is known at once where a panel is there', async () => {
    const panel = await Panel.start()
    expect((await watchTrayAvailability('linux', () => undefined)).present).toBe(true)
    panel.end()
  })

  it('is no where the list of icons is kept and nobody shows them', async () => {
    const panel = await Panel.start(false)
    expect((await watchTrayAvailability('linux', () => undefined)).present).toBe(false)
    panel.end()
  })

  it('is no where there is no bus', async () => {
    const before = process.env['DBUS_SESSION_BUS_ADDRESS']
    process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nowhere'
    expect((await watchTrayAvailability('linux', () => undefined)).present).toBe(false)
    process.env['DBUS_SESSION_BUS_ADDRESS'] = before
  })

  it.each(['darwin', 'win32'] as const)('is yes on %s', async (platform) => {
    expect((await watchTrayAvailability(platform, () => undefined)).present).toBe(true)
  })
})
