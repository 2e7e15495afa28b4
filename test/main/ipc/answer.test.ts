import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import type { HandlersOf, TrustedPage, Sender } from '../../../main/ipc/answer.ts'
import { answer } from '../../../main/ipc/answer.ts'
import { Refusal } from '../../../main/vault/refusal.ts'
import { Secret } from '../../../main/vault/secret.ts'
import type { Calls } from '../../../preload/bridge.ts'
import type { CallName } from '../../../preload/contract.ts'
import { calls, events } from '../../../preload/contract.ts'
import { paletteCalls, paletteEvents } from '../../../preload/palette-contract.ts'
import { promptCalls, promptEvents } from '../../../preload/prompt-contract.ts'
import { account, state } from './app-examples.ts'
import { transferExamples } from './transfer-examples.ts'
import { outletExamples } from './outlet-examples.ts'
import { paletteExamples, paletteState, prompt, promptExamples } from './small-windows.ts'

const id = 'a'.repeat(24)
const key = {
  ...{ id, name: 'build', enabled: true, createdAt: 1, lastFour: 'wxyz', value: 'here' },
  verified: { verdict: 'works', at: 1 },
  service: null,
  details: { notes: 'Of the build\nserver', tags: ['ci'], environment: 'test', user: 'ada', expires: '2027-01-31', renewal: null },
} as const
const changeId = 'b'.repeat(16)
const keyList = {
  ...{ accountId: account.id, keys: [key], limit: 20, syncedAt: 1, connection: 'unreachable' },
  trouble: { code: 'server-timeout', at: 2, since: 1 },
  waiting: [{ id: changeId, kind: 'disable', keyId: id, name: 'build', at: 1, sent: false }],
  news: [{ id: changeId, what: 'gone', keyId: id, name: 'old', at: 1 }],
  trash: [{ id, name: 'old', lastFour: null, goneAt: 1, purgedAt: 2 }],
  keychain: 'keychain-locked',
}
const server = { url: 'https://example.org', appId: 'app' }

