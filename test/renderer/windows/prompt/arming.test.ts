import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Arming } from '../../../../renderer/windows/prompt/arming.svelte.ts'

/** A window that only dispatches events. */
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

/** @returns whether the default action was prevented */
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

describe('a prompt that is not visible yet', () => {
  it('ignores all input, however long it takes', () => {
    vi.advanceTimersByTime(10_000)
    click()
    press('Enter')
    expect(heard).toEqual([])
    expect(send('keydown', { code: 'Enter' })).toBe(true)
  })
})

describe('a prompt that has just appeared', () => {
  beforeEach(() => arming.arm())

  it('ignores input for half a second, then accepts it', () => {
    vi.advanceTimersByTime(499)
    click()
    press('Enter')
    expect(heard).toEqual([])
    vi.advanceTimersByTime(1)
    click()
    press('Enter')
    expect(heard).toEqual(['pointerdown', 'click', 'keydown', 'keyup'])
  })

  it('ignores input that began before', () => {
    send('pointerdown')
    send('keydown', { code: 'Enter', repeat: false })
    vi.advanceTimersByTime(500)
    send('click', { detail: 1 })
    send('keydown', { code: 'Enter', repeat: true })
    send('keyup', { code: 'Enter' })
    expect(heard).toEqual([])
  })

  it('accepts a key again after it was released', () => {
    send('keydown', { code: 'Enter', repeat: false })
    vi.advanceTimersByTime(500)
    send('keyup', { code: 'Enter' })
    press('Enter')
    expect(heard).toEqual(['keydown', 'keyup'])
  })

  it('accepts repeats of a key that was pressed in time', () => {
    vi.advanceTimersByTime(500)
    send('keydown', { code: 'ArrowDown', repeat: false })
    send('keydown', { code: 'ArrowDown', repeat: true })
    expect(heard).toEqual(['keydown', 'keydown'])
  })

  it('accepts a click without a press, as screen readers make it', () => {
    send('click', { detail: 0 })
    vi.advanceTimersByTime(500)
    send('click', { detail: 0 })
    expect(heard).toEqual(['click'])
  })

  it('ignores keys, but not clicks, for half a second after it got the focus', () => {
    vi.advanceTimersByTime(500)
    send('focus')
    click()
    press('Enter')
    expect(heard).toEqual(['pointerdown', 'click'])
    vi.advanceTimersByTime(500)
    press('Enter')
    expect(heard).toEqual(['pointerdown', 'click', 'keydown', 'keyup'])
  })

  it('ignores input after it was answered, and for half a second of the next prompt', () => {
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
