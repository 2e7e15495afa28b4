import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { reportFault } from '../../main/fault.ts'
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
    reportFault(error)
    expect(said).toBe('latchkey: a fault (TypeError) at index.cjs:1:200\n')
  })

  it('is told by its code if it is a refusal, and by its type if it is no error', () => {
    reportFault(new Refusal('disk-full'))
    reportFault('canary-value')
    expect(said).toContain('(disk-full)')
    expect(said).toContain('(string)')
    expect(said).not.toContain('canary')
  })
})
