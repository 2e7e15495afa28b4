import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppState, RefusalCode } from '../../../../preload/contract.ts'
import { Session } from '../../../../renderer/session.svelte.ts'

function state(vault: AppState['vault']): AppState {
  return { version: '0', platform: 'linux', theme: 'system', language: 'en', vault, accounts: [], current: null }
}

const closed = (code: RefusalCode): AppState => state({ status: 'closed', code })
const open = state({ status: 'open', keychain: 'passphrase', readOnly: null, leftBehind: false })
const readOnly = state({ status: 'open', keychain: 'os', readOnly: 'keychain-reset', leftBehind: false })

const calls: Record<string, ReturnType<typeof vi.fn>> = {}

beforeEach(() => {
  vi.stubGlobal('window', { latchkey: { calls } })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

function answers(call: string, value: AppState): void {
  calls[call] = vi.fn().mockResolvedValue({ ok: true, value })
}

describe('the session and its vault', () => {
  it('knows a closed vault from one that is open for reading only', () => {
    const session = new Session()
    expect([session.closed, session.readOnly]).toEqual([null, null])
    session.state = closed('keychain-locked')
    expect([session.closed, session.readOnly]).toEqual(['keychain-locked', null])
    session.state = readOnly
    expect([session.closed, session.readOnly, session.keychain]).toEqual([null, 'keychain-reset', 'os'])
    session.state = open
    expect([session.closed, session.readOnly, session.keychain]).toEqual([null, null, 'passphrase'])
  })

  // What went wrong: of a keychain with a passphrase on top of it, some screens said that it was a passphrase vault.
  it.each([
    ['os', 'os'],
    ['guarded', 'os'],
    ['passphrase', 'passphrase'],
  ] as const)('calls where values are kept, %s, by its name: %s', (keychain, store) => {
    const session = new Session()
    session.state = state({ status: 'open', keychain, readOnly: null, leftBehind: false })
    expect(session.store).toBe(store)
  })

  it('unlocks with the passphrase', async () => {
    const session = new Session()
    session.state = closed('passphrase-needed')
    answers('app.unlock', open)
    await session.unlock('pass phrase')
    expect(calls['app.unlock']).toHaveBeenCalledExactlyOnceWith({ passphrase: 'pass phrase' })
    expect(session.state).toEqual(open)
  })

  it('takes a vault that stayed closed for the passphrase as a refusal of it', async () => {
    const session = new Session()
    session.state = closed('passphrase-needed')
    answers('app.unlock', closed('passphrase-wrong'))
    await expect(session.unlock('pass phrase')).rejects.toMatchObject({ code: 'passphrase-wrong' })
    expect(session.closed).toBe('passphrase-needed')
  })

  it.each([
    ['keychain.usePassphrase', (session: Session) => session.usePassphrase('pass phrase'), { passphrase: 'pass phrase' }],
    ['keychain.useOs', (session: Session) => session.useOs(), null],
    ['app.repair', (session: Session) => session.repair(), null],
  ] as const)('%s: shows the vault as it then is, and as it was when it is refused', async (call, step, input) => {
    const session = new Session()
    session.state = readOnly
    calls[call] = vi.fn().mockResolvedValue({ ok: false, code: 'disk-full' })
    await expect(step(session)).rejects.toMatchObject({ code: 'disk-full' })
    expect(session.state).toEqual(readOnly)
    answers(call, open)
    await step(session)
    expect(calls[call]).toHaveBeenCalledExactlyOnceWith(input)
    expect(session.state).toEqual(open)
  })
})
