import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { reportCallError, reportError } from '../../main/error-reporter.ts'
import { Refusal } from '../../main/vault/refusal.ts'

describe('a fault that nobody caught', () => {
  let said = ''
  beforeEach(() => {
    said = ''
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true))
  })
  afterEach(() => vi.restoreAllMocks())

  it('is told by its kind and place in our bundle, never by its message', () => {
    const error = new TypeError('canary-value at /home/someone/secret.cjs')
    error.stack = `TypeError: canary-value at /home/someone\n    at f (/opt/app/out/main/index.cjs:1:200)`
    reportError(error)
    expect(said).toMatch(/^latchkey: a fault \(TypeError\) at index\.cjs:1:200, code [0-9a-f]{6}\n$/)
  })

  it('has a code that a person can quote: the same each time it happens there, and another elsewhere', () => {
    const at = (place: string): string => {
      said = ''
      const error = new TypeError(`canary-value ${Math.random()}`)
      error.stack = `TypeError: canary-value\n    at f (/opt/app/out/main/index.cjs:${place})`
      reportCallError(error, 'keys.reveal')
      return /^latchkey: a fault \(TypeError\) in keys\.reveal at \S+, code ([0-9a-f]{6})\n$/.exec(said)?.[1] ?? said
    }
    expect(at('1:200')).toBe(at('1:200'))
    expect(at('1:200')).not.toBe(at('1:201'))
  })

  it('is told by its code if it is a refusal, and by its type if it is no error', () => {
    reportError(new Refusal('disk-full'))
    reportError('canary-value')
    expect(said).toContain('(disk-full)')
    expect(said).toContain('(string)')
    expect(said).not.toContain('canary')
  })
})
