import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { OsWithPassphrase } from '../../../main/keychain/os-with-passphrase.ts'
import { minCost } from '../../../main/keychain/passphrase/derivation.ts'
import { Profile } from '../../../main/settings/profile.ts'
import { migrateItems } from '../../../main/vault/keychain/migrate-items.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { MemoryKeychain } from '../fakes/keychain.ts'
import { passphrase } from './passphrase/passphrase-vaults.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const all = { root: 'the root key', 'session/a': 'a token', 'value/a/1': 'one' }
const names = Object.keys(all)
const next = new Secret('another long enough passphrase')

let folder: string
beforeEach(() => void (folder = temporaryFolder('latchkey-guarded-')))

/** What outlives a process: the OS keychain and the profile folder. */
class Computer {
  readonly folder = mkdtempSync(join(folder, 'profile-'))
  readonly os = new MemoryKeychain()

  constructor() {
    for (const [name, text] of Object.entries(all)) this.os.items.set(name, text)
  }

  get place() {
    return { path: join(this.folder, 'passphrase-guard'), profileId: new Profile(this.folder).id, inner: this.os }
  }

  /** Does what the app does. */
  async guard(): Promise<void> {
    const profile = new Profile(this.folder)
    if (profile.keychain !== 'os') return
    const made = await OsWithPassphrase.make({ ...this.place, passphrase, cost: minCost })
    made.save()
    await migrateItems(this.os, made, names, () => (profile.keychain = 'guarded'))
  }

  async change(): Promise<void> {
    const from = await OsWithPassphrase.unlock({ ...this.place, passphrase })
    const renewed = await from.renewed(next, minCost)
    await migrateItems(from, renewed, names, () => renewed.save())
  }

  async useOs(): Promise<void> {
    const profile = new Profile(this.folder)
    const from = await OsWithPassphrase.unlock({ ...this.place, passphrase })
    await migrateItems(from, this.os, names, () => (profile.keychain = 'os'))
    await from.discard()
  }

  /** What a new process finds in the keychain that the profile names, with the passphrase that opens it. */
  async found(): Promise<Record<string, string>> {
    this.os.failing = () => null
    const isOs = new Profile(this.folder).keychain === 'os'
    const open = (by: Secret): Promise<OsWithPassphrase> => OsWithPassphrase.unlock({ ...this.place, passphrase: by })
    const keychain = isOs ? this.os : await open(passphrase).catch(() => open(next))
    const found: Record<string, string> = {}
    for (const name of names) {
      const read = await keychain.read(name)
      if (read.outcome === 'ok') found[name] = read.secret.expose()
    }
    return found
  }
}

describe('a passphrase on top of the keychain', () => {
  it.each(['guard', 'change', 'useOs'] as const)(
    'keeps every item when a %s is killed at any call, and the next try completes it',
    async (step) => {
      let number = 0
      for (; ; number += 1) {
        const computer = new Computer()
        if (step !== 'guard') await computer.guard()
        if (!(await killedAt(computer, number, step))) break
        expect(await computer.found(), `killed at call ${number}`).toEqual(all)
        await computer[step]().catch(() => undefined) // after the commit, nothing is left to do
        expect(await computer.found(), `tried again after call ${number}`).toEqual(all)
      }
      expect(number).toBeGreaterThan(4 * names.length)
    },
  )

  it('leaves no unsealed item in the OS keychain, and moving back leaves no sealed one', async () => {
    const computer = new Computer()
    await computer.guard()
    expect([...computer.os.items.keys()].sort()).toEqual(names.map((name) => `guarded-a/${name}`).sort())
    await computer.change()
    expect([...computer.os.items.keys()].sort()).toEqual(names.map((name) => `guarded-b/${name}`).sort())
    const back = new Computer()
    await back.guard()
    await back.useOs()
    expect(Object.fromEntries(back.os.items)).toEqual(all)
  })
})

/** Ends the process before its call of this number. @returns false if there was no such call */
function killedAt(computer: Computer, number: number, step: 'guard' | 'change' | 'useOs'): Promise<boolean> {
  let calls = 0
  return new Promise((resolve, reject) => {
    computer.os.failing = () => {
      if (calls++ !== number) return null
      resolve(true)
      return new Promise(() => {})
    }
    computer[step]().then(() => resolve(false), reject)
  })
}