/** A good input and a good answer for every call of the contract. */
const examples: { [N in CallName]: [input: unknown, output: unknown] } = {
  'app.state': [null, state],
  'app.retry': [null, state],
  'app.lock': [null, null],
  'app.unlock': [{ passphrase: 'correct horse battery' }, state],
  'app.repair': [null, state],
  'app.setTheme': [{ theme: 'dark' }, state],
  'app.setKeyView': [{ scope: 'all', grouping: 'service' }, state],
  'accounts.openLocal': [null, account],
  'accounts.signIn': [{ server, credentials: { method: 'email', email: 'a@b', password: 'p' } }, account],
  'accounts.register': [
    { server, email: 'a@b', password: 'secret' },
    { outcome: 'signed-in', account },
  ],
  'accounts.sendMail': [{ server, email: 'a@b', purpose: 'reset' }, null],
  'accounts.link': [{ id: account.id, email: 'a@b', password: 'secret' }, account],
  'accounts.setLabel': [{ id: account.id, label: 'Work', colour: null }, state],
  'accounts.switch': [{ id: account.id }, account],
  'accounts.signOut': [{ id: account.id, forgetValues: false }, { revoked: true }],
  'keys.list': [{ accountId: account.id }, keyList],
  'keys.listAll': [null, { lists: [keyList, { ...keyList, accountId: null }] }],
  'keys.sync': [{ accountId: account.id }, keyList],
  'keys.lookUp': [{ accountId: account.id, by: 'id', id }, key],
  'keys.create': [{ accountId: account.id, name: 'build' }, key],
  'keys.enable': [{ accountId: account.id, id }, key],
  'keys.disable': [{ accountId: account.id, id }, key],
  'keys.delete': [{ accountId: account.id, id, name: 'build' }, null],
  'keys.reveal': [{ accountId: account.id, id }, { value: 'v' }],
  'keys.copy': [{ accountId: account.id, id }, { clearsAt: 1 }],
  'keys.copyId': [{ accountId: account.id, id }, null],
  'keys.createLater': [{ accountId: account.id, name: 'build' }, keyList],
  'keys.cancel': [{ accountId: account.id, id: changeId }, keyList],
  'keys.dismiss': [{ accountId: account.id, ids: [changeId] }, keyList],
  'values.store': [
    { name: 'github', value: 'v' },
    { state, key, same: { name: 'ci', account: 'This computer' } },
  ],
  'keys.changeValue': [{ accountId: account.id, id, value: 'v' }, key],
  'keys.restoreValue': [{ accountId: account.id, id }, key],
  'keys.rename': [{ accountId: account.id, id, name: 'github' }, key],
  'keys.setDetails': [{ accountId: account.id, id, details: key.details }, key],
  'keys.copyRenewal': [{ accountId: account.id, id }, null],
  'keys.addValue': [{ accountId: account.id, id, value: 'v' }, key],
  'keys.replace': [{ accountId: account.id, id, name: 'build' }, key],
  'keys.verify': [{ accountId: account.id, id }, key],
  'keys.verifyAll': [{ accountId: account.id }, keyList],
  'keys.stopVerifying': [null, null],
  'keys.purge': [{ accountId: account.id, id }, keyList],
  'journal.list': [
    { before: 9, key: { accountId: account.id, keyId: id } },
    {
      lines: [
        {
          seq: 8,
          at: 1,
          event: 'release',
          name: 'build',
          account: 'This computer',
          purpose: 'copy',
          requester: { kind: 'person' },
          detail: null,
        },
      ],
      more: false,
      keys: [{ accountId: account.id, keyId: id, name: 'build', account: 'This computer' }],
      fingerprint: '8f3a 02c1',
    },
  ],
  'journal.export': [null, { file: '/home/ada/journal.jsonl', lines: 9 }],
  'keychain.examine': [
    null,
    {
      ...{ keychain: 'os', provider: 'gnome-keyring-daemon', desktop: 'gnome', findings: ['item-missing'] },
      keys: [{ name: 'build', finding: 'item-missing' }],
    },
  ],
  'keychain.usePassphrase': [{ passphrase: 'correct horse battery' }, state],
  'keychain.addPassphrase': [{ passphrase: 'correct horse battery' }, state],
  'keychain.changePassphrase': [{ now: 'correct horse battery', next: 'another horse battery' }, null],
  'keychain.nextTry': [null, { at: 1 }],
  'keychain.useOs': [null, state],
  ...outletExamples,
  ...transferExamples,
  'keys.prove': [{ accountId: account.id, id, target: account.id }, key],
}
const names = Object.keys(calls) as CallName[]

interface Window {
  readonly page: string
  readonly calls: Calls
  readonly examples: Record<string, [input: unknown, output: unknown]>
}
const windows: Window[] = [
  { page: 'app://bundle/index.html', calls, examples },
  { page: 'app://bundle/prompt.html', calls: promptCalls, examples: promptExamples },
  { page: 'app://bundle/palette.html', calls: paletteCalls, examples: paletteExamples },
]
const everyCall = windows.flatMap((window) => Object.keys(window.calls).map((name) => ({ name, window })))

const frame = (url: string, parent: unknown = null): Sender['senderFrame'] => ({ url, parent }) as Sender['senderFrame']
/** A window on its page, and a message from there. */
function opened(page: string): { place: TrustedPage; ours: Sender } {
  const contents = {} as Sender['sender']
  return { place: { contents, page }, ours: { sender: contents, senderFrame: frame(page) } }
}

/** Handlers that give `output` and count how often one was reached. */
function handlersGiving(calls: Calls, output: unknown): { handlers: HandlersOf<Calls>; reached: () => number } {
  let reached = 0
  const one = async (): Promise<unknown> => ((reached += 1), output)
  return { handlers: Object.fromEntries(Object.keys(calls).map((name) => [name, one])), reached: () => reached }
}

