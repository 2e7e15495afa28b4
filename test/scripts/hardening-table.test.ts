import { describe, expect, it } from 'vitest'
import { judge, table } from '../../scripts/hardening/table.mjs'

const items = [
  { number: '1', says: 'Every window isolated', how: 'on the package' },
  { number: '2', says: 'The socket is this user’s', how: 'by its unit tests', files: ['test/socket.test.ts'] },
  { number: '3', says: 'No cores', how: 'on the package', not: { win32: 'there are none' } },
]
const passing = [
  { file: 'test/window.test.ts', title: 'a window is isolated [1, 3]', passed: true },
  { file: 'test/socket.test.ts', title: 'refuses another user', passed: true },
]
const lastLine = (results: typeof passing, platform: NodeJS.Platform = 'linux') =>
  table(judge(items, results, platform))
    .split('\n')
    .at(-1)

describe('the last line of the hardening table', () => {
  it('counts the items that hold', () => {
    expect(lastLine(passing)).toBe('3 held, 0 not on this platform, 0 not held')
    expect(lastLine(passing, 'win32')).toBe('2 held, 1 not on this platform, 0 not held')
  })

  // Regression: two runs printed "46 held, 1 not held", and the item had to be searched among 47.
  it('names each item that does not hold', () => {
    const failing = passing.map((one) => ({ ...one, passed: false }))
    expect(lastLine(failing)).toBe(
      '0 held, 0 not on this platform, 3 not held: 1 Every window isolated; 2 The socket is this user’s; 3 No cores',
    )
  })

  it('names an item whose tests did not run', () => {
    expect(lastLine(passing.slice(0, 1))).toBe('2 held, 0 not on this platform, 1 not held: 2 The socket is this user’s')
  })
})
