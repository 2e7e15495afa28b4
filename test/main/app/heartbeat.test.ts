import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Heartbeat } from '../../../main/app/heartbeat.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the heartbeat', () => {
  it('calls every look each five seconds, by one timer, also a look that was added later', () => {
    const seen: string[] = []
    const heartbeat = new Heartbeat((error) => seen.push(String(error)))
    expect(vi.getTimerCount()).toBe(0)
    heartbeat.add(() => seen.push('idle'))
    vi.advanceTimersByTime(3_000)
    heartbeat.add(() => seen.push('sync'))
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(2_000)
    expect(seen).toEqual(['idle', 'sync'])
    vi.advanceTimersByTime(5_000)
    expect(seen).toEqual(['idle', 'sync', 'idle', 'sync'])
  })

  it('goes on with the other looks, and with the next time, if one throws', () => {
    const seen: string[] = []
    const heartbeat = new Heartbeat((error) => seen.push(String(error)))
    heartbeat.add(() => {
      throw new Error('of the idle time')
    })
    heartbeat.add(() => seen.push('sync'))
    vi.advanceTimersByTime(10_000)
    expect(seen).toEqual(['Error: of the idle time', 'sync', 'Error: of the idle time', 'sync'])
  })
})
