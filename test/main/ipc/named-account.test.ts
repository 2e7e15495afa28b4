import { describe, expect, it } from 'vitest'
import { calls } from '../../../preload/contract.ts'
import { signIn } from '../../../main/vault/accounts/sign-in.ts'
import { email, type House, newKey, password, remoteHouse } from '../vault/fixtures/vault.ts'
import { codeRejected } from '../vault/fixtures/refused.ts'
import { handlersOf } from './main-window.ts'

const other = { url: 'https://other.example', appId: 'app-2' }

/** A person before the keys of one account, whose sign-in to another server ends before what they then do arrives in main. */
async function withSignInEnding() {
  const { house, account } = await remoteHouse()
  const { key } = await newKey(house, account)
  house.servers.service(other).register(email, password)
  const second = await signIn(house.opened, other, { method: 'email', email, password })
  expect(house.opened.cache.current()).toBe(second.id)
  return { house, account, second, key, handlers: handlersOf(house) }
}

function names(house: House, accountId: string): string[] {
  return house.opened.cache.keys(accountId).map(({ name }) => name)
}

// What went wrong: main acted on the account that was current by then, and made the key on the other server.
describe('a call that acts on keys', () => {
  it('makes a key in the account that it names, and not on the server of a sign-in that ended meanwhile', async () => {
    const { house, account, second, handlers } = await withSignInEnding()
    await handlers['keys.create']({ accountId: account.id, name: 'deploy' })
    expect([names(house, account.id), names(house, second.id)]).toEqual([['ci', 'deploy'], []])
    expect(house.servers.service(other).calls).not.toContain('create')
  })

  it('leaves a change for later to the account that it names, and answers with its list', async () => {
    const { house, account, second, handlers } = await withSignInEnding()
    const list = await handlers['keys.createLater']({ accountId: account.id, name: 'later' })
    expect(list).toMatchObject({ accountId: account.id, waiting: [{ name: 'later' }] })
    expect([house.opened.cache.intents(account.id).length, house.opened.cache.intents(second.id).length]).toEqual([1, 0])
    const id = list.waiting[0]?.id ?? ''
    expect(await handlers['keys.cancel']({ accountId: account.id, id })).toMatchObject({ accountId: account.id, waiting: [] })
  })

  it('brings a value to the server of the account that it names', async () => {
    const { house, account, key, handlers } = await withSignInEnding()
    await codeRejected(Promise.resolve(handlers['keys.addValue']({ accountId: account.id, id: key.id, value: 'typed' })))
    expect(house.remote.calls.at(-1)).toBe('tryValue')
    expect(house.servers.service(other).calls).not.toContain('tryValue')
  })

  it('is refused for an account that was forgotten meanwhile', async () => {
    const { account, handlers } = await withSignInEnding()
    await handlers['accounts.signOut']({ id: account.id, forgetValues: true })
    expect(await codeRejected(Promise.resolve(handlers['keys.create']({ accountId: account.id, name: 'deploy' })))).toBe(
      'account-not-found',
    )
  })

  const ofNoAccount = ['keys.list', 'keys.sync', 'keys.forServer', 'keys.siteOf', 'keys.stopVerifying']
  it.each(Object.keys(calls).filter((name) => name.startsWith('keys.') && !ofNoAccount.includes(name)))('names its account: %s', (name) => {
    const { input } = calls[name as 'keys.create']
    const shapes = 'options' in input ? (input.options as (typeof input)[]) : [input]
    for (const { entries } of shapes) expect(Object.keys(entries)).toContain('accountId')
  })
})
