import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Arming } from '../../../../renderer/windows/prompt/arming.svelte.ts'

/** A window of events alone. */
let target: EventTarget
let arming: Arming
let heard: string[]
let unwatch: () => void

beforeEach(() => {
  vi.useFakeTimers()
  target = new EventTarget()
  arming = new Arming()
  heard = []
  unwatch = arming.watch(target as unknown as Window)
  for (const type of ['pointerdown', 'click', 'keydown', 'keyup']) target.addEventListener(type, () => heard.push(type))
})
afterEach(() => {
  unwatch()
  vi.useRealTimers()
})

/** @returns whether what it does by itself was kept from happening */
function send(type: string, fields: Record<string, unknown> = {}): boolean {
  return !target.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), fields))
}
function click(): void {
  send('pointerdown')
  send('click', { detail: 1 })
}
function press(code: string): void {
  send('keydown', { code, repeat: false })
  send('keyup', { code })
}

describe('a prompt that is not seen yet', () => {
  it('hears nothing, however long it takes', () => {
    vi.advanceTimersByTime(10_000)
    click()
    press('Enter')
    expect(heard).toEqual([])
    expect(send('keydown', { code: 'Enter' })).toBe(true)
  })
})

describe('a prompt that has come up', () => {
  beforeEach(() => arming.arm())

  it('hears nothing for half a second, then everything', () => {
    vi.advanceTimersByTime(499)
    click()
    press('Enter')
    expect(heard).toEqual([])
    vi.advanceTimersByTime(1)
    click()
    press('Enter')
    expect(heard).toEqual(['pointerdown', 'click', 'keydown', 'keyup'])
  })

  it('does not take for an answer what began before', () => {
    send('pointerdown')
    send('keydown', { code: 'Enter', repeat: false })
    vi.advanceTimersByTime(500)
    send('click', { detail: 1 })
    send('keydown', { code: 'Enter', repeat: true })
    send('keyup', { code: 'Enter' })
    expect(heard).toEqual([])
  })

  it('hears a key again that was let go', () => {
    send('keydown', { code: 'Enter', repeat: false })
    vi.advanceTimersByTime(500)
    send('keyup', { code: 'Enter' })
    press('Enter')
    expect(heard).toEqual(['keydown', 'keyup'])
  })

  it('hears a held key repeat that was pressed in time', () => {
    vi.advanceTimersByTime(500)
    send('keydown', { code: 'ArrowDown', repeat: false })
    send('keydown', { code: 'ArrowDown', repeat: true })
    expect(heard).toEqual(['keydown', 'keydown'])
  })

  it('hears a click without a press, as a screen reader makes it', () => {
    send('click', { detail: 0 })
    vi.advanceTimersByTime(500)
    send('click', { detail: 0 })
    expect(heard).toEqual(['click'])
  })

  it('hears no key for half a second after it got the focus, but clicks', () => {
    vi.advanceTimersByTime(500)
    send('focus')
    click()
    press('Enter')
    expect(heard).toEqual(['pointerdown', 'click'])
    vi.advanceTimersByTime(500)
    press('Enter')
    expect(heard).toEqual(['pointerdown', 'click', 'keydown', 'keyup'])
  })

  it('is deaf once it was answered, and again for half a second for what is asked next', () => {
    vi.advanceTimersByTime(500)
    arming.disarm()
    vi.advanceTimersByTime(10_000)
    click()
    arming.arm()
    vi.advanceTimersByTime(499)
    press('Enter')
    expect(heard).toEqual([])
    vi.advanceTimersByTime(1)
    press('Enter')
    expect(heard).toEqual(['keydown', 'keyup'])
  })
})
