import { describe, expect, it } from 'vitest'
import { buildEstimate, buildProgress, remaining } from '../../../scripts/set-up/realm/build-progress.mjs'

function follow(terminal: boolean, lines: string[]) {
  let time = 0
  let written = ''
  const hear = buildProgress({ terminal, write: (text) => void (written += text), now: () => (time += 1_000) })
  lines.forEach(hear)
  return written
}
const steps = Array.from({ length: 205 }, (_, index) => `[${index + 1}/205] Building CXX object some/file.cpp.o`)

describe('the progress of a build', () => {
  it('is one line that is rewritten on a terminal', () => {
    const written = follow(true, steps)
    expect(written.split('\n')).toHaveLength(2)
    expect(written).toContain('\r  [205/205]')
  })

  it('is one line per ten percent elsewhere', () => {
    const lines = follow(false, steps).trim().split('\n')
    expect(lines).toHaveLength(11)
    expect(lines.at(-1)).toBe('  [205/205]')
  })

  it("ignores the compiler's messages", () => {
    expect(follow(false, ['warning: unused', 'FAILED: [x]'])).toBe('')
  })

  it('estimates the remaining time by the steps of this run, even if it continues an interrupted build', () => {
    expect(remaining(10, 60, 30_000)).toBe(' about 3 min left')
    expect(remaining(100, 2, 300_000)).toBe(' less than a minute left')
    expect(remaining(2, 60, 30_000)).toBe('')
    expect(follow(false, ['[181/205] x', '[205/205] x'])).not.toContain('left')
  })

  it('is announced with its expected duration', () => {
    expect(buildEstimate(2)).toBe('about 7 min on 2 cores')
    expect(buildEstimate(1)).toBe('about 13 min on 1 core')
    expect(buildEstimate(64)).toBe('about 1 min on 64 cores')
  })
})
