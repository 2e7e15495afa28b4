import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Lock } from '../../../main/lock/lock.ts'

describe('a lock', () => {
  let did: string[]
  let ended: () => void
  let lock: Lock

  beforeEach(() => {
    vi.useFakeTimers()
    did = []
    const close = (): Promise<void> => {
      did.push('close')
      return new Promise((resolve) => (ended = resolve))
    }
    lock = new Lock({ close, hide: () => did.push('hide'), renew: () => did.push('renew') })
  })
  afterEach(() => vi.useRealTimers())

  it('closes the vault at once, and ends the process as soon as nothing needs it', async () => {
    lock.use()
    lock.now()
    expect(did).toEqual(['close'])
    ended()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(did).toEqual(['close', 'renew'])
  })

  it('takes the page away when that takes longer', async () => {
    lock.use()
    lock.now()
    await vi.advanceTimersByTimeAsync(500)
    expect(did).toEqual(['close', 'hide'])
    ended()
    await vi.advanceTimersByTimeAsync(0)
    expect(did).toEqual(['close', 'hide', 'renew'])
  })

  it('leaves a process alone that never had anything to forget, and closes all the same', async () => {
    lock.now()
    ended()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(did).toEqual(['close'])
  })

  it('ends the process once, however often it is asked for', async () => {
    lock.use()
    lock.now()
    const first = ended
    lock.now()
    ended()
    first()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(did).toEqual(['close', 'close', 'renew'])
  })

  it('does not end what was unlocked again meanwhile', async () => {
    lock.use()
    lock.now()
    lock.use()
    ended()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(did).toEqual(['close'])
  })

  it('brings nothing back that was told to quit', async () => {
    lock.use()
    lock.now()
    lock.stop()
    ended()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(did).toEqual(['close'])
  })
})
