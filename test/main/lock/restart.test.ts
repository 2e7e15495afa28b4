import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { restart } from '../../../main/lock/restart.ts'

const asked = vi.hoisted(() => [] as unknown[])
vi.mock('electron', () => ({
  app: { relaunch: (options: unknown) => asked.push(options), exit: (status: number) => asked.push(status), getPath: () => '/nowhere' },
}))

// It started the copy that the portable program had unpacked, which goes when its run ends.
describe('a lock of the portable program on Windows', () => {
  const { platform } = process
  beforeEach(() => {
    asked.length = 0
    Object.defineProperty(process, 'platform', { value: 'win32' })
    vi.stubEnv('PORTABLE_EXECUTABLE_FILE', 'E:\\Latchkey-portable.exe')
  })
  afterEach(() => {
    Object.defineProperty(process, 'platform', { value: platform })
    vi.unstubAllEnvs()
  })

  it.each([
    ['comes back by its own file', dirname(process.execPath), { execPath: 'E:\\Latchkey-portable.exe' }],
    ['comes back by the program where that is another one’s variable', tmpdir(), {}],
  ])('%s', async (_, temporary, by) => {
    vi.stubEnv('TEMP', temporary)
    await restart({ bounds: null, shown: 'normal', focused: false }, () => {})
    expect(asked).toEqual([{ args: expect.arrayContaining([expect.stringMatching(/^--locked=/)]) as unknown, ...by }, 0])
  })
})

// Without the library for foreign calls, or with a system that refuses, the app neither came back nor ended.
describe.runIf(process.platform === 'linux')('a lock that cannot put a program in this process’s place', () => {
  it('is told of, and starts the app anew', async () => {
    asked.length = 0
    vi.doMock('../../../main/lock/exec.ts', () => ({
      replaceProcess: () => {
        throw new Error('no such call')
      },
    }))
    const told: unknown[] = []
    await restart({ bounds: null, shown: 'normal', focused: false }, (error) => told.push(error))
    vi.doUnmock('../../../main/lock/exec.ts')
    expect([told.length, asked]).toEqual([1, [{ args: expect.arrayContaining([expect.stringMatching(/^--locked=/)]) as unknown }, 0]])
  })
})
