import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Palette } from '../../../main/outlets/palette.ts'
import type { Target, Typist } from '../../../main/outlets/typist/typist.ts'
import { lastReleasesOf } from '../../../main/vault/journal/journal.ts'
import { Refusal, type RefusalCode } from '../../../main/vault/refusal.ts'
import type { Secret } from '../../../main/vault/secret.ts'
import { addSite } from '../../../main/vault/release/sites.ts'
import type { PaletteState } from '../../../preload/palette-contract.ts'
import type { Account } from '../../../main/vault/model/account.ts'
import { testClipboard } from '../fakes/clipboard.ts'
import { type VaultFixture, localVault, newKey } from '../vault/fixtures/vault.ts'

const editor: Target = { id: '7', program: '/usr/bin/editor', title: 'notes', pid: 70, browser: false }
const chrome: Target = { id: '8', program: '/opt/google/chrome/chrome', title: 'Console', pid: 80, browser: true }

class Keyboard implements Typist {
  unavailable: RefusalCode | null = null
  focused: Target | null = editor
  held = false
  /** Goes on typing until the vault is locked. */
  slow = false
  readonly typed: [value: string, into: string][] = []

  constructor(readonly log: string[]) {}

  target(): Promise<Target | null> {
    this.log.push('look')
    return Promise.resolve(this.focused)
  }
  waitForKeysReleased(): Promise<void> {
    this.log.push('wait for the keys')
    return this.held ? Promise.reject(new Refusal('keys-held')) : Promise.resolve()
  }
  type(value: Secret, target: Target, lock: AbortSignal): Promise<void> {
    this.log.push('type')
    this.typed.push([value.expose(), target.id])
    if (!this.slow) return Promise.resolve()
    return new Promise((_done, refuse) => lock.addEventListener('abort', () => refuse(new Refusal('locked'))))
  }
}

