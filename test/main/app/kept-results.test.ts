import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Backups } from '../../../main/transfer/backup/backups.ts'
import { embeddedBackend } from '../../../main/storage/embedded-backend.ts'
import { minCost } from '../../../main/keychain/passphrase/derivation.ts'
import { callKeytar } from '../../../main/keychain/native-calls.ts'
import { signOut } from '../../../main/vault/accounts/sign-in.ts'
import { MovableKeychain } from '../../../main/vault/keychain/migrate-items.ts'
import type { Keychain } from '../../../main/vault/ports/keychain.ts'
import { RootKey } from '../../../main/vault/session/root-key.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { takeSnapshot } from '../../../main/vault/backup/snapshot.ts'
import { paired, sent, session } from '../../clients/shared/secure-session/parties.ts'
import { areCollected, isCollected } from '../../shared/collected.ts'
import { Browsing, place } from '../agent/browser/browsing.ts'
import { guardedOver, makeVault, passphrase } from '../keychain/passphrase/passphrase-vaults.ts'
import { kinds } from '../ports/key-server-kinds.ts'
import { signedIn } from '../ports/key-server-user.ts'
import { MemoryDisk } from '../fakes/cache.ts'
import { MemoryKeychain } from '../fakes/keychain.ts'
import { fullVault, otherComputer } from '../vault/fixtures/full-vault.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

async function read(keychain: Keychain): Promise<Secret> {
  const found = await keychain.read('item')
  if (found.outcome !== 'ok') throw new Error(found.outcome)
  return found.secret
}

/** What a keychain gives from now on, held by nothing here. */
function given(keychain: MemoryKeychain): WeakRef<object>[] {
  const seen: WeakRef<object>[] = []
  const inner = keychain.read.bind(keychain)
  keychain.read = async (...asked) => {
    const found = await inner(...asked)
    if (found.outcome === 'ok') seen.push(new WeakRef(found.secret))
    return found
  }
  return seen
}

/** What root keys are given to seal meanwhile, held by nothing here. */
async function sealedBy(work: () => Promise<unknown>): Promise<WeakRef<object>[]> {
  const seen: WeakRef<object>[] = []
  const { seal } = RootKey.prototype
  RootKey.prototype.seal = function (value, binding) {
    seen.push(new WeakRef(value))
    return seal.call(this, value, binding)
  }
  await work().finally(() => (RootKey.prototype.seal = seal))
  return seen
}

it('the values of a backup do not stay in the open vault until the next operation', async () => {
  const { fixture } = await fullVault()
  const take = async (): Promise<object> => (await takeSnapshot(fixture.opened, async () => null)).snapshot.secrets
  expect(await isCollected(take)).toBe(true)
  expect(fixture.opened.isOpen()).toBe(true)
})

it('a value that was read does not stay in the keychain that items can move out of', async () => {
  const inner = new MemoryKeychain()
  inner.items.set('item', 'a value')
  const keychain = new MovableKeychain(inner)
  expect(await isCollected(() => read(keychain))).toBe(true)
  expect((await read(keychain)).expose()).toBe('a value')
})

it('a value that was read does not stay in the passphrase vault', async () => {
  const keychain = await makeVault()
  await keychain.write('item', new Secret('a value'))
  expect(await isCollected(() => read(keychain))).toBe(true)
  expect((await read(keychain)).expose()).toBe('a value')
})

it('a value that was read does not stay in the queue of keychain calls', async () => {
  const call = async (): Promise<object> => {
    const called = await callKeytar(async () => new Secret('a value'), 1_000)
    if (called.outcome !== 'ok') throw new Error(called.outcome)
    return called.value
  }
  expect(await isCollected(call)).toBe(true)
})

it('a message that was opened does not stay in the session', async () => {
  const { extension, app } = await session(await paired())
  const frame = await sent(app, { value: 'a value' })
  expect(await isCollected(async () => (await extension.open(frame)) as object)).toBe(true)
  expect(await extension.open(await sent(app, 'next'))).toBe('next')
})

it('the values of a backup stay nowhere once it was made, nor once it was restored', async () => {
  const { fixture, local } = await fullVault()
  await signOut(fixture.opened, local.id, true) // whose server is another process's in this test
  const folder = temporaryFolder('latchkey-kept-')
  const backups = new Backups({
    ...{
      embedded: embeddedBackend(join(folder, 'backend')),
      embeddedIn: embeddedBackend,
      verifyFolder: join(folder, 'verify-backup'),
      cost: minCost,
    },
    openTemporaryCache: () => new MemoryDisk().open(new Uint8Array(64)),
    preferences: { get: () => ({}), restore: () => {} },
  })
  const path = join(folder, 'backup')
  const seen = given(fixture.keychain)
  await backups.make(fixture.opened, path, passphrase, () => {})
  expect(await areCollected(seen)).toBe(true)
  const other = await otherComputer(fixture)
  const resealed = sealedBy(() => backups.restore(other.opened, path, passphrase))
  expect(await areCollected(await resealed)).toBe(true)
  expect(fixture.opened.isOpen() && other.opened.isOpen()).toBe(true)
})

it('a value that was filled stays neither in the session with the browser nor in one that has ended', async () => {
  const app = await Browsing.begin()
  app.allowSite()
  const keys = await app.paired()
  const line = app.connect()
  await line.extension.open(keys)
  const seen = given(app.fixture.keychain)
  const fill = async (): Promise<unknown> => {
    const { keys: offers } = await line.extension.call('offers', { place })
    return line.extension.call('fill', { place, ref: offers[0]?.ref ?? '' })
  }
  expect(await fill()).toEqual({ value: app.value })
  expect(await areCollected(seen)).toBe(true)
  expect(line.ended()).toBeNull()
  seen.length = 0
  await fill()
  line.session.end()
  expect(await areCollected(seen)).toBe(true)
})

it.each(kinds)(
  'a value that was tried by a login does not stay in $kind',
  async ({ open }) => {
    const around = await open()
    const { server, userId } = await signedIn(around)
    const tried = async (): Promise<object> => {
      const { key, value } = await server.create('ci')
      expect(await around.tryValue(server, value)).toEqual({ userId, keyId: key.id })
      return value
    }
    expect(await isCollected(tried)).toBe(true)
    await around.close()
  },
  120_000,
)

it('values that were moved stay in neither keychain, nor in what moved them', async () => {
  const [from, to] = [new MemoryKeychain(), new MemoryKeychain()]
  for (const item of ['root', 'one', 'two']) from.items.set(item, `the value of ${item}`)
  const seen = [given(from), given(to)]
  const keychain = new MovableKeychain(from)
  expect(
    await keychain.move(
      to,
      () => ['root', 'one', 'two'],
      () => {},
    ),
  ).toEqual([])
  expect(await areCollected(seen.flat())).toBe(true)
  expect(to.items.get('one')).toBe('the value of one')
  expect(await keychain.read('one')).toMatchObject({ outcome: 'ok' })
})

it('a value that was read does not stay in the keychain under a passphrase, whether sealed or opened', async () => {
  const inner = new MemoryKeychain()
  const keychain = await guardedOver(inner)
  await keychain.write('item', new Secret('a value'))
  const seen = given(inner)
  expect(await isCollected(() => read(keychain))).toBe(true)
  expect(await areCollected(seen)).toBe(true)
  expect((await read(keychain)).expose()).toBe('a value')
})
