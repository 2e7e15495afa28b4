import { readdirSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { start } from '../../../../../main/outlets/typist/program.ts'
import type { Target } from '../../../../../main/outlets/typist/typist.ts'
import { type DisplayState, withDisplay, X11Display } from '../../../../../main/outlets/typist/x11/display.ts'
import { X11Typist } from '../../../../../main/outlets/typist/x11/x11-typist.ts'
import { Secret } from '../../../../../main/vault/secret.ts'
import { currentGroup, focused, lockGroup, openField, openTerminal, printable, type Reader, startScreen, tool } from './screen.ts'
import { until } from '../../../../until.ts'
import { readIfThere } from '../../../../files.ts'

const noBrowsers = (): Promise<ReadonlySet<string>> => Promise.resolve(new Set())

const readDisplay = (): DisplayState =>
  withDisplay(
    () => new X11Display(),
    (display) => display.state(),
  )

/** A display that acts before it is looked at for the stroke with this number. */
class ActingDisplay extends X11Display {
  readonly #act: () => void
  #left: number

  constructor(stroke: number, act: () => void) {
    super()
    this.#left = stroke
    this.#act = act
  }

  override press(codes: readonly number[]): void {
    super.press(codes)
    if (--this.#left === 0) this.#act()
  }
}

/** The adapter on a real X server, typing into real windows under a real window manager. */
describe('typing on X11', () => {
  const typist = new X11Typist(start, noBrowsers)
  const unlocked = new AbortController().signal
  let screen: { end: () => void }
  let reader: Reader

  beforeAll(async () => {
    screen = await startScreen()
  })
  afterAll(() => screen.end())
  beforeEach(() => tool('setxkbmap', 'us', '-option', ''))

  async function theTarget(): Promise<Target> {
    const target = await typist.target()
    if (target === null) throw new Error('no target')
    return target
  }

  describe('into a terminal', () => {
    beforeEach(async () => {
      reader = await openTerminal()
    })
    afterEach(() => reader.end())

    it('knows the window by its id, its program and its title', async () => {
      expect(await typist.target()).toEqual({
        id: reader.window,
        program: '/usr/bin/xterm',
        title: 'sh',
        pid: reader.pid,
        browser: false,
      })
    })

    it('reads a title as it is', async () => {
      const title = 'vim — "a\\b" é☃ = 1'
      const other = await openTerminal(['-T', title])
      expect((await typist.target())?.title).toBe(title)
      await other.end()
    })

    it('knows a browser by what its window calls itself, whatever its program is', async () => {
      const other = await openTerminal(['-class', 'Firefox-esr', '-name', 'Navigator'])
      expect(await typist.target()).toMatchObject({ id: other.window, browser: true })
      await other.end()
    })

    it.each([['us'], ['de'], ['fr'], ['es'], ['us,de'], ['ru'], ['de neo'], ['de,us neo,']])(
      'gives every printable character, and nothing else, on the layout %s',
      async (layout) => {
        tool('setxkbmap', ...layout.split(' '))
        await typist.type(new Secret(printable), await theTarget(), unlocked)
        await typist.type(new Secret('END'), await theTarget(), unlocked)
        await until(() => reader.got().endsWith('END'))
        expect(reader.got()).toBe(`${printable}END`)
      },
    )

    it('gives them with the second layout switched on, and leaves it on', async () => {
      tool('setxkbmap', 'us,de')
      lockGroup(1)
      await typist.type(new Secret(printable), await theTarget(), unlocked)
      await until(() => reader.got().length >= printable.length)
      expect(reader.got()).toBe(printable)
      expect(currentGroup()).toBe(1)
    })

    it('gives them with Caps Lock on, and leaves it on', async () => {
      tool('xdotool', 'key', 'Caps_Lock')
      await typist.type(new Secret(printable), await theTarget(), unlocked)
      await until(() => reader.got().length >= printable.length)
      expect(reader.got()).toBe(printable)
      expect(readDisplay().capsLock).toBe(true)
      tool('xdotool', 'key', 'Caps_Lock')
    })

    it('gives back the focus that another window took', async () => {
      const target = await theTarget()
      const other = await openTerminal()
      expect(focused().window).toBe(other.window)
      await typist.type(new Secret('for the first'), target, unlocked)
      await until(() => reader.got().length >= 13)
      expect([reader.got(), other.got()]).toEqual(['for the first', ''])
      await other.end()
    })

    it('stops when the focus leaves the window, and types no further anywhere', async () => {
      const target = await theTarget()
      const other = await openTerminal()
      const thief = () => new ActingDisplay(12, () => tool('xdotool', 'windowactivate', '--sync', other.window))
      await expect(new X11Typist(start, noBrowsers, thief).type(new Secret('x'.repeat(64)), target, unlocked)).rejects.toThrow(
        'target-changed',
      )
      tool('xdotool', 'type', '--window', '0', 'END')
      await until(() => other.got().endsWith('END'))
      expect([reader.got(), other.got()]).toEqual(['x'.repeat(12), 'END'])
      await other.end()
    })

    it('stops when the vault is locked, and types no further', async () => {
      const lock = new AbortController()
      const locker = () => new ActingDisplay(12, () => lock.abort())
      const typing = new X11Typist(start, noBrowsers, locker).type(new Secret('x'.repeat(64)), await theTarget(), lock.signal)
      await expect(typing).rejects.toThrow('locked')
      tool('xdotool', 'type', 'END')
      await until(() => reader.got().endsWith('END'))
      expect(reader.got()).toBe(`${'x'.repeat(12)}END`)
    })

    it('types nothing once the window is closed', async () => {
      const target = await theTarget()
      await reader.end()
      reader = await openTerminal()
      expect(reader.window).toBe(target.id) // X gives the number again
      await expect(typist.type(new Secret('astray'), target, unlocked)).rejects.toThrow('target-changed')
      expect(reader.got()).toBe('')
    })

    it('waits until the keys of the shortcut are let go', async () => {
      const target = await theTarget()
      tool('xdotool', 'keydown', 'ctrl', 'keydown', 'alt')
      let done = false
      const typing = typist.type(new Secret('abcdefgh'), target, unlocked).then(() => (done = true))
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect([done, reader.got()]).toEqual([false, ''])
      tool('xdotool', 'keyup', 'alt', 'keyup', 'ctrl')
      await typing
      await until(() => reader.got().length >= 8)
      expect(reader.got()).toBe('abcdefgh')
      expect(readDisplay().held).toBe(false)
    })

    it('gives up when they are not, and types nothing', async () => {
      tool('xdotool', 'keydown', 'shift')
      await expect(typist.type(new Secret('abc'), await theTarget(), unlocked)).rejects.toThrow('keys-held')
      tool('xdotool', 'keyup', 'shift')
      expect(reader.got()).toBe('')
    })

    it.each([
      ['a line break', 'ab\ncd'],
      ['a tab', 'ab\tcd'],
      ['a letter of no keyboard', 'abçd'],
      ['nothing at all', ''],
    ])('refuses %s before it types', async (_what, text) => {
      await expect(typist.type(new Secret(text), await theTarget(), unlocked)).rejects.toThrow('typing-untypable')
      expect(reader.got()).toBe('')
    })

    it('has the value in no process’s arguments or environment while it types', async () => {
      const value = 'Zq7~canary^value`0123456789'.repeat(3)
      const seen = new Set<string>()
      let looks = 0
      const target = await theTarget()
      const watch = setInterval(() => {
        looks += 1
        for (const text of allArguments()) if (pieces(value).some((piece) => text.includes(piece))) seen.add(text)
      }, 5)
      await typist.type(new Secret(value), target, unlocked)
      clearInterval(watch)
      await until(() => reader.got().length >= value.length)
      expect(reader.got()).toBe(value)
      expect(looks).toBeGreaterThan(5)
      expect([...seen]).toEqual([])
    })
  })

  describe('into a field of a desktop program', () => {
    beforeEach(async () => {
      reader = await openField()
    })
    afterEach(() => reader.end())

    it.each([['us'], ['de'], ['de neo']])('gives every printable character, and nothing else, on the layout %s', async (layout) => {
      tool('setxkbmap', ...layout.split(' '))
      await typist.type(new Secret(printable), await theTarget(), unlocked)
      await typist.type(new Secret('END'), await theTarget(), unlocked)
      await until(() => reader.got().endsWith('END'))
      expect(reader.got()).toBe(`${printable}END`)
    })
  })

  it('finds no target where no window is', async () => {
    await until(() => focused().pid === 0)
    expect(await typist.target()).toBeNull()
  })
})

/** What could give a value away: as it is typed, four characters at a time. */
function pieces(value: string): string[] {
  return [value.slice(0, 12), 'Zq7~', '^val', 'ue`0']
}

function allArguments(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => ['cmdline', 'environ'].map((what) => readIfThere(`/proc/${pid}/${what}`)))
}
