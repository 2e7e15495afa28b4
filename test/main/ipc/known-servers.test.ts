import { describe, expect, it } from 'vitest'
import type { Input } from '../../../preload/contract.ts'
import { link, signIn } from '../../../main/vault/accounts/sign-in.ts'
import { openLocal } from '../../../main/vault/accounts/local-account.ts'
import { refreshKeys } from '../../../main/vault/keys/list-keys.ts'
import { storeValues } from '../../../main/vault/stored-values/stored-values.ts'
import { Gate } from '../vault/fixtures/gate.ts'
import {
  byEmail,
  email,
  newKey,
  openVaultFixture,
  password,
  remoteVault,
  remoteVaultWithKey,
  server,
  type VaultFixture,
} from '../vault/fixtures/vault.ts'
import { codeRejected } from '../vault/fixtures/refused.ts'
import { handlersOf } from './main-window.ts'

const hostile = { url: 'https://evil.example', appId: 'app-1' }
const typed = 'typed by a person'

/** What a window can have sent to a server, by the call and what is to be confirmed. */
const sendings: [string, string, (server: Input<'accounts.signIn'>['server'], fixture: VaultFixture) => Promise<unknown>][] = [
  ['a password', 'password', (to, fixture) => signInAt(fixture, to, { method: 'email', email, password: typed })],
  ['a pasted key', 'api-key', (to, fixture) => signInAt(fixture, to, { method: 'api-key', value: typed })],
  ['a token', 'custom-token', (to, fixture) => signInAt(fixture, to, { method: 'custom-token', token: typed })],
  ['an anonymous sign-in', 'nothing', (to, fixture) => signInAt(fixture, to, { method: 'anonymous' })],
  [
    'a registration',
    'password',
    async (to, fixture) => handlersOf(fixture)['accounts.register']({ server: to, email: 'new@example.test', password: typed }),
  ],
  ['an e-mail address', 'email', async (to, fixture) => handlersOf(fixture)['accounts.sendMail']({ server: to, email, purpose: 'reset' })],
]

async function signInAt(fixture: VaultFixture, to: typeof server, credentials: Input<'accounts.signIn'>['credentials']): Promise<unknown> {
  return handlersOf(fixture)['accounts.signIn']({ server: to, credentials })
}

function callsAt(fixture: VaultFixture, to: typeof server): number {
  return fixture.servers.service(to).calls.length
}

/** The newest lines of the journal, oldest first. */
function lines(fixture: VaultFixture, most: number): unknown[] {
  return fixture.opened.cache
    .lines({ limit: most })
    .reverse()
    .map(({ event, name, detail }) => ({ event, name, detail }))
}

// A page that was taken over had main send a password to any https server that it named.
describe('a server that is new to the vault', () => {
  it.each(sendings)('is sent %s only once the person has confirmed it in a window of main’s own', async (_, sends, send) => {
    const { fixture } = await remoteVault()
    fixture.approver.servers.length = 0
    fixture.approver.confirms = 'server-unconfirmed'
    expect(await codeRejected(send(hostile, fixture))).toBe('server-unconfirmed')
    expect(fixture.approver.servers).toEqual([{ server: hostile, isNew: true, sends, key: null }])
    expect(callsAt(fixture, hostile)).toBe(0)
    expect(lines(fixture, 1)).not.toMatchObject([{ detail: expect.stringContaining(hostile.url) as string }])
  })

  it.each(sendings)('is named by the journal before it is sent %s', async (_, _sends, send) => {
    const fixture = await openVaultFixture()
    let before: unknown[] = []
    fixture.servers.service(hostile).before = () => {
      if (before.length === 0) before = lines(fixture, 2)
    }
    await send(hostile, fixture).catch(() => undefined)
    expect(before).toEqual([
      { event: 'server-confirmed', name: null, detail: 'https://evil.example · app-1' },
      { event: 'sent', name: null, detail: 'https://evil.example · app-1' },
    ])
  })

  // A creation under way keeps the cache open past the lock: what else was under way could go on meanwhile.
  it.each(sendings)(
    'is sent %s no more when the answer comes after the lock, while a creation holds the cache open',
    async (_, _s, send) => {
      const fixture = await openVaultFixture()
      const { opened } = fixture
      const [creating, answering] = [new Gate(), new Gate()]
      opened.creations.add(creating.pass())
      fixture.approver.confirms = () => answering.pass()
      const sent = codeRejected(send(hostile, fixture))
      await answering.reached
      const locked = fixture.vault.lock()
      answering.open()
      expect(await sent).toBe('locked')
      expect([callsAt(fixture, hostile), opened.confirmedServers.size]).toEqual([0, 0])
      creating.open()
      await locked
    },
  )

  it('is not asked about again while the vault is open, nor later where the vault has an account', async () => {
    const fixture = await openVaultFixture()
    expect(await codeRejected(signIn(fixture.opened, server, byEmail))).toBe('wrong-credentials')
    fixture.remote.register(email, password)
    await signIn(fixture.opened, server, byEmail)
    expect(fixture.approver.servers).toHaveLength(1)
    await fixture.restart()
    await signIn(fixture.opened, server, byEmail)
    expect(fixture.approver.servers).toHaveLength(1)
  })

  it('is asked about again after a lock if no account came of it', async () => {
    const fixture = await openVaultFixture()
    await codeRejected(signIn(fixture.opened, server, byEmail))
    await fixture.restart()
    await codeRejected(signIn(fixture.opened, server, byEmail))
    expect(fixture.approver.servers).toHaveLength(2)
  })

  it('is another app of the same server, and another path of the same host', async () => {
    const { fixture } = await remoteVault()
    fixture.approver.servers.length = 0
    const others = [
      { ...server, appId: 'app-2' },
      { ...server, url: `${server.url}/below` },
    ]
    for (const other of others) await codeRejected(signIn(fixture.opened, other, byEmail))
    expect(fixture.approver.servers.map((asked) => asked.server)).toEqual(others)
  })
})

