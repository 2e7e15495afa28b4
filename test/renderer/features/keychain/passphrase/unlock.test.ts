import { describe, expect, it, vi } from 'vitest'
import { Refused } from '../../../../../renderer/bridge.ts'
import { Unlock } from '../../../../../renderer/features/keychain/passphrase/unlock.svelte.ts'

function typed(text: string): Unlock {
  return Object.assign(new Unlock(), { typed: text })
}

describe('unlocking with a passphrase', () => {
  it('hands it on as it was typed, and drops it once it was taken', async () => {
    const unlock = typed(' pass phrase ')
    const take = vi.fn().mockResolvedValue(undefined)
    expect(await unlock.submit(take)).toBe(true)
    expect(take).toHaveBeenCalledExactlyOnceWith(' pass phrase ')
    expect(unlock.typed).toBe('')
  })

  it('keeps it when it was wrong, so that a slip can be mended', async () => {
    const unlock = typed('pass phrasw')
    expect(await unlock.submit(() => Promise.reject(new Refused('passphrase-wrong')))).toBe(false)
    expect([unlock.refusal, unlock.typed, unlock.busy]).toEqual(['passphrase-wrong', 'pass phrasw', false])
  })

  it('asks for nothing while the field is empty, nor twice at once', async () => {
    const take = vi.fn().mockResolvedValue(undefined)
    expect(await typed('').submit(take)).toBe(false)
    const unlock = typed('pass phrase')
    await Promise.all([unlock.submit(take), unlock.submit(take)])
    expect(take).toHaveBeenCalledOnce()
  })
})
