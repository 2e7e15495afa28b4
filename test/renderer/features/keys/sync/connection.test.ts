import { describe, expect, it } from 'vitest'
import type { KeyList } from '../../../../../preload/contract.ts'
import { connectionTexts, isServerUnreachable, isNetworkTrouble } from '../../../../../renderer/features/keys/sync/connection.ts'
import { account, listOf } from '../samples.ts'

const now = new Date(2026, 5, 15, 16, 30).getTime()
const at1402 = new Date(2026, 5, 15, 14, 2).getTime()
const trouble = { code: 'server-unreachable', at: now, since: at1402 } as const

function words(facts: Partial<KeyList>, who = account): ReturnType<typeof connectionTexts> {
  return connectionTexts(who, listOf([], facts), now)
}

describe('the connection in words', () => {
  it('says since when it is offline, without alarm', () => {
    const offline = words({ connection: 'offline', trouble })
    expect([offline.word, offline.mood, offline.reason]).toEqual(['Offline since 14:02', 'away', null])
  })

  it('says why a reachable server does not answer', () => {
    const { word, reason } = words({ connection: 'unreachable', trouble: { ...trouble, code: 'server-untrusted' } })
    expect([word, reason]).toEqual(['Server unreachable since 14:02', 'server-untrusted'])
  })

  it('includes the day if it began before today', () => {
    const yesterday = { ...trouble, since: at1402 - 24 * 60 * 60_000 }
    expect(words({ connection: 'offline', trouble: yesterday }).word).toBe('Offline since 14 Jun, 14:02')
  })

  it('says who ended the session, and offers to sign in', () => {
    const byServer = words({ connection: 'signed-out', trouble: { ...trouble, code: 'session-ended' } })
    const byPerson = words({ connection: 'signed-out' })
    expect([byServer.word, byPerson.word]).toEqual(['Signed out by the server', 'Signed out'])
    expect([byServer.signIn, byPerson.signIn]).toEqual([true, true])
  })

  it("prefers the account's state to an older list", () => {
    expect(words({ connection: 'online' }, { ...account, signedIn: false }).word).toBe('Signed out')
  })

  it('never claims to be online before the first sync, nor after a failed one', () => {
    expect(words({ connection: 'checking' }).word).toBe('Checking…')
    expect(words({ connection: 'online', trouble: { ...trouble, code: 'keychain-locked' } }).word).toBe('Sync not finished')
  })

  it('does not call the local vault a server', () => {
    expect(words({}, { ...account, kind: 'local', server: null }).word).toBe('Vault on this computer')
  })
})

describe('being unable to reach the server', () => {
  it('is known before a request, but not while one is running', () => {
    const states = ['checking', 'online', 'offline', 'unreachable', 'signed-out'] as const
    expect(states.filter((connection) => isServerUnreachable(listOf([], { connection })))).toEqual(['offline', 'unreachable', 'signed-out'])
    expect(isServerUnreachable(null)).toBe(false)
  })

  it('is not the same as a refusal', () => {
    expect(isNetworkTrouble('server-timeout')).toBe(true)
    const refused = ['name-taken', 'keychain-locked', 'read-only', 'quota-reached'] as const
    expect(refused.filter(isNetworkTrouble)).toEqual([])
  })
})
