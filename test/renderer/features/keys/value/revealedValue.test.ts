import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RevealedValue } from '../../../../../renderer/features/keys/value/revealedValue.svelte.ts'

const accountId = '1'.repeat(16)
const id = 'a'.repeat(24)
const other = 'b'.repeat(24)

let reveal: ReturnType<typeof vi.fn>
let revealed: RevealedValue

function answer(value: string): { ok: true; value: { value: string } } {
  return { ok: true, value: { value } }
}

/** A promise that the test resolves. */
function awaited(): { arrive: (value: string) => void } {
  let arrive: (value: string) => void = () => undefined
  reveal.mockReturnValueOnce(new Promise((resolve) => (arrive = (value) => resolve(answer(value)))))
  return { arrive: (value) => arrive(value) }
}

beforeEach(() => {
  vi.useFakeTimers()
  reveal = vi.fn().mockResolvedValue(answer('the-value'))
  vi.stubGlobal('window', { latchkey: { calls: { 'keys.reveal': reveal } } })
  revealed = new RevealedValue()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('a revealed value', () => {
  it('is shown for 20 seconds, then hidden', async () => {
    expect(await revealed.show(accountId, id)).toBe(true)
    expect(revealed.value).toBe('the-value')
    vi.advanceTimersByTime(19_999)
    expect(revealed.value).toBe('the-value')
    vi.advanceTimersByTime(1)
    expect([revealed.value, revealed.keyId]).toEqual([null, null])
  })

  it('is hidden when the window loses the focus', async () => {
    await revealed.show(accountId, id)
    revealed.leave()
    expect([revealed.value, revealed.keyId]).toEqual([null, null])
  })

  it('does not appear if another key was selected before it arrived', async () => {
    const late = awaited()
    const shown = revealed.show(accountId, id)
    revealed.hide()
    late.arrive('too-late')
    expect(await shown).toBe(false)
    expect([revealed.value, revealed.keyId, revealed.asking]).toEqual([null, null, false])
  })

  it('is never shown under the key that was requested next', async () => {
    const late = awaited()
    const first = revealed.show(accountId, id)
    const second = revealed.show(accountId, other)
    late.arrive('value-of-the-first')
    expect([await first, await second]).toEqual([false, true])
    expect([revealed.keyId, revealed.value]).toEqual([other, 'the-value'])
  })

  it('does not appear in a window that has lost the focus meanwhile', async () => {
    const late = awaited()
    const shown = revealed.show(accountId, id)
    revealed.leave()
    late.arrive('seen-by-nobody')
    expect(await shown).toBe(false)
    expect([revealed.value, revealed.keyId]).toEqual([null, null])
  })

  it('appears if the keychain’s own prompt took the focus and returned it', async () => {
    const late = awaited()
    const shown = revealed.show(accountId, id)
    revealed.leave()
    revealed.comeBack()
    late.arrive('the-value')
    expect(await shown).toBe(true)
    expect(revealed.value).toBe('the-value')
  })

  it('is shown for the full time when it is revealed again', async () => {
    await revealed.show(accountId, id)
    vi.advanceTimersByTime(15_000)
    await revealed.show(accountId, id)
    vi.advanceTimersByTime(15_000)
    expect(revealed.value).toBe('the-value')
  })

  // Regression: the button read "Hide value" after a refusal, and the next press hid nothing instead of asking again.
  it('a refused reveal leaves no key selected', async () => {
    reveal.mockResolvedValueOnce({ ok: false, code: 'keychain-locked' })
    await expect(revealed.show(accountId, id)).rejects.toMatchObject({ code: 'keychain-locked' })
    expect([revealed.value, revealed.keyId, revealed.asking]).toEqual([null, null, false])
  })
})
