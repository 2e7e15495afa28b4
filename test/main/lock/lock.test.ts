import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Lock, type LockParts } from '../../../main/lock/lock.ts'

describe('a lock', () => {
  let did: string[]
  let ended: () => void
  let isOpen: boolean
  let lock: Lock

  beforeEach(() => {
    vi.useFakeTimers()
    did = []
    isOpen = false
    lock = newLock()
  })
  afterEach(() => vi.useRealTimers())

  function newLock(parts: Partial<LockParts> = {}): Lock {
    const close = (): Promise<void> => {
      did.push('close')
      isOpen = false
      return new Promise((resolve) => (ended = resolve))
    }
    const does = (step: string) => () => void did.push(step)
    return new Lock({ close, isOpen: () => isOpen, hide: does('hide'), renew: does('renew'), report: does('report'), ...parts })
  }

  async function openAndLock(): Promise<void> {
    await lock.trackOpening(Promise.resolve())
    isOpen = true
    lock.now()
  }

  /** Closing ends, and a second passes. */
  async function endsClosing(): Promise<void> {
    ended()
    await vi.advanceTimersByTimeAsync(1_000)
  }

  it('closes the vault at once, and ends the process as soon as nothing needs it', async () => {
    await openAndLock()
    expect(did).toEqual(['close'])
    await endsClosing()
    expect(did).toEqual(['close', 'renew'])
  })

  it('takes the page away when that takes longer', async () => {
    await openAndLock()
    await vi.advanceTimersByTimeAsync(500)
    expect(did).toEqual(['close', 'hide'])
    ended()
    await vi.advanceTimersByTimeAsync(0)
    expect(did).toEqual(['close', 'hide', 'renew'])
  })

  it('leaves a process alone that never had anything to forget, and closes all the same', async () => {
    lock.now()
    await endsClosing()
    expect(did).toEqual(['close'])
  })

  it('ends the process once, however often it is asked for', async () => {
    await openAndLock()
    const first = ended
    lock.now()
    ended()
    first()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(did).toEqual(['close', 'close', 'renew'])
  })

  it('does not end what was opened again meanwhile', async () => {
    await openAndLock()
    let opens = (): void => {}
    void lock.trackOpening(new Promise<void>((resolve) => (opens = resolve)))
    ended()
    await vi.advanceTimersByTimeAsync(50)
    isOpen = true
    opens()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(did).toEqual(['close'])
  })

  // Whoever typed any text while a lock waited for its end once kept the process, and with it what was in its memory.
  it.each<[string, () => Promise<unknown>]>([
    ['a passphrase was wrong', () => Promise.reject(new Error('passphrase-wrong'))],
    ['the vault stayed closed', () => Promise.resolve()],
  ])('ends the process where %s meanwhile', async (_, tried) => {
    await openAndLock()
    await lock.trackOpening(tried()).catch(() => {})
    await endsClosing()
    expect(did).toEqual(['close', 'renew'])
  })

  it('ends after the last of several tries, whichever ends first', async () => {
    await openAndLock()
    let opens = (): void => {}
    const right = new Promise<void>((resolve) => (opens = resolve))
    await lock.trackOpening(Promise.reject(new Error('passphrase-wrong'))).catch(() => {})
    void lock.trackOpening(right)
    await endsClosing()
    expect(did).not.toContain('renew')
    isOpen = true
    opens()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(did).not.toContain('renew')
    lock.now()
    await endsClosing()
    expect(did.filter((one) => one === 'renew')).toHaveLength(1)
  })

  it('waits for no opening that it broke off: the system may ask for the password of a keyring that nobody opens', async () => {
    void lock.trackOpening(new Promise(() => {}))
    lock.now()
    await endsClosing()
    expect(did).toEqual(['close', 'renew'])
  })

  it('brings nothing back that was told to quit', async () => {
    await openAndLock()
    lock.stop()
    await endsClosing()
    expect(did).toEqual(['close'])
  })

  // One rejecting step, and no later lock ended the process any more.
  it.each([
    ['rejects', (): Promise<void> => Promise.reject(new Error('a step'))],
    [
      'throws',
      (): Promise<void> => {
        throw new Error('a step')
      },
    ],
  ])('replaces the process though closing %s, tells of it, and does so at the next lock too', async (_, close) => {
    for (const failing of [close, () => Promise.resolve()]) {
      did = []
      lock = newLock({ close: failing })
      await lock.trackOpening(Promise.resolve())
      lock.now()
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(did).toEqual(['renew'])
    let times = 0
    const once = (): Promise<void> => (times++ === 0 ? close() : Promise.resolve())
    isOpen = true
    did = []
    lock = newLock({ close: once })
    await lock.trackOpening(Promise.resolve())
    lock.now()
    await vi.advanceTimersByTimeAsync(1_000)
    isOpen = false
    lock.now()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(did).toEqual(['report', 'renew'])
  })

  it('replaces the process though closing never ends, after a minute and a half', async () => {
    await openAndLock()
    await vi.advanceTimersByTimeAsync(89_000)
    expect(did).toEqual(['close', 'hide'])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(did).toEqual(['close', 'hide', 'report', 'renew'])
  })

  it('replaces the process though the page cannot be taken away', async () => {
    const hide = (): void => {
      throw new Error('no window')
    }
    lock = newLock({ hide })
    await lock.trackOpening(Promise.resolve())
    lock.now()
    await vi.advanceTimersByTimeAsync(500)
    ended()
    await vi.advanceTimersByTimeAsync(0)
    expect(did).toEqual(['close', 'report', 'renew'])
  })
})
