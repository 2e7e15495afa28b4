import { describe, expect, it, vi } from 'vitest'
import { ask, codeOf, subscribe, Refused } from '../../renderer/bridge.ts'
import { latestFault } from '../../renderer/latestFault.svelte.ts'

function windowWith(latchkey: unknown): void {
  vi.stubGlobal('window', { latchkey })
}

describe('the bridge: ask', () => {
  it("passes the input to main and resolves to the answer's value", async () => {
    const create = vi.fn().mockResolvedValue({ ok: true, value: { name: 'backup' } })
    windowWith({ calls: { 'keys.create': create } })
    await expect(ask('keys.create', { accountId: '0'.repeat(16), name: 'backup' })).resolves.toEqual({ name: 'backup' })
    expect(create).toHaveBeenCalledExactlyOnceWith({ accountId: '0'.repeat(16), name: 'backup' })
  })

  it('throws Refused with the code of a refusal, and no other error', async () => {
    windowWith({ calls: { 'keys.create': () => Promise.resolve({ ok: false, code: 'name-taken' }) } })
    const refused: unknown = await ask('keys.create', { accountId: '0'.repeat(16), name: 'backup' }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Refused)
    expect(refused).toMatchObject({ code: 'name-taken', message: 'name-taken' })
  })

  it('keeps the code of an unexpected error in main until the next one, so that the user can quote it', async () => {
    const answers = [
      { ok: false, code: 'internal', fault: 'a1b2c3' },
      { ok: false, code: 'name-taken' },
      { ok: false, code: 'internal' },
    ]
    windowWith({ calls: { 'app.state': () => Promise.resolve(answers.shift()) } })
    const codes = []
    for (let count = 0; count < 3; count += 1) {
      await ask('app.state', null).catch(() => undefined)
      codes.push(latestFault.code)
    }
    expect(codes).toEqual(['a1b2c3', 'a1b2c3', null])
  })

  it('has no code to quote after an error of the window itself, whatever main reported before', async () => {
    windowWith({ calls: { 'app.state': () => Promise.resolve({ ok: false, code: 'internal', fault: 'a1b2c3' }) } })
    await ask('app.state', null).catch(() => undefined)
    expect(latestFault.code).toBe('a1b2c3')
    expect(codeOf(new TypeError('of the window'))).toBe('internal')
    expect(latestFault.code).toBeNull()
  })

  it('does not pass on the message of an error that the bridge should not have thrown', async () => {
    const canary = 'canary-value-in-an-error'
    windowWith({ calls: { 'keys.reveal': () => Promise.reject(new Error(canary)) } })
    const refused: unknown = await ask('keys.reveal', { accountId: '0'.repeat(16), id: 'a'.repeat(24) }).catch((error: unknown) => error)
    expect(codeOf(refused)).toBe('internal')
    expect(refused instanceof Error && `${refused.message}${refused.stack ?? ''}${String(refused.cause)}`).not.toContain(canary)
  })

  it('rejects with internal if there is no bridge', async () => {
    windowWith(undefined)
    await expect(ask('app.state', null)).rejects.toMatchObject({ code: 'internal' })
  })
})

describe('the bridge: hear', () => {
  it('returns a function that unsubscribes', () => {
    const stop = vi.fn()
    const heard = vi.fn()
    const listen = vi.fn().mockReturnValue(stop)
    windowWith({ events: { 'clipboard.cleared': listen } })
    expect(subscribe('clipboard.cleared', heard)).toBe(stop)
    expect(listen).toHaveBeenCalledWith(heard)
  })
})

describe('the bridge: codeOf', () => {
  it.each([new Error('a fault of the window'), 'a string', undefined, { code: 'name-taken' }])(
    'treats an error that is not a refusal as internal: %s',
    (thrown) => {
      expect(codeOf(thrown)).toBe('internal')
    },
  )
})
