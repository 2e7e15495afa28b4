import { describe, expect, it } from 'vitest'
import { signIn } from '../../../../main/vault/accounts/sign-in.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { requireAllValuesKnown } from '../../../../main/vault/keychain/migrate-items.ts'
import { guardedVault } from '../../keychain/passphrase/passphrase-vaults.ts'
import { byEmail, email, type VaultFixture, openVaultFixture, password, server } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

/** Like the real adapter, stores a session's token in the keychain before the sign-in is answered. */
function keepTokens(fixture: VaultFixture): void {
  const of = fixture.servers.of.bind(fixture.servers)
  fixture.servers.of = (account) => {
    const asked = of(account)
    const [begin, end] = [asked.signIn.bind(asked), asked.signOut.bind(asked)]
    asked.signIn = async (credentials) => {
      const answer = await begin(credentials)
      fixture.keychain.items.set(items.session(account.id), 'refresh-token')
      return answer
    }
    asked.signOut = async () => {
      fixture.keychain.items.delete(items.session(account.id))
      await end()
    }
    return asked
  }
}

function tokens(fixture: VaultFixture): string[] {
  return [...fixture.keychain.items.keys()].filter((name) => name.startsWith('session/'))
}

async function registered(): Promise<VaultFixture> {
  const fixture = await openVaultFixture()
  fixture.remote.register(email, password)
  keepTokens(fixture)
  return fixture
}

describe('a sign-in that is interrupted by a crash before its account is on disk', () => {
  // Its token used to stay in the keychain, under an id that no list had.
  it('leaves no token: the next opening ends its session and removes it', async () => {
    const fixture = await registered()
    // The directory entry is about to be written: the process ends here.
    fixture.keychain.failing = (call, item) => (call === 'write' && item.startsWith('account/') ? new Promise(() => undefined) : null)
    void signIn(fixture.opened, server, byEmail)
    await expect.poll(() => tokens(fixture)).toHaveLength(1)
    fixture.keychain.failing = () => null
    await fixture.restartAndResume()
    expect([tokens(fixture), fixture.keychain.items.has(items.signIns), fixture.opened.cache.accounts()]).toEqual([[], false, []])
    expect(fixture.remote.calls.at(-1)).toBe('signOut')
  })
})

describe('a completed sign-in', () => {
  it('leaves its token with its account, and nothing on the list', async () => {
    const fixture = await registered()
    const account = await signIn(fixture.opened, server, byEmail)
    const local = await openLocal(fixture.opened)
    expect(fixture.keychain.items.has(items.signIns)).toBe(false)
    await fixture.restartAndResume()
    expect(tokens(fixture).sort()).toEqual([items.session(account.id), items.session(local.id)].sort())
  })

  it('is not ended by an opening that resumes while it is in progress', async () => {
    const fixture = await registered()
    let go = (): void => undefined
    const reached = new Promise<void>((arrived) => {
      fixture.remote.after = async (call) => {
        if (call !== 'signIn') return
        arrived()
        await new Promise<void>((resolve) => (go = resolve))
      }
    })
    const signedIn = signIn(fixture.opened, server, byEmail)
    await reached
    await fixture.vault.resume()
    go()
    const account = await signedIn
    expect(tokens(fixture)).toEqual([items.session(account.id)])
  })
})

// Nobody could sign in any more, and the vault could not be moved out from under its passphrase.
describe('a list of sign-ins in progress that another program changed, under a passphrase', () => {
  it('prevents neither a sign-in nor resuming the vault', async () => {
    const { fixture, keychain } = await guardedVault()
    fixture.remote.register(email, password)
    fixture.keychain.items.set(keychain.nameOf(items.signIns), 'what another program put there')
    await fixture.vault.resume()
    await requireAllValuesKnown(fixture.opened)
    const { id } = await signIn(fixture.opened, server, byEmail)
    expect(fixture.opened.cache.accounts()).toMatchObject([{ id, signedIn: true }])
    expect(fixture.keychain.items.has(keychain.nameOf(items.signIns))).toBe(false)
  })
})

describe('a sign-in whose account could not be written to a full disk', () => {
  // Its entry used to stay in the keychain's directory, and a rebuilt cache had the account.
  it('leaves nothing of the account in the keychain', async () => {
    const fixture = await registered()
    const before = [...fixture.keychain.items.keys()].sort()
    fixture.keychain.failing = (call, item) => {
      if (call === 'write' && item === items.accounts) fixture.disk.full = true
      return null
    }
    expect(await codeRejected(signIn(fixture.opened, server, byEmail))).toBe('disk-full')
    expect([...fixture.keychain.items.keys()].filter((item) => item !== items.journalHead).sort()).toEqual(
      before.filter((item) => item !== items.journalHead),
    )
  })
})
