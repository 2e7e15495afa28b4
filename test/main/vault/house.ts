import type { Account, Credentials } from '../../../main/vault/account.ts'
import { signIn } from '../../../main/vault/accounts.ts'
import { createKey } from '../../../main/vault/creation.ts'
import { items } from '../../../main/vault/items.ts'
import type { KeyRecord, KeySummary } from '../../../main/vault/key.ts'
import { listKeys, refreshKeys } from '../../../main/vault/listing.ts'
import { openLocal } from '../../../main/vault/local.ts'
import type { UnlockedVault } from '../../../main/vault/opened.ts'
import type { KeyServer } from '../../../main/vault/ports/key-servers.ts'
import type { Preferences } from '../../../main/vault/ports/surroundings.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { type Parts, Vault } from '../../../main/vault/vault.ts'
import { registrableDomain } from '../../../main/outlets/public-suffixes.ts'
import { ScriptedApprover } from '../twins/approver.ts'
import { MemoryDisk } from '../twins/cache.ts'
import { MemoryKeychain } from '../twins/keychain.ts'
import { MemoryKeyServers } from '../twins/key-servers.ts'
import type { MemoryService } from '../twins/service.ts'

export const server = { url: 'https://keys.example', appId: 'app-1' }
export const email = 'ada@example.test'
export const password = new Secret('correct horse battery')
export const byEmail: Credentials = { method: 'email', email, password }

/** A vault whose surroundings are the twins: everything of a computer that outlives the vault's process. */
export class House {
  readonly keychain = new MemoryKeychain()
  readonly disk = new MemoryDisk()
  readonly servers = new MemoryKeyServers()
  readonly approver = new ScriptedApprover()
  readonly announced: string[] = []
  /** What the clock says, in milliseconds. */
  now = 1_700_000_000_000
  /** For how long the vault's process has run, in milliseconds. */
  elapsed = 0
  preferences: Partial<Preferences> = {}
  /** Whether this computer has a network. */
  online = true
  /** What stands in clear beside the cache. */
  check: string | null = null
  vault: Vault = this.newVault()

  newVault(parts: Partial<Parts> = {}): Vault {
    return new Vault(() => ({
      keychain: this.keychain,
      servers: this.servers,
      approver: this.approver,
      registrableDomain,
      preferences: () => ({ approvalMinutes: 15, trashDays: 30, ...this.preferences }),
      clock: () => this.now,
      elapsed: () => this.elapsed,
      online: () => this.online,
      rootCheck: { get: () => this.check, set: (check) => (this.check = check) },
      cacheExists: () => this.disk.exists,
      openCache: (key) => this.disk.open(key),
      setCacheAside: () => this.disk.setAside(),
      openTemporaryCache: () => new MemoryDisk().open(new Uint8Array(64)),
      announce: (what) => this.announced.push(what),
      ...parts,
    }))
  }

  /** Latchkey runs for a while, with a clock that goes right. */
  run(milliseconds: number): void {
    this.now += milliseconds
    this.elapsed += milliseconds
  }

  get opened(): UnlockedVault {
    return this.vault.opened
  }

  /** The program is killed and started again: the new process knows what was kept, and nothing else. */
  async restart(): Promise<void> {
    this.elapsed = 0
    this.vault = this.newVault()
    await this.vault.open()
  }

  get service(): MemoryService {
    return this.servers.service(null)
  }

  /** The app at `server`. */
  get remote(): MemoryService {
    return this.servers.service(server)
  }
}

export async function openHouse(): Promise<House> {
  const house = new House()
  await house.vault.open()
  return house
}

/** A house with the vault on this computer made. */
export async function localHouse(): Promise<{ house: House; account: Account }> {
  const house = await openHouse()
  return { house, account: await openLocal(house.opened) }
}

/** A house whose person is signed in to the app at `server`, and the same user on another computer. */
export async function remoteHouse(): Promise<{ house: House; account: Account; elsewhere: KeyServer }> {
  const house = await openHouse()
  house.remote.register(email, password)
  const account = await signIn(house.opened, server, byEmail)
  const elsewhere = house.servers.of({ id: 'elsewhere', server })
  await elsewhere.signIn(byEmail)
  return { house, account, elsewhere }
}

/** The key's record as the cache has it, also when it is gone. */
export function recordOf(house: House, account: Account, id: string): KeyRecord | undefined {
  return house.opened.cache.keys(account.id).find((key) => key.id === id)
}

export function stateOf(house: House, account: Account, name: string): KeySummary | undefined {
  return listKeys(house.opened, account.id).keys.find((key) => key.name === name)
}

/** Makes a key; @returns it and the value that the keychain now holds */
export async function newKey(house: House, account: Account, name = 'ci'): Promise<{ key: KeySummary; value: string }> {
  const key = await createKey(house.opened, account.id, name)
  return { key, value: house.keychain.items.get(items.value(account.id, key.id)) ?? '' }
}

/** The server has none of the account's keys for a while, and then all of them again: it was restored from an old backup. */
export async function goneAndBack(house: House, account: Account, meanwhile: () => void): Promise<void> {
  const asked = house.servers.of(account)
  const everything = asked.fetchAll.bind(asked)
  asked.fetchAll = async () => []
  await refreshKeys(house.opened, account.id)
  meanwhile()
  asked.fetchAll = everything
  await refreshKeys(house.opened, account.id)
}

/** Leaves the keychain as an earlier version left it, which kept no index of the values of accounts that have a server. */
export function dropIndex({ keychain }: House): void {
  for (const item of keychain.items.keys()) if (item.startsWith('listed/')) keychain.items.delete(item)
}
