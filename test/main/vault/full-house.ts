import { signIn } from '../../../main/vault/accounts.ts'
import type { Account } from '../../../main/vault/account.ts'
import { createLater } from '../../../main/vault/intents.ts'
import { refreshKeys } from '../../../main/vault/listing.ts'
import { openLocal } from '../../../main/vault/local.ts'
import { setAccountLabel } from '../../../main/vault/mark-account.ts'
import { addPairing } from '../../../main/vault/pairings.ts'
import { release } from '../../../main/vault/release.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { addSite } from '../../../main/vault/sites.ts'
import { storeValues } from '../../../main/vault/stored-values.ts'
import { byEmail, House, newKey, password, email, server } from './house.ts'

/** A house with something of everything: three kinds of account, values in each state, sites, approvals, a browser, what waits, a journal. */
export async function fullHouse(): Promise<{ house: House; local: Account; remote: Account; stored: Account; pairing: string }> {
  const house = new House()
  await house.vault.open()
  house.remote.register(email, password)
  const remote = await signIn(house.opened, server, byEmail)
  const local = await openLocal(house.opened)
  await setAccountLabel(house.opened, remote.id, { label: 'Work', colour: 'blue' })
  await newKey(house, local, 'mine')
  const { key } = await newKey(house, remote, 'ci')
  const elsewhere = house.servers.of({ id: 'elsewhere', server })
  await elsewhere.signIn(byEmail)
  await elsewhere.create('theirs')
  const gone = await newKey(house, remote, 'gone')
  await elsewhere.delete(gone.key.id)
  await refreshKeys(house.opened, remote.id)
  await refreshKeys(house.opened, local.id)
  addSite(house.opened, remote.id, key.id, 'https://console.example.com', true)
  house.approver.answer = 'always'
  const pairing = addPairing(house.opened, { browser: '/usr/bin/chromium', theirKey: 'BTheirs', ourKey: new Secret('our-private-key') })
  const requester = { kind: 'site', origin: 'https://console.example.com', browser: pairing.browser, pairing: pairing.id } as const
  await release(house.opened, remote.id, key.id, { purpose: 'fill', requester })
  const program = {
    ...({ kind: 'program', program: '/usr/bin/node', folder: '/home/ada', terminal: '/dev/pts/1', session: 's' } as const),
    process: { pid: 4711, startedAt: house.now - 1000, startedBy: '/usr/bin/xterm' },
  }
  house.approver.answer = 'once'
  await release(house.opened, remote.id, key.id, { purpose: 'run', requester: program })
  const stored = await storeValues(house.opened, [{ name: 'STRIPE', value: new Secret('sk_live_0123456789abcdef') }])
  await createLater(house.opened, remote.id, 'next')
  return { house, local, remote, stored, pairing: pairing.id }
}

/** An empty vault on another computer, from which the same servers are reached; the one of its own, too, was brought along. */
export async function otherComputer(house: House): Promise<House> {
  const other = new House()
  other.now = house.now + 1000
  other.vault = other.newVault({ servers: house.servers })
  await other.vault.open()
  return other
}
