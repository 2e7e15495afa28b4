import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Agent } from '../../../../main/agent/agent.ts'
import type { Diagnosis } from '../../../../main/vault/keychain/examine-keychain.ts'
import { lastReleasesOf } from '../../../../main/vault/journal/journal.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { email, newKey } from '../../vault/fixtures/vault.ts'
import { Line } from '../fixtures/line.ts'
import { type Running, startAgent } from '../fixtures/running.ts'

let running: Running
let line: Line
beforeEach(async () => {
  running = await startAgent()
  line = Line.ofCommand(running.path)
})
afterEach(() => {
  line.leave()
  running.stop()
  expect(running.faults).toEqual([])
})

const ci = { account: null, key: 'ci' }
const web = { account: email, key: 'web' }

describe('what the command gets without approval', () => {
  it('is the app’s state', async () => {
    expect(await line.ask('status')).toEqual({
      ...{ id: 1, ok: true },
      value: { version: '1.2.3', vault: 'open', code: null, account: email, keys: 2 },
    })
    await running.fixture.vault.lock()
    expect(await line.ask('status')).toEqual({
      ...{ id: 2, ok: true },
      value: { version: '1.2.3', vault: 'closed', code: 'locked', account: null, keys: 0 },
    })
  })

  it('is the keys of every account, with nothing of their values', async () => {
    const local = await openLocal(running.fixture.opened)
    const { key } = await newKey(running.fixture, local, 'ci')
    const listed = (account: string, accountId: string, id: string, name: string): object => ({
      ...{ account, accountId, id, name, enabled: true, value: 'here' },
      createdAt: Number.parseInt(id.slice(0, 8), 16) * 1000,
    })
    const { id } = running.account
    expect(await line.ask('list')).toEqual({
      ...{ id: 1, ok: true },
      value: {
        keys: expect.arrayContaining([
          listed(email, id, running.keyIds.ci, 'ci'),
          listed(email, id, running.keyIds.web, 'web'),
          listed('This computer', local.id, key.id, 'ci'),
        ]),
      },
    })
    expect(running.fixture.approver.asked).toEqual([])
  })

  it('is what the doctor finds', async () => {
    expect(await line.ask('doctor')).toEqual({
      ...{ id: 1, ok: true },
      value: {
        ...{ keychain: 'os', provider: 'gnome-keyring', desktop: 'gnome', findings: ['item-missing'] },
        keys: [{ name: 'ci', finding: 'item-missing' }],
      },
    })
  })

  it('is what the doctor finds once, for all who ask meanwhile', async () => {
    let [looks, found] = [0, (): void => undefined]
    const examine = async (): Promise<Diagnosis> => {
      looks += 1
      await new Promise<void>((resolve) => (found = resolve))
      return { keychain: 'os', provider: null, desktop: 'none', findings: ['fine'], keys: [] }
    }
    running.stop()
    running = await startAgent({ examine })
    line = Line.ofCommand(running.path)
    for (const id of [1, 2, 3]) line.say({ id, call: 'doctor', input: null })
    line.say({ id: 4, call: 'status', input: null })
    expect(await line.next()).toMatchObject({ id: 4 })
    found()
    for (const id of [1, 2, 3]) expect(await line.next()).toMatchObject({ id, ok: true })
    expect(looks).toBe(1)
    line.say({ id: 5, call: 'doctor', input: null })
    await expect.poll(() => looks).toBe(2)
    found()
    expect(await line.next()).toMatchObject({ id: 5, ok: true })
  })

  it('is that the palette is shown', async () => {
    expect(await line.ask('quick')).toEqual({ id: 1, ok: true, value: null })
    expect(running.palettes()).toBe(1)
  })
})

describe('a value that the command brings', () => {
  it('is stored once its person has agreed, who sees the name and the program', async () => {
    const { fixture } = running
    fixture.approver.stored = 'yes'
    const current = fixture.opened.cache.current()
    const answer = await line.ask('add', { name: 'github', value: 'ghp-synthetic\n' })
    expect(answer).toEqual({ id: 1, ok: true, value: { account: 'Stored values', name: 'github' } })
    expect(fixture.approver.stores).toMatchObject([{ name: 'github', same: null, requester: { kind: 'program', folder: process.cwd() } }])
    expect([...fixture.keychain.items.values()]).toContain('ghp-synthetic')
    expect(fixture.opened.cache.current()).toBe(current) // the window shows what it did before
  })

  it('tells the program nothing about keys that have the same value; its person is told', async () => {
    running.fixture.approver.stored = 'yes'
    const answer = await line.ask('add', { name: 'copy', value: running.values.ci })
    expect(answer).toEqual({ id: 1, ok: true, value: { account: 'Stored values', name: 'copy' } })
    expect(running.fixture.approver.stores).toMatchObject([{ same: { name: 'ci', account: email } }])
  })

  it('is not stored without an agreement', async () => {
    expect(await line.ask('add', { name: 'github', value: 'v' })).toEqual({ id: 1, ok: false, code: 'approval-denied' })
    expect([...running.fixture.keychain.items.values()]).not.toContain('v')
  })

  it('is refused before anybody is asked, if it cannot be stored', async () => {
    const { fixture } = running
    fixture.approver.stored = 'yes'
    await line.ask('add', { name: 'github', value: 'v' })
    for (const [name, value, code] of [
      ['a b', 'v', 'name-invalid'],
      ['GitHub', 'v', 'name-taken'],
      ['x', '\0', 'value-unreadable'],
      ['x', 'x'.repeat(2561), 'value-too-long'],
    ] as const) {
      expect(await line.ask('add', { name, value })).toMatchObject({ ok: false, code })
    }
    expect(fixture.approver.stores).toHaveLength(1)
  })
})

