import { describe, expect, it, vi } from 'vitest'
import { Refused } from '../../../../../renderer/bridge.ts'
import { NewPassphrase } from '../../../../../renderer/features/keychain/passphrase/newPassphrase.svelte.ts'

const good = 'correct horse battery'

function typed(first: string, second = first): NewPassphrase {
  return Object.assign(new NewPassphrase(), { typed: first, again: second })
}

describe('choosing a passphrase', () => {
  it('passes the passphrase on exactly as typed, including spaces, and drops it', async () => {
    const chosen = typed(` ${good} `)
    const take = vi.fn().mockResolvedValue(undefined)
    expect(await chosen.submit(take)).toBeNull()
    expect(take).toHaveBeenCalledExactlyOnceWith(` ${good} `)
    expect([chosen.typed, chosen.again, chosen.busy]).toEqual(['', '', false])
  })

  it.each([
    ['too short', 'elevenchars', 'elevenchars', 'typed'],
    ['empty', '', '', 'typed'],
    ['typed differently the second time', good, `${good}x`, 'again'],
  ] as const)('passes nothing on if it is %s, and says which field to correct', async (_what, first, second, field) => {
    const take = vi.fn()
    expect(await typed(first, second).submit(take)).toBe(field)
    expect(take).not.toHaveBeenCalled()
  })

  it('counts characters, not bytes or surrogates', () => {
    expect(typed('🔑'.repeat(11)).long).toBe(false)
    expect(typed('🔑'.repeat(12)).long).toBe(true)
    // Decomposed, this is twelve code points, but six letters for the reader.
    expect(typed('e\u0301'.repeat(6)).long).toBe(false)
  })

  it('keeps the typed text if main finds it weak, and moves the focus back to it', async () => {
    const chosen = typed('a'.repeat(16))
    expect(await chosen.submit(() => Promise.reject(new Refused('passphrase-weak')))).toBe('typed')
    expect([chosen.refusal, chosen.typed, chosen.busy]).toEqual(['passphrase-weak', 'a'.repeat(16), false])
  })

  it('shows why nothing was migrated', async () => {
    const chosen = typed(good)
    expect(await chosen.submit(() => Promise.reject(new Refused('disk-full')))).toBeNull()
    expect(chosen.refusal).toBe('disk-full')
  })

  it('submits once however often the button is pressed', async () => {
    const chosen = typed(good)
    const take = vi.fn().mockResolvedValue(undefined)
    await Promise.all([chosen.submit(take), chosen.submit(take)])
    expect(take).toHaveBeenCalledOnce()
  })
})
