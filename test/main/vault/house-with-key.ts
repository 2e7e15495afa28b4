import { newKey, type House, remoteHouse } from './house.ts'
import { listKeys, type KeyListing, refreshKeys } from '../../../main/vault/listing.ts'
import type { Account } from '../../../main/vault/account.ts'
import type { KeySummary } from '../../../main/vault/key.ts'
import type { KeyServer } from '../../../main/vault/ports/key-servers.ts'
import { unreachable } from '../twins/key-servers.ts'
import type { Call } from '../twins/service.ts'

export const offline = (house: House): void => void (house.remote.before = unreachable())
export const online = (house: House): void => void (house.remote.before = () => undefined)

/** The requests for changes that the server has had. */
export const changes = (house: House): Call[] =>
  house.remote.calls.filter((call) => ['enable', 'disable', 'delete', 'create'].includes(call))

/** The other computer is not offline. */
export async function elsewhereOnline(house: House, act: () => Promise<unknown>): Promise<void> {
  online(house)
  await act()
}

/** A house with one key, its list confirmed by the server. */
export async function houseWithKey(): Promise<{
  house: House
  account: Account
  elsewhere: KeyServer
  key: KeySummary
  value: string
  list: () => KeyListing
}> {
  const found = await remoteHouse()
  const { house, account } = found
  const { key, value } = await newKey(house, account)
  await refreshKeys(house.opened, account.id)
  return { ...found, key, value, list: () => listKeys(house.opened, account.id) }
}