describe('a value that the command asks for', () => {
  it('is given to one who is approved, and the journal says to whom', async () => {
    running.fixture.approver.answer = 'once'
    expect(await line.ask('get', { reference: ci })).toEqual({ id: 1, ok: true, value: { value: running.values.ci } })
    const { asked } = running.fixture.approver
    expect(asked).toMatchObject([
      { keys: [{ name: 'ci', account: email }], purpose: 'get', detail: null, requester: { kind: 'program', folder: process.cwd() } },
    ])
    const [use] = lastReleasesOf(running.fixture.opened, running.account.id, running.keyIds.ci, 9)
    expect(use).toMatchObject({ purpose: 'get', requester: asked[0]?.requester })
  })

  it.each(['approval-denied', 'approval-expired', 'approval-busy'] as const)('is not given on %s', async (code) => {
    running.fixture.approver.answer = code
    for (const [call, input] of [
      ['get', { reference: ci }],
      ['run', { references: [ci, web], command: 'make' }],
      ['inject', { references: [ci], file: 'x.env' }],
      ['copy', { reference: ci }],
    ] as const) {
      expect(await line.ask(call, input)).toMatchObject({ ok: false, code })
    }
    expect(running.clipboard()).toBe('')
  })

  it('is given with others in their order, one of them twice, for one answer; of the command it says its name', async () => {
    running.fixture.approver.answer = 'once'
    const { ci: one, web: other } = running.values
    expect(await line.ask('run', { references: [web, ci, web], command: 'make' })).toEqual({
      id: 1,
      ok: true,
      value: { values: [other, one, other] },
    })
    expect(await line.ask('inject', { references: [ci], file: 'app.env' })).toEqual({ id: 2, ok: true, value: { values: [one] } })
    expect(running.fixture.approver.asked).toMatchObject([
      { keys: [{ name: 'web' }, { name: 'ci' }], purpose: 'run', detail: 'make' },
      { keys: [{ name: 'ci' }], purpose: 'inject', detail: 'app.env' },
    ])
  })

  it('goes to the clipboard and not to who asked, and is taken back', async () => {
    running.fixture.approver.answer = 'once'
    const answer = await line.ask('copy', { reference: ci })
    expect(answer).toEqual({ id: 1, ok: true, value: { clearsAt: expect.any(Number) } })
    expect(running.clipboard()).toBe(running.values.ci)
  })

  it('is not given at all where one of several is not to be had', async () => {
    running.fixture.approver.answer = 'once'
    const none = { account: null, key: 'none' }
    expect(await line.ask('run', { references: [ci, none], command: 'make' })).toEqual({ id: 1, ok: false, code: 'key-not-found' })
    expect(await line.ask('get', { reference: { account: 'nobody', key: 'ci' } })).toEqual({ id: 2, ok: false, code: 'account-not-found' })
    await newKey(running.fixture, await openLocal(running.fixture.opened), 'ci')
    expect(await line.ask('get', { reference: ci })).toEqual({ id: 3, ok: false, code: 'key-ambiguous' })
    expect(running.fixture.approver.asked).toEqual([])
  })

  it('is not given by a locked vault, which asks nobody', async () => {
    await running.fixture.vault.lock()
    expect(await line.ask('get', { reference: ci })).toEqual({ id: 1, ok: false, code: 'locked' })
    expect(running.fixture.approver.asked).toEqual([])
  })
})

describe('an answer that is longer than a message can be', () => {
  it('is refused by a code, and the connection goes on', async () => {
    const keys = Array.from({ length: 1000 }, () => ({ name: 'x'.repeat(64), finding: 'item-missing' as const }))
    running.stop()
    running = await startAgent({
      examine: () => Promise.resolve({ keychain: 'os', provider: null, desktop: 'none', findings: ['item-missing'], keys }),
    })
    line = Line.ofCommand(running.path)
    expect(await line.ask('doctor')).toEqual({ id: 1, ok: false, code: 'answer-too-large' })
    expect(await line.ask('status')).toMatchObject({ id: 2, ok: true })
  })
})

describe('an agent that cannot listen', () => {
  it('says so, and listens in none', async () => {
    expect(running.agent.unreachable).toBe(null)
    for (const [path, trouble] of [
      [running.path, 'other-app'],
      ['/dev/null/agent.sock', 'folder-unsafe'],
    ] as const) {
      const blocked = new Agent({ ...running.parts, path })
      await expect(blocked.listen()).rejects.toMatchObject({ trouble })
      expect(blocked.unreachable).toBe('agent-blocked')
      blocked.close()
    }
    expect(await line.ask('status')).toMatchObject({ ok: true })
  })
})

describe('a vault that is being opened', () => {
  it('is waited for: the command may have started the app itself', async () => {
    let open = (): void => undefined
    const settled = new Promise<void>((resolve) => (open = resolve))
    running.stop()
    line.leave()
    running = await startAgent({ settled: () => settled })
    line = Line.ofCommand(running.path)
    const answer = line.ask('list')
    open()
    expect(await answer).toMatchObject({ ok: true })
  })
})
