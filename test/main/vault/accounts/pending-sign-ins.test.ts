import { describe, expect, it } from 'vitest'
import { signIn } from '../../../../main/vault/accounts/sign-in.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { requireAllValuesKnown } from '../../../../main/vault/keychain/migrate-items.ts'
import { guardedOver } from '../../keychain/passphrase/passphrase-vaults.ts'
import { byEmail, email, House, openHouse, password, server } from '../fixtures/vault.ts'
import { codeRejected } from '../fixtures/refused.ts'

/** The real adapter puts a session's token into the keychain before the sign-in is answered. */
function keepTokens(house: House): void {
  const of = house.servers.of.bind(house.servers)
  house.servers.of = (account) => {
    const asked = of(account)
    const [begin, end] = [asked.signIn.bind(asked), asked.signOut.bind(asked)]
    asked.signIn = async (credentials) => {
      const answer = await begin(credentials)
      house.keychain.items.set(items.session(account.id), 'refresh-token')
      return answer
    }
    asked.signOut = async () => {
      house.keychain.items.delete(items.session(account.id))
      await end()
    }
    return asked
  }
}

function tokens(house: House): string[] {
  return [...house.keychain.items.keys()].filter((name) => name.startsWith('session/'))
}

async function registered(): Promise<House> {
  const house = await openHouse()
  house.remote.register(email, password)
  keepTokens(house)
  return house
}

describe('a sign-in that a crash ends before its account is on record', () => {
  // What went wrong: its token stayed in the keychain, under an id that no list had.
  it('leaves no token: the next opening ends its session and removes it', async () => {
    const house = await registered()
    // The account is about to be filed: the process ends here.
    house.keychain.failing = (call, item) => (call === 'write' && item.startsWith('account/') ? new Promise(() => undefined) : null)
    void signIn(house.opened, server, byEmail)
    await expect.poll(() => tokens(house)).toHaveLength(1)
    house.keychain.failing = () => null
    await house.restart()
    await house.vault.resume()
    expect([tokens(house), house.keychain.items.has(items.signIns), house.opened.cache.accounts()]).toEqual([[], false, []])
    expect(house.remote.calls.at(-1)).toBe('signOut')
  })
})

describe('a sign-in that ends as it should', () => {
  it('leaves its token with its account, and nothing on the list', async () => {
    const house = await registered()
    const account = await signIn(house.opened, server, byEmail)
    const local = await openLocal(house.opened)
    expect(house.keychain.items.has(items.signIns)).toBe(false)
    await house.restart()
    await house.vault.resume()
    expect(tokens(house).sort()).toEqual([items.session(account.id), items.session(local.id)].sort())
  })

  it('is not ended by what an opening takes up while it is under way', async () => {
    const house = await registered()
    let go = (): void => undefined
    const reached = new Promise<void>((arrived) => {
      house.remote.after = async (call) => {
        if (call !== 'signIn') return
        arrived()
        await new Promise<void>((resolve) => (go = resolve))
      }
    })
    const signedIn = signIn(house.opened, server, byEmail)
    await reached
    await house.vault.resume()
    go()
    const account = await signedIn
    expect(tokens(house)).toEqual([items.session(account.id)])
  })
})

// Nobody could sign in any more, and the vault could not be moved out from under its passphrase.
describe('a list of the sign-ins under way that another program changed, under a passphrase', () => {
  it('keeps nobody from signing in, and a resumed vault goes on', async () => {
    const house = new House()
    const keychain = await guardedOver(house.keychain)
    house.vault = house.newVault({ keychain })
    await house.vault.open()
    house.remote.register(email, password)
    house.keychain.items.set(keychain.nameOf(items.signIns), 'what another program put there')
    await house.vault.resume()
    await requireAllValuesKnown(house.opened)
    const { id } = await signIn(house.opened, server, byEmail)
    expect(house.opened.cache.accounts()).toMatchObject([{ id, signedIn: true }])
    expect(house.keychain.items.has(keychain.nameOf(items.signIns))).toBe(false)
  })
})

describe('a sign-in whose account the full disk did not take', () => {
  // What went wrong: its entry stayed in the keychain's list of accounts, and a cache made anew from that had the account.
  it('leaves nothing of the account in the keychain', async () => {
    const house = await registered()
    const before = [...house.keychain.items.keys()].sort()
    house.keychain.failing = (call, item) => {
      if (call === 'write' && item === items.accounts) house.disk.full = true
      return null
    }
    expect(await codeRejected(signIn(house.opened, server, byEmail))).toBe('disk-full')
    expect([...house.keychain.items.keys()].filter((item) => item !== items.journalHead).sort()).toEqual(
      before.filter((item) => item !== items.journalHead),
    )
  })
})
