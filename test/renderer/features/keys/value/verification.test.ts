import { describe, expect, it, vi } from 'vitest'
import type { Key } from '../../../../../preload/contract.ts'
import { Keyring } from '../../../../../renderer/features/keys/keyring.svelte.ts'
import { Verification } from '../../../../../renderer/features/keys/value/verification.svelte.ts'
import { notices } from '../../../../../renderer/features/notices/notices.svelte.ts'
import { accountId, key, listOf } from '../samples.ts'

type Progress = { done: number; total: number }

let tell: (progress: Progress) => void
let finish: (answer: object) => void
const stop = vi.fn().mockResolvedValue({ ok: true, value: null })

function begun(): { verification: Verification; run: Promise<void>; leave: () => void } {
  const calls = {
    'keys.verifyAll': () => new Promise<object>((resolve) => (finish = resolve)),
    'keys.stopVerifying': stop,
  }
  const events = {
    'keys.verifying': (heard: typeof tell) => {
      tell = heard
      return () => undefined
    },
  }
  vi.stubGlobal('window', { latchkey: { calls, events } })
  const verification = new Verification(new Keyring(accountId))
  const leave = verification.open()
  return { verification, run: verification.run(), leave }
}

function proved(name: string, place: number, verdict: 'works' | 'wrong'): Key {
  return key(name, place, { verified: { verdict, at: Date.now() } })
}

describe('verifying all keys', () => {
  it('shows progress, and the result at the end', async () => {
    const { verification, run } = begun()
    tell({ done: 1, total: 2 })
    expect([verification.running, verification.done, verification.total]).toEqual([true, 1, 2])
    finish({ ok: true, value: listOf([proved('a', 1, 'works'), proved('b', 2, 'wrong')]) })
    await run
    expect(verification.running).toBe(false)
    expect(verification.outcome).toMatchObject({ counts: { works: 1, wrong: 1 }, unproved: 0, stopped: false })
    expect(verification.keyring.list?.keys).toHaveLength(2)
  })

  it('is stopped by main, which still finishes the current key', async () => {
    const { verification, run } = begun()
    await verification.stop()
    expect(stop).toHaveBeenCalledOnce()
    expect([verification.running, verification.stopping]).toEqual([true, true])
    finish({ ok: true, value: listOf([proved('a', 1, 'works'), key('b', 2)]) })
    await run
    expect(verification.outcome).toMatchObject({ unproved: 1, stopped: true })
  })

  // Regression: when accounts were switched meanwhile, the keys of one were reported as the result of the other.
  it('is shown for its own account only, and only while that account is shown', async () => {
    const { verification, run } = begun()
    notices.announce('before')
    finish({ ok: true, value: listOf([proved('of-another', 1, 'works')], { accountId: '2'.repeat(16) }) })
    await run
    expect([verification.outcome, verification.keyring.list, notices.spoken]).toEqual([null, null, 'before'])
    const left = begun()
    left.leave()
    finish({ ok: true, value: listOf([proved('a', 1, 'works')]) })
    await left.run
    expect([left.verification.outcome, notices.spoken]).toEqual([null, 'before'])
  })

  it('does not run twice at once', async () => {
    const { verification, run } = begun()
    const first = finish
    await verification.run()
    expect(finish).toBe(first)
    finish({ ok: true, value: listOf([]) })
    await run
  })

  it('shows why it was refused, and claims no result', async () => {
    const { verification, run } = begun()
    finish({ ok: false, code: 'server-unreachable' })
    await run
    expect([verification.refusal, verification.outcome, verification.running]).toEqual(['server-unreachable', null, false])
  })
})
