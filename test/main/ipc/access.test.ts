import { describe, expect, it } from 'vitest'
import { publicCalls } from '../../../main/ipc/access.ts'
import { type CallName, calls } from '../../../preload/contract.ts'
import { localVault } from '../vault/fixtures/vault.ts'
import { codeRejected } from '../vault/fixtures/refused.ts'
import { handlersOf } from './main-window.ts'

const guardedCalls = (Object.keys(calls) as CallName[]).filter((name) => !publicCalls.includes(name))

/** The whole contract, so that a call which somebody adds is refused until somebody decides otherwise. */
describe('calls to a locked vault', () => {
  it.each(guardedCalls)('refuses %s as locked, before its handler has seen what it is asked [22]', async (name) => {
    const { fixture } = await localVault()
    const handlers = handlersOf(fixture)
    await fixture.vault.lock()
    const call = handlers[name] as (input: unknown) => unknown
    expect(await codeRejected((async () => call(undefined))())).toBe('locked')
  })

  it.each(['app.state', 'app.setTheme', 'settings.get', 'keychain.examine'] as const)('answers %s', async (name) => {
    const { fixture } = await localVault()
    const handlers = handlersOf(fixture)
    await fixture.vault.lock()
    const call = handlers[name] as (input: unknown) => unknown
    await expect((async () => call({ theme: 'dark' }))()).resolves.toBeDefined()
  })
})
