import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppState, RefusalCode } from '../../../../preload/contract.ts'
import { Session } from '../../../../renderer/session.svelte.ts'
import { defaultKeyView } from '../../../../shared/lists/settings.ts'

function state(vault: AppState['vault']): AppState {
  const window = { version: '0', platform: 'linux', theme: 'system', language: 'en', keyView: defaultKeyView } as const
  return { ...window, vault, accounts: [], current: null }
}

const closed = (code: RefusalCode): AppState => state({ status: 'closed', code })
const open = state({ status: 'open', keychain: 'passphrase', readOnly: null, leftBehind: false })
const readOnly = state({ status: 'open', keychain: 'os', readOnly: 'keychain-reset', leftBehind: false })

const calls: Record<string, ReturnType<typeof vi.fn>> = {}

beforeEach(() => {
  vi.stubGlobal('window', { latchkey: { calls } })
})

function answers(call: string, value: AppState): void {
  calls[call] = vi.fn().mockResolvedValue({ ok: true, value })
}

describe("the session's view of the vault", () => {
  it('distinguishes a closed vault from a read-only one', () => {
    const session = new Session()
    expect([session.closed, session.readOnly]).toEqual([null, null])
    session.state = closed('keychain-locked')
    expect([session.closed, session.readOnly]).toEqual(['keychain-locked', null])
    session.state = readOnly
    expect([session.closed, session.readOnly, session.keychain]).toEqual([null, 'keychain-reset', 'os'])
    session.state = open
    expect([session.closed, session.readOnly, session.keychain]).toEqual([null, null, 'passphrase'])
  })

  // Regression: with a passphrase on top of the keychain, some screens called it a passphrase vault.
  it.each([
    ['os', 'os'],
    ['guarded', 'os'],
    ['passphrase', 'passphrase'],
  ] as const)('names the storage of a %s vault: %s', (keychain, store) => {
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

  it('treats a vault that stayed closed because of the passphrase as a refusal', async () => {
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
  ] as const)('%s: shows the new state of the vault, or the old one if it is refused', async (call, step, input) => {
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
