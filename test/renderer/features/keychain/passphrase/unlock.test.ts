import { describe, expect, it, vi } from 'vitest'
import { Refused } from '../../../../../renderer/bridge.ts'
import { Unlock } from '../../../../../renderer/features/keychain/passphrase/unlock.svelte.ts'

function typed(text: string): Unlock {
  return Object.assign(new Unlock(), { typed: text })
}

describe('unlocking with a passphrase', () => {
  it('passes the passphrase on exactly as typed, and drops it once it was accepted', async () => {
    const unlock = typed(' pass phrase ')
    const take = vi.fn().mockResolvedValue(undefined)
    expect(await unlock.submit(take)).toBe(true)
    expect(take).toHaveBeenCalledExactlyOnceWith(' pass phrase ')
    expect(unlock.typed).toBe('')
  })

  it('keeps a wrong passphrase, so that a typing error can be corrected', async () => {
    const unlock = typed('pass phrasw')
    expect(await unlock.submit(() => Promise.reject(new Refused('passphrase-wrong')))).toBe(false)
    expect([unlock.refusal, unlock.typed, unlock.busy]).toEqual(['passphrase-wrong', 'pass phrasw', false])
  })

  it('sends nothing while the field is empty, and never twice at once', async () => {
    const take = vi.fn().mockResolvedValue(undefined)
    expect(await typed('').submit(take)).toBe(false)
    const unlock = typed('pass phrase')
    await Promise.all([unlock.submit(take), unlock.submit(take)])
    expect(take).toHaveBeenCalledOnce()
  })
})
