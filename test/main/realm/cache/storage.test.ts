import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SdkKeyServers } from '../../../../main/realm/server/key-servers.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { filesBelow } from '../../../files.ts'
import { found } from '../fixtures/canaries.ts'
import { json, keyValue, newToken, ScriptedServer } from '../fixtures/scripted-server.ts'
import {
  byEmail,
  expectRefusal,
  limits,
  newAccount,
  newId,
  password,
  place,
  refusalOf,
  signedIn,
  storedToken,
} from '../fixtures/session.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

function metadataFile(folder: string, id: string): string {
  return join(folder, 'mongodb-realm', `latchkey-${id}`, 'server-utility', 'metadata', 'sync_metadata.realm')
}

describe("the SDK's metadata file, which is never encrypted", () => {
  it('contains stand-ins and never a usable token, password or key value, from sign-in to sign-out', async () => {
    const { keys, folder, server, id } = await signedIn()
    const secrets = (): string[] => [...server.issued, password.expose(), keyValue]
    expect(readFileSync(metadataFile(folder, id), 'latin1')).toContain('.placeholder')
    expect(found(folder, secrets())).toEqual([])
    await keys.create('deploy')
    await keys.fetchAll()
    await keys.link('ada@example.test', password)
    expect(found(folder, secrets())).toEqual([])
    await keys.signOut()
    expect(server.issued).toHaveLength(4)
    expect(found(folder, secrets())).toEqual([])
  })

  it('would reveal the canaries if it contained them', async () => {
    const { folder, server } = await signedIn()
    const [access = ''] = server.issued
    writeFileSync(join(folder, 'leak'), `x${access.split('.')[2]}x`)
    expect(found(folder, server.issued)).toEqual([access.split('.')[2]])
    const [, payload = ''] = access.split('.')
    writeFileSync(join(folder, 'leak'), Buffer.from(payload, 'base64url'))
    expect(found(folder, server.issued)).toHaveLength(1)
  })

  it('contains no key value of a sign-in with a key, and no custom token', async () => {
    const { keys, folder } = await newAccount()
    await keys.signIn({ method: 'api-key', value: new Secret(keyValue) })
    await keys.signOut()
    const token = newToken()
    await keys.signIn({ method: 'custom-token', token: new Secret(token) })
    expect(found(folder, [keyValue, token])).toEqual([])
  })

  it('is in the profile’s folder, whatever the working directory is', async () => {
    const before = process.cwd()
    const { folder, id, keys } = await signedIn()
    expect(process.cwd()).toBe(before)
    expect(existsSync(metadataFile(folder, id))).toBe(true)
    expect(existsSync(join(before, 'mongodb-realm'))).toBe(false)
    process.chdir(temporaryFolder())
    try {
      expect(await keys.fetchAll()).toHaveLength(1)
      expect(readdirSync('.')).toEqual([])
    } finally {
      process.chdir(before)
    }
  })

  it('is in a private folder', async () => {
    const folder = join(temporaryFolder(), 'sdk')
    await signedIn({ folder })
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('is not created before the first call', async () => {
    const { folder } = await newAccount()
    expect(readdirSync(folder)).toEqual([])
  })

  it.each([
    ['noise', Buffer.alloc(8192, 'noise')],
    ['nothing', Buffer.alloc(0)],
    ['half a header', Buffer.from('\0\0\0\0\0\0\0\0T-DB', 'latin1')],
  ])('of %s counts as an ended session: no crash, and signing in works', async (_, bytes) => {
    const { keys, folder, id, server } = await newAccount()
    mkdirSync(join(metadataFile(folder, id), '..'), { recursive: true })
    writeFileSync(metadataFile(folder, id), bytes)
    await expectRefusal(keys.fetchAll(), 'session-ended')
    expect(server.received).toEqual([])
    await keys.signIn(byEmail)
    expect(await keys.fetchAll()).toHaveLength(1)
  })

  // After its file was lost, the SDK forgot the session, and a sign-out reported `revoked` although the server was never told.
  it('that is lost leaves a token in the keychain, with which a sign-out still ends the session on the server', async () => {
    const first = await signedIn()
    const token = storedToken(first.keychain, first.id)
    const id = newId()
    first.keychain.items.set(`session/${id}`, token ?? '')
    const keys = first.servers.of({ id, server: { url: first.server.url, appId: 'app-1' } })
    first.server.received.length = 0
    await keys.signOut()
    expect(first.server.received).toMatchObject([{ method: 'DELETE', path: '/api/client/v2.0/auth/session', bearer: token }])
    expect(storedToken(first.keychain, id)).toBeNull()
  })
})

describe('a folder that cannot be used', () => {
  // A file in a folder's place: unlike a mode, it also stops the superuser.
  it.each([
    ['itself', (folder: string) => writeFileSync(folder, '')],
    [
      "where the SDK's own folder would be",
      (folder: string) => {
        mkdirSync(folder)
        writeFileSync(join(folder, 'mongodb-realm'), '')
      },
    ],
  ])('%s is refused without naming its path, and the working directory is restored', async (_, spoil) => {
    const folder = join(temporaryFolder(), 'sdk')
    spoil(folder)
    const before = process.cwd()
    const { keys, server } = await newAccount({ folder })
    const refusal = await refusalOf(keys.signIn(byEmail))
    expect(refusal.code).toBe('profile-unusable')
    expect(`${refusal.message}${refusal.stack}`).not.toContain(folder)
    expect(server.received).toEqual([])
    expect(process.cwd()).toBe(before)
  })
})

describe('SDK apps, which the SDK keeps by id for the lifetime of the process', () => {
  it('do not collide if two servers have an app of the same id', async () => {
    const { keys: here, server: first, servers } = await signedIn()
    const second = await ScriptedServer.start()
    second.on('GET /auth/api_keys', json(200, []))
    const there = servers.of({ id: newId(), server: { url: second.url, appId: 'app-1' } })
    await there.signIn(byEmail)
    expect(await there.fetchAll()).toEqual([])
    expect(await here.fetchAll()).toHaveLength(1)
    expect(first.asked.filter((asked) => asked === 'GET /auth/api_keys')).toHaveLength(1)
    expect(first.received.some(({ bearer }) => bearer !== null && second.issued.includes(bearer))).toBe(false)
  })

  it('do not collide if one user has two accounts, of which one signs out', async () => {
    const { keys: byPassword, server, servers } = await signedIn()
    const byKey = servers.of({ id: newId(), server: { url: server.url, appId: 'app-1' } })
    await byKey.signIn({ method: 'api-key', value: new Secret(keyValue) })
    await byKey.signOut()
    expect(await byPassword.fetchAll()).toHaveLength(1)
    const again = servers.of({ id: newId(), server: { url: server.url, appId: 'app-1' } })
    await again.signIn({ method: 'api-key', value: new Secret(keyValue) })
    await byPassword.signOut()
    await expectRefusal(byPassword.fetchAll(), 'session-ended')
    expect(await again.fetchAll()).toHaveLength(1)
  })

  it('are one for each account', async () => {
    const { servers, id, keys, server } = await newAccount()
    expect(servers.of({ id, server: { url: server.url, appId: 'app-1' } })).toBe(keys)
  })

  it('of failed sign-ins leave no files after `retain`', async () => {
    const kept = await signedIn()
    const failed = newId()
    const { servers, folder } = place({ folder: kept.folder, keychain: kept.keychain })
    mkdirSync(join(folder, 'mongodb-realm', `latchkey-${failed}`, 'server-utility'), { recursive: true })
    mkdirSync(join(folder, 'mongodb-realm', 'not-ours'))
    servers.retain([kept.id])
    expect(readdirSync(join(folder, 'mongodb-realm')).sort()).toEqual([`latchkey-${kept.id}`, 'not-ours'])
    place().servers.retain([])
  })
})

describe('the location that the SDK saves for ever', () => {
  it('is never requested from the server', async () => {
    const { server } = await signedIn()
    expect(server.asked.filter((asked) => asked.includes('location'))).toEqual([])
  })

  it('stays valid when the server moves', async () => {
    const { keychain, folder, server, id } = await signedIn()
    await server.stop()
    const moved = await ScriptedServer.start()
    const servers = new SdkKeyServers({
      folder,
      keychain,
      network: fetch,
      embedded: { appId: 'x', reach: fetch },
      limits,
    })
    expect(await servers.of({ id, server: { url: moved.url, appId: 'app-2' } }).fetchAll()).toHaveLength(1)
    expect(moved.received).toMatchObject([{ path: '/api/client/v2.0/auth/api_keys', bearer: server.issued[1] }])
  })

  it('contains no real host in any file', async () => {
    const { folder, server } = await signedIn()
    const port = new URL(server.url).port
    expect(filesBelow(folder).filter((path) => readFileSync(path, 'latin1').includes(`127.0.0.1:${port}`))).toEqual([])
  })
})
