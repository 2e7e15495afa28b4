import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeyChoice } from '../../../../main/agent/key-choice.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { addSite, removeSite, sitesOf } from '../../../../main/vault/release/sites.ts'
import { Line } from '../fixtures/line.ts'
import { type Running, startAgent } from '../fixtures/running.ts'

type Choice = Parameters<KeyChoice['choose']>[0]

let running: Running
let line: Line
/** What the person was asked to choose, and how they choose. */
let choices: Choice[]
let choosing: (choice: Choice) => ReturnType<KeyChoice['choose']>
beforeEach(async () => {
  choices = []
  choosing = () => Promise.reject(new Refusal('approval-denied'))
  const choose = (choice: Choice): ReturnType<KeyChoice['choose']> => (choices.push(choice), choosing(choice))
  running = await startAgent({ prompts: { choose } })
  line = Line.ofCommand(running.path)
})
afterEach(() => {
  line.leave()
  running.stop()
  expect(running.faults).toEqual([])
})

const site = 'https://git.example.com'
const logIn = (url = `${site}/acme/app.git`) => line.ask('login', { url })
const belongs = (key: 'ci' | 'web', at = site, subdomains = false) =>
  addSite(running.fixture.opened, running.account.id, running.keyIds[key], at, subdomains)
const sites = (key: 'ci' | 'web') => sitesOf(running.fixture.opened, running.account.id, running.keyIds[key])

describe('a tool that logs in to a site', () => {
  it('gets the value of the key that belongs to the site, after a prompt that names the site', async () => {
    belongs('ci')
    belongs('web', 'https://other.example.com')
    running.fixture.approver.answer = 'once'
    expect(await logIn()).toEqual({ id: 1, ok: true, value: { value: running.values.ci } })
    expect(running.fixture.approver.asked).toMatchObject([
      { keys: [{ name: 'ci' }], purpose: 'login', detail: `${site}/acme/app.git`, requester: { kind: 'program' } },
    ])
    expect(choices).toEqual([])
  })

  it('gets nothing if it is denied', async () => {
    belongs('ci')
    expect(await logIn()).toMatchObject({ ok: false, code: 'approval-denied' })
  })

  it('has the person choose a key if none belongs to the site, which then does, and asks no second time for this login', async () => {
    const { id: accountId } = running.account
    choosing = async () => ({ accountId, keyId: running.keyIds.web, subdomains: true })
    expect(await logIn()).toEqual({ id: 1, ok: true, value: { value: running.values.web } })
    expect(choices).toMatchObject([{ origin: site, domain: 'example.com', requester: { kind: 'program' } }])
    expect(choices[0]?.keys.map(({ name }) => name).sort()).toEqual(['ci', 'web'])
    expect(sites('web')).toMatchObject([{ origin: 'https://example.com', subdomains: true }])
    expect(running.fixture.approver.asked).toEqual([])
    expect(await logIn()).toMatchObject({ ok: false, code: 'approval-denied' })
    expect([choices.length, running.fixture.approver.asked.length]).toEqual([1, 1])
  })

  it('has the person choose among the keys that belong to the site if they are several, until one of them is approved', async () => {
    const [first, second] = [belongs('ci'), belongs('web', 'https://example.com', true)]
    const { id: accountId } = running.account
    choosing = async () => ({ accountId, keyId: running.keyIds.web, subdomains: false })
    expect(await logIn()).toMatchObject({ value: { value: running.values.web } })
    expect(choices).toMatchObject([{ domain: null }])
    expect([sites('ci'), sites('web')]).toEqual([[first], [second]])
    choosing = async () => ({ accountId, keyId: running.keyIds.ci, subdomains: false })
    expect(await logIn()).toMatchObject({ value: { value: running.values.ci } })
    expect(choices).toHaveLength(2)
  })

  it('gets nothing if the key was taken from the site during the prompt', async () => {
    const { id } = belongs('ci')
    running.fixture.approver.answer = async () => (removeSite(running.fixture.opened, running.account.id, id), 'once')
    expect(await logIn()).toMatchObject({ ok: false, code: 'site-refused' })
  })

  it.each([
    'git.example.com',
    'ssh://git@git.example.com',
    'http://git.example.com',
    'https://ada@git.example.com',
    'https://git.example.com\\@evil.example',
    'https://1',
    'https://',
    'javascript:alert(1)',
  ])('gets nothing for an address that no key can belong to: %s', async (url) => {
    expect(await logIn(url)).toMatchObject({ ok: false, code: 'site-invalid' })
    expect(choices).toEqual([])
  })
})
