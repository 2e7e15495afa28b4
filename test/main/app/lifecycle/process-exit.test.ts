import { afterEach, expect, it, vi } from 'vitest'
import { endAfter, endProcess } from '../../../../main/app/lifecycle/process-exit.ts'

const exits = vi.hoisted(() => [] as number[])
vi.mock('electron', () => ({ app: { exit: (status: number) => exits.push(status), releaseSingleInstanceLock: () => {} } }))
vi.mock('koffi', () => ({
  load: () => {
    throw new Error('the library is not there')
  },
}))
afterEach(() => {
  vi.useRealTimers()
  exits.length = 0
})

// It waited for the library for ever, and the app could not be quit.
it('the app can be quit without the library for foreign calls, and says what is missing', async () => {
  const said: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  await endProcess()
  expect(exits).toEqual([0])
  expect(said.join('')).toMatch(/^latchkey: a fault \(/)
})

const failing = {
  'is done': async (): Promise<void> => {},
  rejects: () => Promise.reject(new Error('a step')),
  throws: (): Promise<void> => {
    throw new Error('a step')
  },
}

it.each(Object.entries(failing))('the process ends when its closing %s', async (_, close) => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  vi.useFakeTimers()
  endAfter(close)
  await vi.waitFor(() => expect(exits).toEqual([0]))
})

it('the process ends a minute and a half after it was quit though its closing never ends', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  vi.useFakeTimers()
  endAfter(() => new Promise(() => {}))
  await vi.advanceTimersByTimeAsync(89_000)
  expect(exits).toEqual([])
  await vi.advanceTimersByTimeAsync(2_000)
  await vi.waitFor(() => expect(exits).toEqual([0]))
})
