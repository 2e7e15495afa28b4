import { describe, expect, it } from 'vitest'
import type { KeyList } from '../../../preload/contract.ts'
import { noDetails } from '../../../shared/key-details.ts'
import { violationsOf } from './invariant.ts'
import { Ledger } from './ledger.ts'
import type { Chosen } from '../child/orders.ts'
import type { Passed } from '../world/proxy.ts'

const id = 'a'.repeat(24)
const later = 'b'.repeat(24)
const about: Chosen = { id, name: 'ci', change: 'delete', news: [] }
const replace = { do: 'replace', pick: 0 } as const

function list(): KeyList {
  const known = { createdAt: 0, lastFour: null, value: 'here', verified: null, service: null, details: noDetails } as const
  const key = { id: later, name: 'ci', enabled: true, ...known }
  const nothing = { waiting: [], news: [], trash: [], trouble: null, keychain: null }
  return { accountId: 'c'.repeat(16), keys: [key], limit: 20, syncedAt: 0, connection: 'online', ...nothing }
}

function passed(method: string, path: string, answer: string): Passed {
  return { method, path: `/auth/api_keys${path}`, body: '{"name":"ci"}', answer: { status: 200, body: answer }, delivered: true } as Passed
}

function violations(ledger: Ledger, unlisted: readonly string[] = []): string[] {
  const value = [...ledger.keys.values()].find((facts) => facts.id === later)?.digest ?? ''
  const vault = { status: 'open', readOnly: null } as const
  const state = { vault, list: list(), unlisted, values: { [later]: { digest: value } } }
  return violationsOf({ state, onServer: [{ id: later, name: 'ci', enabled: true }], setAside: [] }, ledger)
}

/** A key that was replaced twice: the first time by a process that was killed before it started, the second time completely. */
function replacedAfterAKill(): Ledger {
  const ledger = new Ledger()
  ledger.createdElsewhere(id, 'ci', 'old')
  ledger.begun(replace, about, 1001)
  ledger.died(true, false)
  ledger.begun(replace, about, 2001)
  ledger.passed(passed('DELETE', `/${id}`, ''))
  return ledger
}

describe('the ledger of the crash test', () => {
  // The only key that was created used to be assigned to the first request, and the second was then reported as missing.
  it('accepts one key for two requests of its name, of which one was promised', () => {
    const ledger = replacedAfterAKill()
    ledger.passed(passed('POST', '', JSON.stringify({ _id: later, key: 'new', name: 'ci' })))
    ledger.done(replace, { ok: true, value: { id: later } }, 2001)
    expect(violations(ledger)).toEqual([])
  })

  // The key used to be assigned to a request that a damaged cache had lost, and the promised one of the same name was then reported as
  // missing.
  it('accepts the key of a request that a damaged cache lost as the one that was promised since', () => {
    const ledger = new Ledger()
    const create = { do: 'createLater', name: 'ci' } as const
    const chosen: Chosen = { id: null, name: 'ci', change: null, news: [] }
    ledger.begun(create, chosen, 1001)
    ledger.done(create, { ok: true, value: null }, 1001)
    ledger.damaged()
    ledger.begun({ do: 'create', name: 'ci' }, chosen, 2001)
    ledger.passed(passed('POST', '', JSON.stringify({ _id: later, key: 'new', name: 'ci' })))
    ledger.done({ do: 'create', name: 'ci' }, { ok: true, value: { id: later } }, 2001)
    expect(violations(ledger)).toEqual([])
  })

  it('reports a key that was promised and never created', () => {
    const ledger = replacedAfterAKill()
    ledger.createdElsewhere(later, 'ci', 'new')
    ledger.done(replace, { ok: true, value: { id: later } }, 2001)
    expect(violations(ledger)).toContain('ci was to be created: it is not, and nothing says why')
  })

  // A clock that had jumped by thirty days used to excuse a value that was no longer in the trash.
  it('reports a value that is no longer in the trash although its key was deleted elsewhere', () => {
    const ledger = new Ledger()
    ledger.createdElsewhere(later, 'ci', 'new')
    ledger.createdElsewhere(id, 'old', 'old')
    ledger.kept([id], true)
    ledger.changedElsewhere(id, 'delete')
    expect(violations(ledger)).toEqual([`old (${id}) was deleted elsewhere, and its value is not among the left-overs`])
  })

  // A kill between the end of the session and the end of the account was reported as a session that nobody had ended.
  it('expects an account whose forgetting was begun to be signed out, until somebody signs in again', () => {
    const ledger = new Ledger()
    expect(ledger.mayBeSignedOut).toBe(false)
    ledger.begun({ do: 'forget' }, { ...about, id: null, change: null }, 1001)
    ledger.died(true, false)
    expect(ledger.mayBeSignedOut).toBe(true)
    ledger.done({ do: 'signIn', url: '', appId: '', email: '', password: '' }, { ok: false, code: 'server-unreachable' }, 1002)
    expect(ledger.mayBeSignedOut).toBe(true)
    ledger.done({ do: 'signIn', url: '', appId: '', email: '', password: '' }, { ok: true, value: null }, 1003)
    expect(ledger.mayBeSignedOut).toBe(false)
  })

  it('reports nothing of a forgotten account except an item that it left in the keychain', () => {
    const ledger = new Ledger()
    ledger.createdElsewhere(later, 'ci', 'new')
    ledger.createdElsewhere(id, 'old', 'old')
    ledger.kept([id], true)
    ledger.begun({ do: 'forget' }, { ...about, id: null, change: null }, 1001)
    ledger.changedElsewhere(id, 'delete')
    expect(violations(ledger)).toEqual([])
    expect(violations(ledger, [`value/${'c'.repeat(16)}/${id}`])).toEqual([`nobody lists value/${'c'.repeat(16)}/${id}`])
  })
})
