import { describe, expect, it } from 'vitest'
import { countLine, countTests } from '../../scripts/test-run/count.mjs'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
})
const report = (...files: object[]) => JSON.stringify({ testResults: files })

describe('the last line of a test run', () => {
  it('counts passed and failed tests', () => {
    const count = countTests(report(file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed')), 1)
    expect(countLine(count)).toBe('3 passed, 1 failed')
  })

  it('counts a file that cannot be loaded as failed', () => {
    expect(countTests(report(file('passed', 'passed'), file('failed')), 1)).toEqual({ passed: 1, failed: 1 })
  })

  it('counts a file whose tests passed but whose hooks failed as failed', () => {
    expect(countTests(report(file('failed', 'passed')), 1)).toEqual({ passed: 1, failed: 1 })
  })

  it('never reports a run as good that failed for a reason no test shows, such as a worker that died', () => {
    expect(countTests(report(file('passed', 'passed')), 1)).toEqual({ passed: 1, failed: 1 })
    expect(countTests(report(file('passed', 'passed')), 139)).toEqual({ passed: 1, failed: 1 })
  })

  it.each([null, '', '{"testResults":[{"sta', '{}', '{"testResults":[{}]}', report()])(
    'says failed when the report is %j, even after a status of 0',
    (text) => {
      expect(countTests(text, 0)).toEqual({ passed: 0, failed: 1 })
    },
  )
})
