import { mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { minCost } from '../../../../main/keychain/passphrase/derivation.ts'
import { PassphraseKeychain } from '../../../../main/keychain/passphrase/passphrase-keychain.ts'
import { Profile } from '../../../../main/settings/profile.ts'
import { migrateItems } from '../../../../main/vault/keychain/migrate-items.ts'
import type { Keychain } from '../../../../main/vault/ports/keychain.ts'
import { MemoryKeychain } from '../../fakes/keychain.ts'
import { passphrase } from './passphrase-vaults.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

const all = { root: 'the root key', 'session/a': 'a token', 'value/a/1': 'one' }

let folder: string
beforeEach(() => void (folder = temporaryFolder('latchkey-move-')))

/** What outlives a process: the OS keychain and the profile folder. */
class Computer {
  readonly folder = mkdtempSync(join(folder, 'profile-'))
  readonly os = new MemoryKeychain()
  readonly path = join(this.folder, 'passphrase-vault')

  constructor() {
    for (const [name, text] of Object.entries(all)) this.os.items.set(name, text)
  }

  get place() {
    return { path: this.path, profileId: new Profile(this.folder).id, passphrase }
  }

  /** Does what the app does. @param watched wraps the file's keychain, for a test to intervene */
  async usePassphrase(watched = (keychain: Keychain): Keychain => keychain): Promise<string[]> {
    const profile = new Profile(this.folder)
    PassphraseKeychain.setAside(this.path)
    const made = await PassphraseKeychain.make({ ...this.place, cost: minCost })
    return migrateItems(this.os, watched(made), Object.keys(all), () => (profile.keychain = 'passphrase'))
  }

  async useOs(): Promise<boolean> {
    const profile = new Profile(this.folder)
    const from = await PassphraseKeychain.unlock(this.place)
    await migrateItems(from, this.os, Object.keys(all), () => (profile.keychain = 'os'))
    return from.discard()
  }

  /** What a new process finds in the keychain that the profile names. */
  async found(): Promise<Record<string, string>> {
    const isOs = new Profile(this.folder).keychain === 'os'
    this.os.failing = () => null
    const keychain = isOs ? this.os : await PassphraseKeychain.unlock(this.place)
    const found: Record<string, string> = {}
    for (const name of Object.keys(all)) {
      const read = await keychain.read(name)
      if (read.outcome === 'ok') found[name] = read.secret.expose()
    }
    return found
  }
}

describe('a move into a passphrase vault', () => {
  it('moves everything from the OS keychain into the file; moving back removes the file', async () => {
    const computer = new Computer()
    expect(await computer.usePassphrase()).toEqual([])
    expect([new Profile(computer.folder).keychain, computer.os.items.size]).toEqual(['passphrase', 0])
    expect(await computer.found()).toEqual(all)
    expect(await computer.useOs()).toBe(true)
    expect([new Profile(computer.folder).keychain, Object.fromEntries(computer.os.items)]).toEqual(['os', all])
    expect(readdirSync(computer.folder)).toEqual(['profile.json'])
  })

  it('keeps every item if it is killed at any call, and the next try completes it', async () => {
    let number = 0
    const named = new Set<string>()
    for (; ; number += 1) {
      const computer = new Computer()
      if (!(await killedAt(computer, number))) break
      named.add(new Profile(computer.folder).keychain)
      expect(await computer.found(), `killed at call ${number}`).toEqual(all)
      if (new Profile(computer.folder).keychain === 'passphrase') continue
      expect(await computer.usePassphrase()).toEqual([])
      expect(await computer.found()).toEqual(all)
      expect(readdirSync(computer.folder).filter((name) => name.includes('.set-aside-'))).toHaveLength(1)
    }
    expect([number, [...named]]).toEqual([1 + 6 * Object.keys(all).length, ['os', 'passphrase']])
  })
})

/** Ends the process before its call of this number, counted over both keychains. @returns false if there was no such call */
async function killedAt(computer: Computer, number: number): Promise<boolean> {
  let calls = 0
  return new Promise((resolve, reject) => {
    const next = (): Promise<null> => {
      if (calls++ !== number) return Promise.resolve(null)
      resolve(true)
      return new Promise(() => {})
    }
    computer.os.failing = next
    const watched = (keychain: Keychain): Keychain => ({
      read: (item) => next().then(() => keychain.read(item)),
      write: (item, secret) => next().then(() => keychain.write(item, secret)),
      remove: (item) => next().then(() => keychain.remove(item)),
    })
    computer.usePassphrase(watched).then(() => resolve(false), reject)
  })
}
