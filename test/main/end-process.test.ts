import { afterEach, expect, it, vi } from 'vitest'
import { endProcess } from '../../main/end-process.ts'

const exits = vi.hoisted(() => [] as number[])
vi.mock('electron', () => ({ app: { exit: (status: number) => exits.push(status), releaseSingleInstanceLock: () => {} } }))
vi.mock('koffi', () => ({
  load: () => {
    throw new Error('the library is not there')
  },
}))
afterEach(() => void vi.restoreAllMocks())

// It waited for the library for ever, and the app could not be quit.
it('the app can be quit without the library for foreign calls, and says what is missing', async () => {
  const said: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  await endProcess()
  expect(exits).toEqual([0])
  expect(said.join('')).toMatch(/^latchkey: a fault \(/)
})
