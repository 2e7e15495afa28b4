import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PortalTypist } from '../../../../../main/outlets/typist/portal/portal-typist.ts'
import { Secret } from '../../../../../main/vault/secret.ts'
import { FakePortal } from './fake-portal.ts'
import { printable } from '../x11/screen.ts'

/** The adapter over a real bus, to a portal that answers as the specification says. */
describe('typing by the desktop’s portal', () => {
  let portal: FakePortal
  let end: () => Promise<void>
  let typist: PortalTypist
  const lock = new AbortController()
  const type = async (text: string, signal = lock.signal): Promise<void> => typist.type(new Secret(text), await typist.target(), signal)

  beforeAll(async () => {
    ;({ portal, end } = await FakePortal.start())
  })
  afterAll(() => end())
  beforeEach(() => {
    Object.assign(portal, { answer: 0, devices: 1, version: 2, breaksAfter: Infinity })
    portal.calls.length = portal.strokes.length = 0
    typist = new PortalTypist()
  })

  it('can type once the portal has said that it has a keyboard, and knows no window', async () => {
    expect(typist.unavailable).toBe('typing-unavailable')
    expect(await typist.target()).toEqual({ id: '', program: null, title: '', pid: null, browser: false })
    expect(typist.unavailable).toBeNull()
  })

  it('is unavailable where the desktop has no keyboard to lend', async () => {
    portal.devices = 2 | 4
    await typist.target()
    expect(typist.unavailable).toBe('typing-unavailable')
  })

  it('presses and lets go a key for every printable character, in their order, and no other', async () => {
    await type(printable)
    const expected = [...printable].flatMap((character) => [1, 0].map((state) => [character.charCodeAt(0), state]))
    expect(portal.strokes).toEqual(expected)
    expect(portal.open).toBe(0)
  })

  it('asks for a keyboard alone, to be remembered until the app ends, and is then not asked again', async () => {
    await type('a')
    await type('b')
    const selected = portal.calls.filter(({ member }) => member === 'SelectDevices').map(({ options }) => options)
    expect(selected[0]).toMatchObject({ types: 1, persist_mode: 1 })
    expect(selected[0]).not.toHaveProperty('restore_token')
    expect(selected[1]).toMatchObject({ types: 1, persist_mode: 1, restore_token: 'again' })
  })

  it('asks an older portal for nothing that it does not know', async () => {
    portal.version = 1
    await type('a')
    const [selected] = portal.calls.filter(({ member }) => member === 'SelectDevices')
    expect(Object.keys(selected?.options ?? {}).sort()).toEqual(['handle_token', 'types'])
    expect(portal.typed).toBe('a')
  })

  it('types nothing when the person says no', async () => {
    portal.answer = 1
    await expect(type('abc')).rejects.toThrow('approval-denied')
    expect(portal.strokes).toEqual([])
  })

  it('stops when the person ends it half-way', async () => {
    portal.breaksAfter = 2
    await expect(type('abcdef')).rejects.toThrow('target-changed')
    expect(portal.typed).toBe('ab')
  })

  it('stops when the vault is locked', async () => {
    const locked = new AbortController()
    locked.abort()
    await expect(type('abcdef', locked.signal)).rejects.toThrow('locked')
    expect([portal.typed, portal.open]).toEqual(['', 0])
  })

  it.each([['ab\ncd'], ['ab\tcd'], ['']])('refuses %j before it asks', async (text) => {
    await expect(type(text)).rejects.toThrow('typing-untypable')
    expect(portal.calls).toEqual([])
  })

  it('is unavailable without a bus', async () => {
    const address = process.env['DBUS_SESSION_BUS_ADDRESS']
    process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nowhere'
    await typist.target()
    expect(typist.unavailable).toBe('typing-unavailable')
    await expect(type('abc')).rejects.toThrow('typing-unavailable')
    process.env['DBUS_SESSION_BUS_ADDRESS'] = address
  })
})
