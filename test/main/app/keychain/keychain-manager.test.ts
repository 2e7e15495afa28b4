import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { OsKeychain } from '../../../../main/keychain/os-keychain.ts'
import { KeychainManager } from '../../../../main/app/keychain/keychain-manager.ts'
import { Profile } from '../../../../main/settings/profile.ts'
import { signIn } from '../../../../main/vault/accounts/sign-in.ts'
import { createKey } from '../../../../main/vault/keys/create-key.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { openLocal } from '../../../../main/vault/accounts/local-account.ts'
import { refreshKeys } from '../../../../main/vault/keys/list-keys.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { release } from '../../../../main/vault/release/release.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { unreachable } from '../../fakes/key-servers.ts'
import { Gate } from '../../vault/fixtures/gate.ts'
import { byEmail, email, VaultFixture, password, server } from '../../vault/fixtures/vault.ts'
import { codeRejected } from '../../vault/fixtures/refused.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

const passphrase = new Secret('a long enough passphrase')

/** On the session's real keyring and in a real profile folder; servers and cache are fakes. */
describe('the keychain in use', () => {
  let profile: Profile
  let keychains: KeychainManager
  let fixture: VaultFixture
  beforeEach(async () => {
    profile = new Profile(temporaryFolder('latchkey-keychains-'))
    fixture = new VaultFixture()
    await start()
  })
  afterEach(async () => {
    const os = new OsKeychain({ profile: profile.id })
    for (const name of names()) for (const prefix of ['', 'guarded-a/', 'guarded-b/']) await os.remove(`${prefix}${name}`)
  })

  /** The program is started, and knows what was kept. */
  async function start(): Promise<void> {
    // The process before it has ended. What its journal would note half a second later must not come in the middle of a later move.
    if (fixture.vault.closed === null) void fixture.opened.anchor?.flush()
    keychains = new KeychainManager(profile, () => fixture.disk.exists)
    fixture.vault = fixture.newVault({
      get keychain() {
        return keychains.open()
      },
      rootCheck: { get: () => profile.rootCheck, set: (check) => (profile.rootCheck = check) },
    })
    await fixture.vault.open()
  }

  function names(): string[] {
    const { accounts, keys } = fixture.disk.records
    const ofAccounts = [...accounts.keys()].flatMap((id) => [items.account(id), items.session(id)])
    const values = [...keys.values()].map(({ accountId, id }) => items.value(accountId, id))
    return [items.root, items.canary, items.local, items.accounts, ...ofAccounts, ...values]
  }

  /** @param prefix of the names, as a passphrase on top of the keychain has one */
  async function inSystem(prefix = ''): Promise<string[]> {
    const os = new OsKeychain({ profile: profile.id })
    const found: string[] = []
    for (const name of names()) if ((await os.read(`${prefix}${name}`)).outcome === 'ok') found.push(name)
    return found
  }

  async function reopen(by = passphrase): Promise<void> {
    await start()
    expect(fixture.vault.closed).toBe('passphrase-needed')
    await keychains.unlock(by)
    await fixture.vault.open()
  }

  async function newLocalKey(): Promise<{ accountId: string; id: string; value: string }> {
    const { id: accountId } = await openLocal(fixture.opened)
    const { id } = await createKey(fixture.opened, accountId, 'ci')
    await refreshKeys(fixture.opened, accountId)
    return { accountId, id, value: (await release(fixture.opened, accountId, id, { purpose: 'copy' })).expose() }
  }

  it('moves into a file and back, with everything', async () => {
    const { accountId, id, value } = await newLocalKey()
    const all = await inSystem()
    await keychains.moves.usePassphrase(passphrase, fixture.opened)
    expect([profile.keychain, await inSystem()]).toEqual(['passphrase', []])
    await start()
    expect(fixture.vault.closed).toBe('passphrase-needed')
    expect(await codeRejected(keychains.unlock(new Secret('not the passphrase')))).toBe('passphrase-wrong')
    await keychains.unlock(passphrase)
    await fixture.vault.open()
    expect((await release(fixture.opened, accountId, id, { purpose: 'copy' })).expose()).toBe(value)
    // A second move at once, as from a window that was made anew, once began where the first had ended, and removed what it had put there.
    await Promise.all([keychains.moves.useOs(fixture.opened), keychains.moves.useOs(fixture.opened)])
    expect([profile.keychain, await inSystem()]).toEqual(['os', all])
    expect(readdirSync(profile.folder)).toEqual(['profile.json'])
    await start()
    expect((await release(fixture.opened, accountId, id, { purpose: 'copy' })).expose()).toBe(value)
  })

  it('asks for a passphrase beside the keyring, and no longer, with everything', async () => {
    const { accountId, id, value } = await newLocalKey()
    const all = await inSystem()
    await keychains.moves.addPassphrase(passphrase, fixture.opened)
    expect([profile.keychain, await inSystem(), await inSystem('guarded-a/')]).toEqual(['guarded', [], all])
    expect((await release(fixture.opened, accountId, id, { purpose: 'copy' })).expose()).toBe(value)
    await reopen()
    expect((await release(fixture.opened, accountId, id, { purpose: 'copy' })).expose()).toBe(value)
    await keychains.moves.useOs(fixture.opened)
    expect([profile.keychain, await inSystem(), await inSystem('guarded-a/')]).toEqual(['os', all, []])
    expect(readdirSync(profile.folder)).toEqual(['profile.json'])
    await start()
    expect((await release(fixture.opened, accountId, id, { purpose: 'copy' })).expose()).toBe(value)
  })

  it.each(['usePassphrase', 'addPassphrase'] as const)(
    'takes another passphrase for the one of %s, and then opens by that alone',
    async (kind) => {
      const { accountId, id, value } = await newLocalKey()
      await keychains.moves[kind](passphrase, fixture.opened)
      const other = new Secret('another long enough passphrase')
      expect(await codeRejected(keychains.moves.changePassphrase(new Secret('not the passphrase'), other, fixture.opened))).toBe(
        'passphrase-wrong',
      )
      expect(await codeRejected(keychains.moves.changePassphrase(passphrase, new Secret('short'), fixture.opened))).toBe('passphrase-weak')
      await keychains.moves.changePassphrase(passphrase, other, fixture.opened)
      expect((await release(fixture.opened, accountId, id, { purpose: 'copy' })).expose()).toBe(value)
      await start()
      expect(await codeRejected(keychains.unlock(passphrase))).toBe('passphrase-wrong')
      await reopen(other)
      expect((await release(fixture.opened, accountId, id, { purpose: 'copy' })).expose()).toBe(value)
      expect([await inSystem(), await inSystem('guarded-a/')]).toEqual([[], []])
    },
  )

  it('is slow to take passphrases after three wrong ones, also to prove one while it is open, and tells how many there were', async () => {
    await newLocalKey()
    await keychains.moves.addPassphrase(passphrase, fixture.opened)
    for (let number = 0; number < 3; number += 1)
      expect(await codeRejected(keychains.provePassphrase(new Secret('not the passphrase')))).toBe('passphrase-wrong')
    expect(await codeRejected(keychains.provePassphrase(passphrase))).toBe('passphrase-wait')
    await start()
    expect(await codeRejected(keychains.unlock(passphrase))).toBe('passphrase-wait')
    const until = keychains.attempts.nextTryAt ?? 0
    expect(until - Date.now()).toBeLessThanOrEqual(1000)
    await vi.waitFor(() => expect(keychains.attempts.nextTryAt).toBe(null), 3000)
    await reopen()
    expect([keychains.attempts.consumeWrongAttempts(), keychains.attempts.consumeWrongAttempts(), keychains.attempts.nextTryAt]).toEqual([
      3,
      0,
      null,
    ])
  })

  // Locked while the file's key was made, the profile once changed over to the file, and everything stayed in the keyring.
  it.each(['usePassphrase', 'addPassphrase'] as const)('stays as it is when the vault is locked during %s', async (kind) => {
    await newLocalKey()
    const all = await inSystem()
    const moving = codeRejected(keychains.moves[kind](passphrase, fixture.opened))
    await new Promise(setImmediate)
    keychains.lock(fixture.vault.lock())
    expect(await moving).toBe('locked')
    expect([profile.keychain, await inSystem()]).toEqual(['os', all])
    await start()
    expect([fixture.vault.closed, fixture.opened.readOnly]).toEqual([null, null])
  })

  // While a new value was on its way into the keyring, the profile once named an empty file, and everything stayed in the keyring.
  it.each([
    ['usePassphrase', 'server'],
    ['usePassphrase', 'keyring'],
    ['addPassphrase', 'server'],
    ['addPassphrase', 'keyring'],
  ] as const)('stays as it is when the vault is locked during %s, with a creation under way at the %s', async (kind, place) => {
    const { accountId } = await newLocalKey()
    const gate = new Gate()
    const writes = OsKeychain.prototype.write
    if (place === 'server') fixture.service.before = (call) => (call === 'create' ? gate.pass() : undefined)
    else {
      vi.spyOn(OsKeychain.prototype, 'write').mockImplementationOnce(async function (this: OsKeychain, item, secret) {
        await gate.pass()
        return writes.call(this, item, secret)
      })
    }
    const creating = createKey(fixture.opened, accountId, 'under-way')
    await gate.reached
    const moving = codeRejected(keychains.moves[kind](passphrase, fixture.opened))
    keychains.lock(fixture.vault.lock())
    gate.open()
    const { id } = await creating
    expect(await moving).toBe('locked')
    expect(profile.keychain).toBe('os')
    await start()
    expect([fixture.vault.closed, fixture.opened.readOnly]).toEqual([null, null])
    expect((await release(fixture.opened, accountId, id, { purpose: 'copy' })).expose()).toMatch(/^.{64}$/)
  })

  // The profile would name another keychain from then on, whose key was in memory past the lock.
  it.each(['usePassphrase', 'addPassphrase'] as const)(
    'stays as it is when the vault is locked while %s copies its items',
    async (kind) => {
      await newLocalKey()
      const [all, reads] = [await inSystem(), OsKeychain.prototype.read]
      let isLocked = false
      vi.spyOn(OsKeychain.prototype, 'read').mockImplementation(function (this: OsKeychain, item, prompt) {
        if (item === items.root && !isLocked) keychains.lock(fixture.vault.lock())
        isLocked ||= item === items.root
        return reads.call(this, item, prompt)
      })
      expect(await codeRejected(keychains.moves[kind](passphrase, fixture.opened))).toBe('locked')
      expect([isLocked, profile.keychain, await inSystem()]).toEqual([true, 'os', all])
      await start()
      expect([fixture.vault.closed, fixture.opened.readOnly]).toEqual([null, null])
    },
  )

  it('stays under its passphrase when the way back waits for a creation and the vault is locked meanwhile', async () => {
    const { accountId } = await newLocalKey()
    await keychains.moves.addPassphrase(passphrase, fixture.opened)
    const gate = new Gate()
    fixture.service.before = (call) => (call === 'create' ? gate.pass() : undefined)
    const creating = createKey(fixture.opened, accountId, 'under-way')
    await gate.reached
    const moving = codeRejected(keychains.moves.useOs(fixture.opened))
    await new Promise(setImmediate)
    keychains.lock(fixture.vault.lock())
    gate.open()
    await creating
    expect([await moving, profile.keychain, await inSystem()]).toEqual(['locked', 'guarded', []])
    await reopen()
    expect(fixture.opened.readOnly).toBe(null)
  })

  // A lock while the change waited in the queue, and another opening: the change would have moved the one vault's items by the other's list.
  it('is not changed for a vault that was locked and opened again while the change waited', async () => {
    await newLocalKey()
    const [before, first] = [fixture.opened, codeRejected(keychains.provePassphrase(passphrase))]
    const moving = codeRejected(keychains.moves.usePassphrase(passphrase, before))
    keychains.lock(fixture.vault.lock())
    await fixture.vault.open()
    expect([await first, await moving, profile.keychain]).toEqual(['input-invalid', 'locked', 'os'])
  })

  // A keyring that was emptied while the vault was open: the profile once named an empty file, with the root key in memory alone.
  it.each(['usePassphrase', 'addPassphrase'] as const)('is not left by %s while it does not have the root key', async (kind) => {
    await newLocalKey()
    await new OsKeychain({ profile: profile.id }).remove(items.root)
    expect(await codeRejected(keychains.moves[kind](passphrase, fixture.opened))).toBe('keychain-reset')
    expect(profile.keychain).toBe('os')
  })

  it.each(['os', 'usePassphrase', 'addPassphrase'] as const)('takes values as long as it says that it takes: %s', async (kind) => {
    const { accountId, id } = await newLocalKey()
    if (kind !== 'os') await keychains.moves[kind](passphrase, fixture.opened)
    const value = new Secret('x'.repeat(keychains.maxValueBytes))
    expect(await fixture.opened.keychain.write(items.value(accountId, id), value)).toEqual({ outcome: 'ok' })
    expect(keychains.maxValueBytes).toBeGreaterThanOrEqual(process.platform === 'win32' ? 1892 : 16_384)
  })

  // The values of a list that was never fetched were once left in the keychain that was left.
  it('is not left while nobody knows which values it holds', async () => {
    fixture.remote.register(email, password)
    const { id: accountId } = await signIn(fixture.opened, server, byEmail)
    fixture.remote.before = unreachable('fetchAll')
    expect(await codeRejected(keychains.moves.usePassphrase(passphrase, fixture.opened))).toBe('server-unreachable')
    expect([profile.keychain, (await inSystem()).includes(items.account(accountId))]).toEqual(['os', true])
  })

  it('is not left behind for a new file while it holds a vault that cannot be opened', async () => {
    await newLocalKey()
    fixture.vault.lock()
    expect(await codeRejected(keychains.moves.usePassphrase(passphrase, null))).toBe('keychain-unavailable')
    expect([profile.keychain, readdirSync(profile.folder)]).toEqual(['os', ['profile.json']])
  })

  // A lock asked for while the passphrase was tried was once undone by it.
  it('stays locked when that was asked for while the passphrase was tried', async () => {
    await newLocalKey()
    await keychains.moves.usePassphrase(passphrase, fixture.opened)
    await start()
    const unlocking = codeRejected(keychains.unlock(passphrase))
    await new Promise(setImmediate)
    keychains.lock(Promise.resolve())
    expect(await unlocking).toBe('locked')
    await fixture.vault.open()
    expect(fixture.vault.closed).toBe('passphrase-needed')
  })

  // Where the keyring stayed shut or the disk was full, what the passphrase had unlocked once stayed in memory, and any text was taken
  // for the passphrase hours later.
  it.each(['usePassphrase', 'addPassphrase'] as const)(
    'forgets the passphrase of %s where it was right and the vault stays closed all the same',
    async (kind) => {
      await newLocalKey()
      await keychains.moves[kind](passphrase, fixture.opened)
      await start()
      const opensFile = vi.spyOn(fixture.disk, 'open').mockImplementation(() => {
        throw new Refusal('disk-full')
      })
      await keychains.unlock(passphrase)
      await keychains.runOpening(fixture.vault, () => fixture.vault.open())
      expect(fixture.vault.closed).toBe('disk-full')
      opensFile.mockRestore()
      await keychains.runOpening(fixture.vault, () => fixture.vault.open())
      expect(fixture.vault.closed).toBe('passphrase-needed')
      expect(await codeRejected(keychains.unlock(new Secret('not the passphrase')))).toBe('passphrase-wrong')
      await keychains.unlock(passphrase)
      await keychains.runOpening(fixture.vault, () => fixture.vault.open())
      expect(fixture.vault.closed).toBe(null)
    },
  )

  // Both once left every value in clear in the keyring for good: nobody looked for them again.
  it.each(['usePassphrase', 'addPassphrase'] as const)(
    'takes out of the keyring at the next opening what a %s that was killed left there',
    async (kind) => {
      await newLocalKey()
      const all = await inSystem()
      const removes = vi.spyOn(OsKeychain.prototype, 'remove').mockReturnValue(new Promise(() => {}))
      void keychains.moves[kind](passphrase, fixture.opened)
      await vi.waitFor(() => expect(profile.keychain).not.toBe('os'), 10_000)
      removes.mockRestore()
      expect(await inSystem()).toEqual(all)
      profile = new Profile(profile.folder)
      await reopen()
      await keychains.removeLeftBehind(fixture.opened)
      expect([await inSystem(), readdirSync(profile.folder).filter((name) => name.startsWith('left'))]).toEqual([[], []])
      expect(await keychains.examine(fixture.opened)).toMatchObject({ findings: ['fine'] })
    },
  )

  it.each(['usePassphrase', 'addPassphrase'] as const)(
    'tells what a keyring that is shut keeps after a %s, until it lets go of it',
    async (kind) => {
      await newLocalKey()
      const all = await inSystem()
      const removes = vi
        .spyOn(OsKeychain.prototype, 'remove')
        .mockImplementation((item) => Promise.resolve({ outcome: names().includes(item) ? 'locked' : 'ok' }))
      await keychains.moves[kind](passphrase, fixture.opened)
      await keychains.removeLeftBehind(fixture.opened)
      expect([keychains.leftBehind, await inSystem()]).toEqual([true, all])
      for (const opened of [fixture.opened, null]) expect(await keychains.examine(opened)).toMatchObject({ findings: ['left-behind'] })
      removes.mockRestore()
      await keychains.removeLeftBehind(fixture.opened)
      expect([keychains.leftBehind, await inSystem()]).toEqual([false, []])
      expect(await keychains.examine(fixture.opened)).toMatchObject({ findings: ['fine'] })
    },
  )

  it('takes no other text for the passphrase while what that unlocked is being opened', async () => {
    await newLocalKey()
    await keychains.moves.addPassphrase(passphrase, fixture.opened)
    await start()
    await keychains.unlock(passphrase)
    expect(await codeRejected(keychains.unlock(new Secret('not the passphrase')))).toBe('passphrase-wrong')
  })
})
