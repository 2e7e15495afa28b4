import { describe, expect, it } from 'vitest'
import { Verification } from '../../../main/ipc/verification.ts'
import { signIn } from '../../../main/vault/accounts/sign-in.ts'
import { listKeys } from '../../../main/vault/keys/list-keys.ts'
import { openLocal } from '../../../main/vault/accounts/local-account.ts'
import { Gate } from '../vault/fixtures/gate.ts'
import { newKey, remoteVault, server } from '../vault/fixtures/vault.ts'
import { handlersOf } from './main-window.ts'

/** A vault fixture with three keys, whose server answers the second login only when the gate is opened. */
async function verifying() {
  const found = await remoteVault()
  const { fixture, account } = found
  for (const name of ['one', 'two', 'three']) await newKey(fixture, account, name)
  const gate = new Gate()
  let logins = 0
  fixture.remote.before = (call) => (call === 'tryValue' && (logins += 1) === 2 ? gate.pass() : undefined)
  const told: string[] = []
  const verification = new Verification(({ done, total }) => told.push(`${done} of ${total}`))
  const verdicts = () => listKeys(fixture.opened, account.id).keys.map(({ verified }) => verified?.verdict ?? null)
  return { ...found, gate, told, verification, verdicts, logins: () => logins }
}

describe('verifying every key', () => {
  it('tells how far it is', async () => {
    const { fixture, account, gate, told, verification, verdicts } = await verifying()
    gate.open()
    await verification.run(fixture.opened, account.id)
    expect(told).toEqual(['0 of 3', '1 of 3', '2 of 3', '3 of 3'])
    expect(verdicts()).toEqual(['works', 'works', 'works'])
  })

  it('asked for twice at once, runs once', async () => {
    const { fixture, account, gate, verification, logins } = await verifying()
    const runs = [verification.run(fixture.opened, account.id), verification.run(fixture.opened, account.id)]
    gate.open()
    await Promise.all(runs)
    expect(logins()).toBe(3)
  })

  it('is stopped after the key under way, and can be asked for anew', async () => {
    const { fixture, account, gate, verification, verdicts } = await verifying()
    const run = verification.run(fixture.opened, account.id)
    await gate.reached
    verification.stop()
    gate.open()
    await run
    expect(verdicts()).toEqual(['works', 'works', null])
    await verification.run(fixture.opened, account.id)
    expect(verdicts()).toEqual(['works', 'works', 'works'])
  })

  // The reopened vault was once told `locked`, the end of the run before.
  it('of a vault that was locked meanwhile is another run than that of the vault opened since', async () => {
    const { fixture, account, gate, verification, verdicts } = await verifying()
    const before = verification.run(fixture.opened, account.id).catch((error: Error) => error.message)
    await gate.reached
    fixture.vault.lock()
    await fixture.vault.open()
    const run = verification.run(fixture.opened, account.id)
    gate.open()
    expect(await before).toBe('locked')
    await run
    expect(verdicts()).toEqual(['works', 'works', 'works'])
  })

  // What went wrong: it answered with the keys of the account that was current by then.
  it('answers with the keys of the account that it was asked for', async () => {
    const { fixture, account, gate } = await verifying()
    const answer = handlersOf(fixture)['keys.verifyAll']({ accountId: account.id })
    await gate.reached
    await openLocal(fixture.opened)
    gate.open()
    expect(await answer).toMatchObject({ accountId: account.id, keys: [{ name: 'one' }, { name: 'two' }, { name: 'three' }] })
    expect(fixture.opened.cache.current()).not.toBe(account.id)
  })

  it('of another account takes the place of the one under way', async () => {
    const { fixture, account, gate, verification, verdicts } = await verifying()
    const token = fixture.remote.issueToken(account.userId)
    const other = await signIn(fixture.opened, server, { method: 'custom-token', token })
    const run = verification.run(fixture.opened, account.id)
    await gate.reached
    await verification.run(fixture.opened, other.id)
    gate.open()
    await run
    expect(verdicts()).toEqual(['works', 'works', null])
  })
})
