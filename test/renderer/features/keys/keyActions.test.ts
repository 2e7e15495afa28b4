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
  vi.unstubAllGlobals()
})

describe('disabling a key', () => {
  it('is told as done once it is, and can be undone', async () => {
    calls['keys.disable'] = vi.fn().mockResolvedValue({ ok: true, value: { ...ci, enabled: false } })
    await actionsOn(listOf([ci])).setEnabled(ci, false)
    expect(notices.shown?.text).toBe('ci disabled')
    expect(notices.shown?.act?.word).toBe('Undo')
  })

  it('is told as waiting while the server cannot be asked, and is taken back by the same word', async () => {
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
 * What went wrong: a key was deleted offline in one account, and “Undo” pressed in another, to which one had gone meanwhile. Main
 * looked for the change in the account that was current by then, said that it no longer waited, and the key was deleted.
 */
describe('the way back', () => {
  it('is offered only while the account’s keys are in sight, also where the answer comes later', async () => {
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

describe('taking a change back', () => {
  it('does not claim that one which was sent is not made', async () => {
    calls['keys.cancel'] = vi.fn().mockResolvedValue({ ok: true, value: listOf([ci]) })
    await actionsOn(listOf([ci])).cancel(change('disable', 'ci', 1, { sent: true }))
    expect(notices.shown?.text).toBe('ci: not asked for again. The next sync shows what the server did.')
  })

  // The notice was made before the change was sent, and its "Undo" said that the change was taken back.
  it('does not claim it of one that was sent since it was told as waiting', async () => {
    calls['keys.cancel'] = vi.fn().mockResolvedValue({ ok: true, value: listOf([ci]) })
    const told = change('disable', 'ci', 1)
    await actionsOn(listOf([ci], { waiting: [{ ...told, sent: true }] })).cancel(told)
    expect(notices.shown?.text).toBe('ci: not asked for again. The next sync shows what the server did.')
  })

  it('says so when it no longer waits', async () => {
    calls['keys.cancel'] = vi.fn().mockResolvedValue({ ok: false, code: 'change-not-found' })
    await actionsOn(listOf([ci])).cancel(change('disable', 'ci', 1))
    expect(notices.shown?.text).toMatch(/^That change no longer waits\./)
  })
})

describe('verifying a key', () => {
  it('says what the login proved', async () => {
    const wrong = { ...ci, verified: { verdict: 'wrong', at: 1 } as const }
    calls['keys.verify'] = vi.fn().mockResolvedValue({ ok: true, value: wrong })
    const actions = actionsOn(listOf([ci]))
    await actions.verify(ci)
    expect(actions.keyring.list?.keys).toEqual([wrong])
    expect(notices.spoken).toContain('ci: Wrong value')
  })

  it('proves nothing when the server cannot be asked: a notice, and the key stays as it was', async () => {
    calls['keys.verify'] = vi.fn().mockResolvedValue({ ok: false, code: 'server-timeout' })
    const actions = actionsOn(listOf([ci]))
    await actions.verify(ci)
    expect(notices.shown?.text).toBe('ci was not verified. The server took too long.')
    expect(actions.keyring.list?.keys).toEqual([ci])
    expect(actions.refusal).toBeNull()
  })

  it('shows with the key what the keychain refused', async () => {
    calls['keys.verify'] = vi.fn().mockResolvedValue({ ok: false, code: 'keychain-locked' })
    const actions = actionsOn(listOf([ci]))
    await actions.verify(ci)
    expect(actions.refusal).toEqual({ keyId: ci.id, code: 'keychain-locked' })
  })
})

describe('copying and revealing a value', () => {
  it('count as uses, of which the journal then has a line, and what was refused does not', async () => {
    calls['keys.copy'] = vi.fn().mockResolvedValue({ ok: true, value: { clearsAt: 1 } })
    const actions = actionsOn(listOf([ci]))
    await actions.copy(ci)
    expect(actions.uses).toBe(1)
    calls['keys.copy'].mockResolvedValue({ ok: false, code: 'keychain-locked' })
    await actions.copy(ci)
    expect([actions.uses, actions.refusal?.code]).toEqual([1, 'keychain-locked'])
  })
})
