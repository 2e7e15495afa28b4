import { describe, expect, it } from 'vitest'
import type { KeyList } from '../../preload/contract.ts'
import { violationsOf } from './invariant.ts'
import { Ledger } from './ledger.ts'
import type { Chosen } from './orders.ts'
import type { Passed } from './proxy.ts'

const id = 'a'.repeat(24)
const later = 'b'.repeat(24)
const about: Chosen = { id, name: 'ci', change: 'delete', news: [] }
const replace = { do: 'replace', pick: 0 } as const

function list(): KeyList {
  const key = { id: later, name: 'ci', enabled: true, createdAt: 0, lastFour: null, value: 'here', verified: null } as const
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

/** A key replaced twice: the first time by a process that was killed before it had begun, the second time to the end. */
function replacedAfterAKill(): Ledger {
  const ledger = new Ledger()
  ledger.createdElsewhere(id, 'ci', 'old')
  ledger.begun(replace, about, 1001)
  ledger.died(true, false)
  ledger.begun(replace, about, 2001)
  ledger.passed(passed('DELETE', `/${id}`, ''))
  return ledger
}

describe('the ledger of the torture', () => {
  // The one key that was made was written down for the first request, and the second was then missed.
  it('lets one key be enough for two requests of its name, of which one was promised', () => {
    const ledger = replacedAfterAKill()
    ledger.passed(passed('POST', '', JSON.stringify({ _id: later, key: 'new', name: 'ci' })))
    ledger.done(replace, { ok: true, value: { id: later } }, 2001)
    expect(violations(ledger)).toEqual([])
  })

  // The key was written down for a request that a damaged cache had lost, and the promised one of the same name was then missed.
  it('lets the key of a request that a damaged cache had lost be the one that was promised since', () => {
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

  it('misses a key that was promised and that nobody made', () => {
    const ledger = replacedAfterAKill()
    ledger.createdElsewhere(later, 'ci', 'new')
    ledger.done(replace, { ok: true, value: { id: later } }, 2001)
    expect(violations(ledger)).toContain('ci was to be created: it is not, and nothing says why')
  })

  // A clock that had jumped by thirty days excused a value that was no longer in the trash.
  it('misses a value that is no longer in the trash although its key was deleted elsewhere', () => {
    const ledger = new Ledger()
    ledger.createdElsewhere(later, 'ci', 'new')
    ledger.createdElsewhere(id, 'old', 'old')
    ledger.kept([id], true)
    ledger.changedElsewhere(id, 'delete')
    expect(violations(ledger)).toEqual([`old (${id}) was deleted elsewhere, and its value is not among the left-overs`])
  })

  it('misses nothing of an account that was forgotten, but an item that it left in the keychain', () => {
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
