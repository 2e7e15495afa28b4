import { describe, expect, it } from 'vitest'
import { calls } from '../../../preload/contract.ts'
import { signIn } from '../../../main/vault/accounts/sign-in.ts'
import { email, password, remoteVaultWithKey, type VaultFixture } from '../vault/fixtures/vault.ts'
import { codeRejected } from '../vault/fixtures/refused.ts'
import { handlersOf } from './main-window.ts'

const other = { url: 'https://other.example', appId: 'app-2' }

/** A person before the keys of one account, whose sign-in to another server ends before what they then do arrives in main. */
async function withSignInEnding() {
  const { fixture, account, key } = await remoteVaultWithKey()
  fixture.servers.service(other).register(email, password)
  const second = await signIn(fixture.opened, other, { method: 'email', email, password })
  expect(fixture.opened.cache.current()).toBe(second.id)
  return { fixture, account, second, key, handlers: handlersOf(fixture) }
}

function names(fixture: VaultFixture, accountId: string): string[] {
  return fixture.opened.cache.keys(accountId).map(({ name }) => name)
}

// What went wrong: main acted on the account that was current by then, and made the key on the other server.
describe('a call that acts on keys', () => {
  it('makes a key in the account that it names, and not on the server of a sign-in that ended meanwhile', async () => {
    const { fixture, account, second, handlers } = await withSignInEnding()
    await handlers['keys.create']({ accountId: account.id, name: 'deploy' })
    expect([names(fixture, account.id), names(fixture, second.id)]).toEqual([['ci', 'deploy'], []])
    expect(fixture.servers.service(other).calls).not.toContain('create')
  })

  it('leaves a change for later to the account that it names, and answers with its list', async () => {
    const { fixture, account, second, handlers } = await withSignInEnding()
    const list = await handlers['keys.createLater']({ accountId: account.id, name: 'later' })
    expect(list).toMatchObject({ accountId: account.id, waiting: [{ name: 'later' }] })
    expect([fixture.opened.cache.intents(account.id).length, fixture.opened.cache.intents(second.id).length]).toEqual([1, 0])
    const id = list.waiting[0]?.id ?? ''
    expect(await handlers['keys.cancel']({ accountId: account.id, id })).toMatchObject({ accountId: account.id, waiting: [] })
  })

  it('brings a value to the server of the account that it names', async () => {
    const { fixture, account, key, handlers } = await withSignInEnding()
    await codeRejected(Promise.resolve(handlers['keys.addValue']({ accountId: account.id, id: key.id, value: 'typed' })))
    expect(fixture.remote.calls.at(-1)).toBe('tryValue')
    expect(fixture.servers.service(other).calls).not.toContain('tryValue')
  })

  it('is refused for an account that was forgotten meanwhile', async () => {
    const { account, handlers } = await withSignInEnding()
    await handlers['accounts.signOut']({ id: account.id, forgetValues: true })
    expect(await codeRejected(Promise.resolve(handlers['keys.create']({ accountId: account.id, name: 'deploy' })))).toBe(
      'account-not-found',
    )
  })

  const ofNoAccount = ['keys.list', 'keys.listAll', 'keys.sync', 'keys.forServer', 'keys.parseSite', 'keys.stopVerifying']
  it.each(Object.keys(calls).filter((name) => name.startsWith('keys.') && !ofNoAccount.includes(name)))('names its account: %s', (name) => {
    const { input } = calls[name as 'keys.create']
    const shapes = 'options' in input ? (input.options as (typeof input)[]) : [input]
    for (const { entries } of shapes) expect(Object.keys(entries)).toContain('accountId')
  })
})
