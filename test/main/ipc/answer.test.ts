import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { Handlers, Sender } from '../../../main/ipc/answer.ts'
import { answer } from '../../../main/ipc/answer.ts'
import { Refusal } from '../../../main/vault/refusal.ts'
import { Secret } from '../../../main/vault/secret.ts'
import type { CallName } from '../../../preload/contract.ts'
import { calls, events } from '../../../preload/contract.ts'

const id = 'a'.repeat(24)
const account = {
  id: '0123456789abcdef',
  kind: 'local',
  server: null,
  method: 'local',
  email: null,
  userId: 'u',
  signedIn: true,
  managesKeys: true,
} as const
const key = {
  ...{ id, name: 'build', enabled: true, createdAt: 1, lastFour: 'wxyz', value: 'here' },
  verified: { verdict: 'works', at: 1 },
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
const state = {
  version: '1',
  platform: 'linux',
  theme: 'dark',
  vault: { status: 'open', keychain: 'os', readOnly: null },
  accounts: [account],
  current: account.id,
} as const
const server = { url: 'https://example.org', appId: 'app' }

/** A good input and a good answer for every call of the contract. */
const examples: { [N in CallName]: [input: unknown, output: unknown] } = {
  'app.state': [null, state],
  'app.retry': [null, state],
  'app.lock': [null, null],
  'app.unlock': [{ passphrase: 'correct horse battery' }, state],
  'app.repair': [null, state],
  'app.setTheme': [{ theme: 'dark' }, state],
  'accounts.openLocal': [null, account],
  'accounts.signIn': [{ server, credentials: { method: 'email', email: 'a@b', password: 'p' } }, account],
  'accounts.register': [{ server, email: 'a@b', password: 'secret' }, { outcome: 'signed-in', account }],
  'accounts.link': [{ email: 'a@b', password: 'secret' }, account],
  'accounts.switch': [{ id: account.id }, account],
  'accounts.signOut': [{ id: account.id, forgetValues: false }, { revoked: true }],
  'keys.list': [null, keyList],
  'keys.sync': [null, keyList],
  'keys.lookUp': [{ by: 'id', id }, key],
  'keys.create': [{ name: 'build' }, key],
  'keys.enable': [{ id }, key],
  'keys.disable': [{ id }, key],
  'keys.delete': [{ id, name: 'build' }, null],
  'keys.reveal': [{ id }, { value: 'v' }],
  'keys.copy': [{ id }, { clearsAt: 1 }],
  'keys.copyId': [{ id }, null],
  'keys.createLater': [{ name: 'build' }, keyList],
  'keys.cancel': [{ id: changeId }, keyList],
  'keys.seen': [{ ids: [changeId] }, keyList],
  'keys.addValue': [{ id, value: 'v' }, key],
  'keys.replace': [{ id, name: 'build' }, key],
  'keys.verify': [{ id }, key],
  'keys.verifyAll': [null, keyList],
  'keys.stopVerifying': [null, null],
  'keys.purge': [{ id }, keyList],
  'keychain.examine': [
    null,
    {
      ...{ keychain: 'os', provider: 'gnome-keyring-daemon', desktop: 'gnome', findings: ['item-missing'] },
      keys: [{ name: 'build', finding: 'item-missing' }],
    },
  ],
  'keychain.usePassphrase': [{ passphrase: 'correct horse battery' }, state],
  'keychain.useOs': [null, state],
}
const names = Object.keys(calls) as CallName[]

const window = {} as Sender['sender']
const frame = (url: string, parent: unknown = null): Sender['senderFrame'] => ({ url, parent }) as Sender['senderFrame']
const ours: Sender = { sender: window, senderFrame: frame('app://bundle/index.html') }

/** Handlers that give `output` and count how often one was reached. */
function handlersGiving(output: unknown): { handlers: Handlers; reached: () => number } {
  let reached = 0
  const one = async (): Promise<unknown> => ((reached += 1), output)
  return { handlers: Object.fromEntries(names.map((name) => [name, one])) as unknown as Handlers, reached: () => reached }
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

describe.each(names)('the call %s', (name) => {
  const [input, output] = examples[name]

  it('answers a good message from our window', async () => {
    const { handlers } = handlersGiving(output)
    expect(await answer(handlers, window, name, ours, input)).toEqual({ ok: true, value: output })
  })

  it('refuses messages of every wrong shape before they reach the handler', async () => {
    const { handlers, reached } = handlersGiving(output)
    for (const bad of hostile) {
      if (v.is(calls[name].input, bad)) continue
      expect(await answer(handlers, window, name, ours, bad)).toEqual({ ok: false, code: 'input-invalid' })
    }
    expect(reached()).toBe(0)
  })

  it('refuses a surplus field', async () => {
    const { handlers, reached } = handlersGiving(output)
    const surplus = input === null ? { more: 1 } : { ...(input as object), more: 1 }
    expect(await answer(handlers, window, name, ours, surplus)).toEqual({ ok: false, code: 'input-invalid' })
    expect(reached()).toBe(0)
  })

  it('refuses a forged sender: another window, a frame inside ours, another page, a frame that is gone', async () => {
    const { handlers, reached } = handlersGiving(output)
    const forged: Sender[] = [
      { sender: {} as Sender['sender'], senderFrame: frame('app://bundle/index.html') },
      { sender: window, senderFrame: frame('app://bundle/index.html', frame('app://bundle/')) },
      { sender: window, senderFrame: frame('https://bundle/index.html') },
      { sender: window, senderFrame: frame('app://bundle.evil/index.html') },
      { sender: window, senderFrame: frame('app://other/index.html') },
      { sender: window, senderFrame: frame('file:///app://bundle/') },
      { sender: window, senderFrame: frame('about:blank') },
      { sender: window, senderFrame: frame('') },
      { sender: window, senderFrame: null },
    ]
    for (const sender of forged) {
      expect(await answer(handlers, window, name, sender, input)).toEqual({ ok: false, code: 'input-invalid' })
    }
    expect(await answer(handlers, null, name, ours, input)).toEqual({ ok: false, code: 'input-invalid' })
    expect(reached()).toBe(0)
  })

  it('lets no surplus field out, and no secret in place of text', async () => {
    const canary = 'canary-value'
    for (const leaking of [{ ...(output as object), value: canary, sealed: canary }, new Secret(canary), canary]) {
      if (v.is(calls[name].output, leaking)) continue
      const { handlers } = handlersGiving(leaking)
      const answered = await answer(handlers, window, name, ours, input)
      expect(answered).toEqual({ ok: false, code: 'internal' })
    }
  })

  it('turns a refusal into its code and a fault into no more than that it was one', async () => {
    const failing = (error: unknown): Handlers =>
      ({ [name]: async () => Promise.reject(error) }) as unknown as Handlers
    expect(await answer(failing(new Refusal('throttled')), window, name, ours, input)).toEqual({ ok: false, code: 'throttled' })
    const fault = new Error('canary-value at /home/someone/profile')
    expect(await answer(failing(fault), window, name, ours, input)).toEqual({ ok: false, code: 'internal' })
  })
})

describe('the contract', () => {
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