describe('the palette', () => {
  let fixture: VaultFixture
  let account: Account
  let log: string[]
  let keyboard: Keyboard
  let shown: PaletteState | null
  let copied: string
  let palette: Palette
  let key: { accountId: string; id: string }
  let value: string

  beforeEach(async () => {
    ;({ fixture, account } = await localVault())
    const made = await newKey(fixture, account, 'deploy')
    ;[key, value] = [{ accountId: account.id, id: made.key.id }, made.value]
    ;[log, shown, copied] = [[], null, '']
    keyboard = new Keyboard(log)
    palette = new Palette({
      vault: fixture.vault,
      typist: keyboard,
      clipboard: testClipboard({ get: () => copied, set: (text) => (copied = text) }, () => fixture.now),
      view: {
        show: (state) => (log.push('show'), (shown = state), Promise.resolve()),
        hide: () => void (log.push('hide'), (shown = null)),
        get isShown() {
          return shown !== null
        },
      },
      theme: () => 'dark',
      settled: () => (log.push('settled'), Promise.resolve()),
    })
  })

  afterEach(() => vi.useRealTimers())

  it('looks where the focus is before it comes up, and says where it would type', async () => {
    await palette.open()
    expect(log).toEqual(['look', 'settled', 'show'])
    expect(shown).toEqual({
      theme: 'dark',
      closed: null,
      keys: [{ ...key, name: 'deploy', account: 'This computer', enabled: true, lastFour: value.slice(-4), usedAt: null }],
      target: { program: 'editor', title: 'notes' },
      unavailable: null,
    })
  })

  it('goes away when it is asked for again, and keeps its target', async () => {
    await palette.open()
    keyboard.focused = null // it is the palette itself now
    await palette.open()
    expect(log).toEqual(['look', 'settled', 'show', 'hide'])
  })

  it('types into the window that had the focus, once no key is held and it is out of the way', async () => {
    await palette.open()
    log.length = 0
    await palette.type(key)
    expect(log).toEqual(['wait for the keys', 'hide', 'type'])
    expect(keyboard.typed).toEqual([[value, '7']])
  })

  it('takes no choice in its first half second where a program asked for it: the keys were meant for something else', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    await palette.open('program')
    vi.advanceTimersByTime(499)
    await expect(palette.type(key)).rejects.toThrow('keys-held')
    await expect(palette.copy(key)).rejects.toThrow('keys-held')
    expect([keyboard.typed, copied, shown !== null]).toEqual([[], '', true])
    expect(lastReleasesOf(fixture.opened, account.id, key.id, 1)).toEqual([])
    vi.advanceTimersByTime(1)
    await palette.type(key)
    expect(keyboard.typed).toEqual([[value, '7']])
  })

  it('notes what it was typed into, and shows that key first the next time', async () => {
    await newKey(fixture, account, 'another')
    await palette.open()
    expect(shown?.keys.map(({ name }) => name)).toEqual(['another', 'deploy'])
    await palette.type(key)
    const [use] = lastReleasesOf(fixture.opened, account.id, key.id, 1)
    expect(use).toMatchObject({ purpose: 'type', requester: { kind: 'window', program: '/usr/bin/editor', title: 'notes' } })
    await palette.open()
    expect(shown?.keys.map(({ name, usedAt }) => [name, usedAt])).toEqual([
      ['deploy', fixture.now],
      ['another', null],
    ])
  })

  it('is one typing when Enter repeats', async () => {
    await palette.open()
    await Promise.all([palette.type(key), palette.type(key), palette.open()])
    expect(keyboard.typed).toHaveLength(1)
    await palette.open()
    await palette.type(key)
    expect(keyboard.typed).toHaveLength(2)
  })

  it('gives nothing and stays up while a key is held', async () => {
    await palette.open()
    keyboard.held = true
    await expect(palette.type(key)).rejects.toThrow('keys-held')
    expect([shown !== null, lastReleasesOf(fixture.opened, account.id, key.id, 1)]).toEqual([true, []])
  })

  it.each<[RefusalCode, (keyboard: Keyboard) => void]>([
    ['typing-unavailable', (desktop) => (desktop.unavailable = 'typing-unavailable')],
    ['target-none', (desktop) => (desktop.focused = null)],
    ['target-browser', (desktop) => (desktop.focused = chrome)],
  ])('says %s before one relies on it, gives nothing out, and copies all the same', async (code, arrange) => {
    arrange(keyboard)
    await palette.open()
    expect(shown?.unavailable).toBe(code)
    await expect(palette.type(key)).rejects.toThrow(code)
    expect([keyboard.typed, lastReleasesOf(fixture.opened, account.id, key.id, 1)]).toEqual([[], []])
    expect(await palette.copy(key)).toEqual({ clearsAt: fixture.now + 30_000 })
    expect(copied).toBe(value)
  })

  // A key that was given to a site, and offered there, was typed into any page of that browser for a minute.
  it('types nothing into a browser, though the key was given to a site', async () => {
    addSite(fixture.opened, account.id, key.id, 'https://console.example.com', false)
    keyboard.focused = chrome
    await palette.open()
    expect(shown?.unavailable).toBe('target-browser')
    await expect(palette.type(key)).rejects.toThrow('target-browser')
    expect([keyboard.typed, lastReleasesOf(fixture.opened, account.id, key.id, 1)]).toEqual([[], []])
  })

  it('types where it cannot tell the window, and says that it cannot', async () => {
    keyboard.focused = { id: '', program: null, title: '', pid: null, browser: false }
    await palette.open()
    expect([shown?.target, shown?.unavailable]).toEqual([null, null])
    await palette.type(key)
    expect(keyboard.typed).toEqual([[value, '']])
  })

  it('ends what is being typed when the vault is locked, and types again after', async () => {
    keyboard.slow = true
    await palette.open()
    const typing = palette.type(key)
    const refused = expect(typing).rejects.toThrow('locked')
    await vi.waitFor(() => expect(keyboard.typed).toHaveLength(1))
    palette.lock()
    await refused
    keyboard.slow = false
    await palette.open()
    await palette.type(key)
    expect(keyboard.typed).toHaveLength(2)
  })

  it('shows no key of a locked vault, and types none', async () => {
    await palette.open()
    fixture.vault.lock()
    expect(palette.state()).toMatchObject({ closed: 'locked', keys: [] })
    await expect(palette.type(key)).rejects.toThrow('locked')
    await expect(palette.copy(key)).rejects.toThrow('locked')
    expect(keyboard.typed).toEqual([])
  })
})
