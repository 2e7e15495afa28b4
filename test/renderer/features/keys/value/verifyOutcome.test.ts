import { describe, expect, it } from 'vitest'
import { foundBad, outcomeLine, outcomeOf } from '../../../../../renderer/features/keys/value/verifyOutcome.ts'
import { key } from '../samples.ts'

const started = 1000
const proved = (verdict: 'works' | 'disabled' | 'deleted' | 'wrong' | 'other-account', at = started) => ({ verified: { verdict, at } })

describe('the result of verifying all keys', () => {
  it('begins with verdicts that need action', () => {
    const keys = [key('a', 1, proved('works')), key('b', 2, proved('wrong')), key('c', 3, proved('works')), key('d', 4, proved('disabled'))]
    const outcome = outcomeOf(keys, started, false)
    expect(outcomeLine(outcome)).toBe('1 has a wrong value, 1 is disabled, 2 work.')
    expect(foundBad(outcome)).toBe(true)
  })

  it('ignores verdicts from before the run', () => {
    const outcome = outcomeOf([key('a', 1, proved('wrong', started - 1)), key('b', 2, proved('works'))], started, false)
    expect(outcomeLine(outcome)).toBe('1 works. 1 could not be verified: the server or the keychain did not answer.')
    expect(foundBad(outcome)).toBe(false)
  })

  it('says how many keys were left when it was stopped', () => {
    const outcome = outcomeOf([key('a', 1, proved('works')), key('b', 2), key('c', 3)], started, true)
    expect(outcomeLine(outcome)).toBe('1 works. 2 not verified, as you stopped.')
  })

  it('ignores keys whose value is not here', () => {
    const outcome = outcomeOf([key('a', 1, { value: 'elsewhere' }), key('b', 2, { value: 'missing' })], started, false)
    expect(outcomeLine(outcome)).toBe('No key has its value here.')
  })
})
