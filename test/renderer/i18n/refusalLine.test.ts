import { afterEach, describe, expect, it } from 'vitest'
import { latestFault } from '../../../renderer/latestFault.svelte.ts'
import { refusalLine } from '../../../renderer/i18n/refusalLine.ts'

describe('a refusal in one line', () => {
  afterEach(() => latestFault.note(null))

  it('says what happened and what to do', () => {
    latestFault.note('a1b2c3')
    expect(refusalLine('name-taken')).toMatch(/^[A-Z][^.]+\. [A-Z].+\.$/)
    expect(refusalLine('name-taken')).not.toContain('a1b2c3')
  })

  it("includes main's code for an unexpected error, and none if main has none", () => {
    expect(refusalLine('internal')).not.toContain('code')
    latestFault.note('a1b2c3')
    expect(refusalLine('internal')).toContain('To report it, quote the code a1b2c3.')
  })
})