const hostile: unknown[] = [
  undefined,
  'text',
  7,
  Number.NaN,
  true,
  [],
  {},
  [null],
  { id: 'x' },
  { id: `${id}0` },
  { id: id.toUpperCase().replace('A', 'G') },
  { __proto__: { id } },
  new Map([['id', id]]),
  { name: 'x'.repeat(513) },
  { name: { toString: 'build' } },
  { by: 'value', value: 'x' },
  { theme: 'neon' },
  { server: { url: 1, appId: 'x' }, credentials: { method: 'email' } },
  { server, credentials: { method: 'google', token: 'x' } },
]

describe.each(everyCall)('the call $name', ({ name, window: { page, calls, examples } }) => {
  const [input, output] = examples[name] as [unknown, unknown]
  const schemas = calls[name] as Calls[string]
  const { place, ours } = opened(page)

  it('answers a good message from its own window', async () => {
    const { handlers } = handlersGiving(calls, output)
    expect(await answer(calls, handlers, place, name, ours, input)).toEqual({ ok: true, value: output })
  })

  it('refuses messages of every wrong shape before they reach the handler', async () => {
    const { handlers, reached } = handlersGiving(calls, output)
    for (const bad of hostile) {
      if (v.is(schemas.input, bad)) continue
      expect(await answer(calls, handlers, place, name, ours, bad)).toEqual({ ok: false, code: 'input-invalid' })
    }
    expect(reached()).toBe(0)
  })

  it('refuses a surplus field', async () => {
    const { handlers, reached } = handlersGiving(calls, output)
    const surplus = input === null ? { more: 1 } : { ...(input as object), more: 1 }
    expect(await answer(calls, handlers, place, name, ours, surplus)).toEqual({ ok: false, code: 'input-invalid' })
    expect(reached()).toBe(0)
  })

  it('refuses a forged sender: another window, a frame inside its own, another page, a frame that is gone', async () => {
    const { handlers, reached } = handlersGiving(calls, output)
    const { sender } = ours
    const forged: Sender[] = [
      { sender: {} as Sender['sender'], senderFrame: frame(page) },
      { sender, senderFrame: frame(page, frame('app://bundle/')) },
      { sender, senderFrame: frame(page, frame(page)) },
      { sender, senderFrame: frame(page.replace('app:', 'https:')) },
      { sender, senderFrame: frame(page.replace('bundle', 'bundle.evil')) },
      { sender, senderFrame: frame(page.replace('bundle', 'other')) },
      { sender, senderFrame: frame(`${page}?more`) },
      { sender, senderFrame: frame(`${page}/`) },
      { sender, senderFrame: frame('app://bundle/') },
      { sender, senderFrame: frame('app://bundle/assets/index.js') },
      { sender, senderFrame: frame('file:///app://bundle/') },
      { sender, senderFrame: frame('about:blank') },
      { sender, senderFrame: frame('') },
      { sender, senderFrame: null },
    ]
    for (const one of forged) {
      expect(await answer(calls, handlers, place, name, one, input)).toEqual({ ok: false, code: 'input-invalid' })
    }
    expect(await answer(calls, handlers, { contents: null, page }, name, ours, input)).toEqual({ ok: false, code: 'input-invalid' })
    expect(reached()).toBe(0)
  })

  it('refuses our other windows, on their own pages and on this one', async () => {
    const { handlers, reached } = handlersGiving(calls, output)
    const others = windows.filter((other) => other.page !== page)
    for (const other of others) {
      const theirs = opened(other.page).ours
      for (const one of [theirs, { ...theirs, senderFrame: frame(page) }, { ...ours, senderFrame: frame(other.page) }]) {
        expect(await answer(calls, handlers, place, name, one, input)).toEqual({ ok: false, code: 'input-invalid' })
      }
    }
    expect(others).toHaveLength(2)
    expect(reached()).toBe(0)
  })

  it('lets no surplus field out, and no secret in place of text', async () => {
    const canary = 'canary-value'
    for (const leaking of [{ ...(output as object), value: canary, sealed: canary }, new Secret(canary), canary]) {
      if (v.is(schemas.output, leaking)) continue
      const { handlers } = handlersGiving(calls, leaking)
      const answered = await answer(calls, handlers, place, name, ours, input)
      expect(answered).toEqual({ ok: false, code: 'internal', fault: expect.stringMatching(/^[0-9a-f]{6}$/) })
    }
  })

  it('turns a refusal into its code and a fault into no more than that it was one', async () => {
    const failing = (error: unknown): HandlersOf<Calls> => ({ [name]: async () => Promise.reject(error) })
    const refused = await answer(calls, failing(new Refusal('throttled')), place, name, ours, input)
    expect(refused).toEqual({ ok: false, code: 'throttled' })
    const fault = new Error('canary-value at /home/someone/profile')
    // It vanished: nobody could tell what had failed, nor where.
    const said: string[] = []
    const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
    await answer(calls, failing(new Refusal('throttled')), place, name, ours, input)
    expect(said).toEqual([])
    const answered = await answer(calls, failing(fault), place, name, ours, input)
    stderr.mockRestore()
    expect(said).toEqual([expect.stringMatching(/^latchkey: a fault \(Error\) in \S+ at [^/]*, code [0-9a-f]{6}\n$/)])
    expect(said[0]).toContain(` in ${name} `)
    // The window has the code of that line and nothing else of the error.
    expect(answered).toEqual({ ok: false, code: 'internal', fault: / code (\S+)$/m.exec(said[0] ?? '')?.[1] })
  })
})