// A page that was taken over had main take a value from the keychain and send it to any server, unasked.
describe('the value of a stored key', () => {
  it('goes to the server and app of its own account only, and nobody can be asked for another', async () => {
    const { fixture, account, key } = await remoteVaultWithKey()
    fixture.approver.servers.length = 0
    const credentials = { method: 'stored-key', accountId: account.id, keyId: key.id } as const
    for (const other of [hostile, { ...server, appId: 'app-2' }, { ...server, url: `${server.url}/below` }]) {
      expect(await codeRejected(signInAt(fixture, other, credentials))).toBe('value-other-server')
      expect(callsAt(fixture, other)).toBe(0)
    }
    expect([fixture.approver.servers, fixture.opened.cache.releases(account.id)]).toEqual([[], []])
    await signInAt(fixture, server, credentials)
    expect(lines(fixture, 1)).toEqual([{ event: 'release', name: 'ci', detail: 'https://keys.example · app-1' }])
  })

  it('of the vault on this computer goes to no server', async () => {
    const { fixture } = await remoteVault()
    const local = await openLocal(fixture.opened)
    const { key } = await newKey(fixture, local)
    const credentials = { method: 'stored-key', accountId: local.id, keyId: key.id } as const
    expect(await codeRejected(signInAt(fixture, server, credentials))).toBe('value-other-server')
    expect(fixture.opened.cache.releases(local.id)).toEqual([])
  })

  it('that belongs to no server is confirmed by its name each time, for a server that is known too', async () => {
    const { fixture, account, elsewhere } = await remoteVault()
    const { value } = await elsewhere.create('theirs')
    await refreshKeys(fixture.opened, account.id)
    const stored = await storeValues(fixture.opened, [{ name: 'imported', value }])
    const keyId = fixture.opened.cache.keys(stored.id)[0]?.id ?? ''
    const asked = { server, isNew: false, sends: 'stored-value', key: { name: 'imported', account: 'Stored values' } }
    const [sent, handlers] = [callsAt(fixture, server), handlersOf(fixture)]
    fixture.approver.servers.length = 0
    fixture.approver.confirms = 'server-unconfirmed'
    const signedIn = () => signInAt(fixture, server, { method: 'stored-key', accountId: stored.id, keyId })
    const proved = async () => handlers['keys.prove']({ accountId: stored.id, id: keyId, target: account.id })
    expect(await codeRejected(signedIn())).toBe('server-unconfirmed')
    expect(await codeRejected(proved())).toBe('server-unconfirmed')
    expect([callsAt(fixture, server), fixture.opened.cache.releases(stored.id)]).toEqual([sent, []])
    fixture.approver.confirms = 'yes'
    await signedIn()
    await proved()
    expect(fixture.approver.servers).toEqual([asked, asked, asked, asked])
    const named = { event: 'release', name: 'imported', detail: 'https://keys.example · app-1' }
    expect(lines(fixture, 10).filter((line) => JSON.stringify(line) === JSON.stringify(named))).toHaveLength(2)
  })

  it('is verified at its own server, which the journal names', async () => {
    const { fixture, account, key } = await remoteVaultWithKey()
    await handlersOf(fixture)['keys.verify']({ accountId: account.id, id: key.id })
    expect(lines(fixture, 1)).toEqual([{ event: 'release', name: 'ci', detail: 'https://keys.example · app-1' }])
  })
})

describe('what is typed for an account', () => {
  it('is written down with its server before it is sent, also a value that the server then refuses', async () => {
    const { fixture, account, key } = await remoteVaultWithKey()
    const handlers = handlersOf(fixture)
    expect(await codeRejected(Promise.resolve(handlers['keys.addValue']({ accountId: account.id, id: key.id, value: 'anything' })))).toBe(
      'value-refused',
    )
    expect(lines(fixture, 1)).toEqual([{ event: 'sent', name: 'ci', detail: 'https://keys.example · app-1' }])
  })

  it('to link an anonymous account is written down with its server', async () => {
    const fixture = await openVaultFixture()
    const anonymous = await signIn(fixture.opened, server, { method: 'anonymous' })
    await link(fixture.opened, anonymous.id, email, password)
    expect(lines(fixture, 2)).toEqual(Array(2).fill({ event: 'sent', name: null, detail: 'https://keys.example · app-1' }))
  })

  it('goes unmentioned where the server is the one in this process', async () => {
    const fixture = await openVaultFixture()
    const local = await openLocal(fixture.opened)
    const { key } = await newKey(fixture, local)
    const before = fixture.opened.cache.lines({ limit: 100 }).length
    await codeRejected(Promise.resolve(handlersOf(fixture)['keys.addValue']({ accountId: local.id, id: key.id, value: 'anything' })))
    expect(fixture.opened.cache.lines({ limit: 100 })).toHaveLength(before)
  })
})
