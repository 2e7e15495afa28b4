import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Clipboard } from '../../../../renderer/features/keys/clipboard.svelte.ts'
import { KeyActions } from '../../../../renderer/features/keys/keyActions.svelte.ts'
import { Keyring } from '../../../../renderer/features/keys/keyring.svelte.ts'
import { notices } from '../../../../renderer/features/notices/notices.svelte.ts'
import { accountId, change, key, listOf } from './samples.ts'

const ci = key('ci', 1)
let leave: () => void
const calls: Record<string, ReturnType<typeof vi.fn>> = {}

function actionsOn(list: ReturnType<typeof listOf>): KeyActions {
  const keyring = new Keyring(accountId)
  keyring.take(list)
  return new KeyActions(keyring, new Clipboard())
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', { latchkey: { calls, events: {} } })
  leave = notices.keysOf(accountId)
})
afterEach(() => {
  leave()
  notices.dismiss()
  vi.useRealTimers()
})

describe('disabling a key', () => {
  it('is announced once it is done, and can be undone', async () => {
    calls['keys.disable'] = vi.fn().mockResolvedValue({ ok: true, value: { ...ci, enabled: false } })
    await actionsOn(listOf([ci])).setEnabled(ci, false)
    expect(notices.shown?.text).toBe('ci disabled')
    expect(notices.shown?.act?.word).toBe('Undo')
  })

  it('is announced as pending while the server cannot be reached, and can be undone', async () => {
    const disable = change('disable', 'ci', 1)
    const waiting = listOf([ci], { connection: 'offline', waiting: [disable] })
    calls['keys.disable'] = vi.fn().mockResolvedValue({ ok: true, value: ci })
    calls['keys.list'] = vi.fn().mockResolvedValue({ ok: true, value: waiting })
    calls['keys.cancel'] = vi.fn().mockResolvedValue({ ok: true, value: listOf([ci]) })
    const actions = actionsOn(listOf([ci], { connection: 'offline' }))
    await actions.setEnabled(ci, false)
    expect(notices.shown?.text).toBe('ci will be disabled when online')
    notices.undo()
    await vi.waitFor(() => expect(actions.keyring.waiting).toEqual([]))
    expect(calls['keys.cancel']).toHaveBeenCalledWith({ accountId, id: disable.id })
  })
})

/**
 * Regression: a key was deleted offline in one account, and “Undo” pressed after switching to another. Main looked for the change in the
 * then current account, reported that it was no longer pending, and the key was deleted.
 */
describe('the undo of a pending change', () => {
  it('is offered only while its account is shown, even if the answer arrives later', async () => {
    calls['keys.cancel'] = vi.fn()
    const actions = actionsOn(listOf([ci], { connection: 'offline' }))
    actions.tellWaiting(change('delete', 'ci', 1))
    expect(notices.shown?.act?.word).toBe('Undo')
    leave()
    expect([notices.shown, notices.act()]).toEqual([null, false])
    const leaveOther = notices.keysOf('2'.repeat(16))
    actions.tellWaiting(change('delete', 'ci', 1))
    expect(notices.shown).toEqual({ text: 'ci will be deleted when online' })
    expect(notices.act()).toBe(false)
    leaveOther()
    expect(notices.shown).not.toBeNull()
    expect(calls['keys.cancel']).not.toHaveBeenCalled()
  })
})

describe('cancelling a pending change', () => {
  it('does not report a change as undone that was already sent', async () => {
    calls['keys.cancel'] = vi.fn().mockResolvedValue({ ok: true, value: listOf([ci]) })
    await actionsOn(listOf([ci])).cancel(change('disable', 'ci', 1, { sent: true }))
    expect(notices.shown?.text).toBe('ci: not asked for again. The next sync shows what the server did.')
  })

  // Regression: the notice was shown before the change was sent, and its "Undo" reported that the change was cancelled.
  it('does not report a change as undone that was sent after the notice was shown', async () => {
    calls['keys.cancel'] = vi.fn().mockResolvedValue({ ok: true, value: listOf([ci]) })
    const told = change('disable', 'ci', 1)
    await actionsOn(listOf([ci], { waiting: [{ ...told, sent: true }] })).cancel(told)
    expect(notices.shown?.text).toBe('ci: not asked for again. The next sync shows what the server did.')
  })

  it('says so if the change is no longer pending', async () => {
    calls['keys.cancel'] = vi.fn().mockResolvedValue({ ok: false, code: 'change-not-found' })
    await actionsOn(listOf([ci])).cancel(change('disable', 'ci', 1))
    expect(notices.shown?.text).toMatch(/^That change no longer waits\./)
  })
})

describe('verifying a key', () => {
  it('shows what the login proved', async () => {
    const wrong = { ...ci, verified: { verdict: 'wrong', at: 1 } as const }
    calls['keys.verify'] = vi.fn().mockResolvedValue({ ok: true, value: wrong })
    const actions = actionsOn(listOf([ci]))
    await actions.verify(ci)
    expect(actions.keyring.list?.keys).toEqual([wrong])
    expect(notices.spoken).toContain('ci: Wrong value')
  })

  it('leaves the verdict unchanged and shows a notice if the server cannot be reached', async () => {
    calls['keys.verify'] = vi.fn().mockResolvedValue({ ok: false, code: 'server-timeout' })
    const actions = actionsOn(listOf([ci]))
    await actions.verify(ci)
    expect(notices.shown?.text).toBe('ci was not verified. The server took too long.')
    expect(actions.keyring.list?.keys).toEqual([ci])
    expect(actions.refusal).toBeNull()
  })

  it('shows with the key why the keychain refused', async () => {
    calls['keys.verify'] = vi.fn().mockResolvedValue({ ok: false, code: 'keychain-locked' })
    const actions = actionsOn(listOf([ci]))
    await actions.verify(ci)
    expect(actions.refusal).toEqual({ keyId: ci.id, code: 'keychain-locked' })
  })
})

describe('copying and revealing a value', () => {
  it('counts each use, because the journal has a line for it, but no refused one', async () => {
    calls['keys.copy'] = vi.fn().mockResolvedValue({ ok: true, value: { clearsAt: 1 } })
    const actions = actionsOn(listOf([ci]))
    await actions.copy(ci)
    expect(actions.uses).toBe(1)
    calls['keys.copy'].mockResolvedValue({ ok: false, code: 'keychain-locked' })
    await actions.copy(ci)
    expect([actions.uses, actions.refusal?.code]).toEqual([1, 'keychain-locked'])
  })
})