describe('the contracts', () => {
  it('share no call and no event: a name belongs to one window', () => {
    const ofCalls = windows.flatMap((window) => Object.keys(window.calls))
    expect(new Set(ofCalls).size).toBe(ofCalls.length)
    const ofEvents = [events, promptEvents, paletteEvents].flatMap((one) => Object.keys(one))
    expect(new Set(ofEvents).size).toBe(ofEvents.length)
  })

  it('of prompt and palette carry no value', () => {
    for (const { calls, examples } of windows.slice(1)) {
      for (const [name, [, output]] of Object.entries(examples)) {
        if (output === null) expect(v.is((calls[name] as Calls[string]).output, { value: 'v' }), name).toBe(false)
        else expect(v.is((calls[name] as Calls[string]).output, { ...output, value: 'v' }), name).toBe(false)
      }
    }
    expect(v.is(promptEvents['prompt.changed'], { ...prompt, value: 'v' })).toBe(false)
    expect(v.is(promptEvents['prompt.changed'], prompt)).toBe(true)
    expect(v.is(paletteEvents['palette.shown'], { ...paletteState, value: 'v' })).toBe(false)
    expect(v.is(paletteEvents['palette.shown'], paletteState)).toBe(true)
  })
})

describe('the contract of the main window', () => {
  it('names a value in one answer only', () => {
    const bearing = names.filter((name) => JSON.stringify(examples[name][1]).includes('"value":"v"'))
    expect(bearing).toEqual(['keys.reveal'])
    for (const name of names.filter((one) => one !== 'keys.reveal')) {
      const [, output] = examples[name]
      if (typeof output === 'object' && output !== null) {
        expect(v.is(calls[name].output, { ...output, key: 'k' }), name).toBe(false)
      }
    }
  })

  it('has events without values', () => {
    expect(v.is(events['keys.changed'], keyList)).toBe(true)
    expect(v.is(events['keys.changed'], { ...keyList, keys: [{ ...key, sealed: 's' }] })).toBe(false)
    expect(v.is(events['app.changed'], state)).toBe(true)
    expect(v.is(events['clipboard.cleared'], 'value')).toBe(false)
  })
})
