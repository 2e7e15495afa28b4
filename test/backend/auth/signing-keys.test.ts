import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, test } from 'vitest'
import { openBackend } from '../../../backend/backend.ts'
import { appUrl, Client, clientUrl, openTestBackend } from '../opened.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { createOlderStore } from '../store/older-store.ts'

const appId = 'app-1'
const minute = 60 * 1000
const day = 24 * 60 * minute

type PublicKey = JsonWebKey & { readonly kid: string }

async function publicKeys(client: Client): Promise<PublicKey[]> {
  return ((await client.send('GET', 'http://backend.test/.well-known/jwks.json')).body as { keys: PublicKey[] }).keys
}

/** The id of the key that a token says it was signed with. */
function signerOf(token: string): unknown {
  return (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: unknown }).kid
}

async function profileStatus(client: Client, token: string): Promise<number> {
  return (await client.send('GET', `${clientUrl}/auth/profile`, { token })).status
}

describe('the keys that sign tokens', () => {
  // Regression: they were in the store unencrypted, so a copy or backup of it allowed anybody to sign tokens for every user.
  test('are in no copy of the store, but in a file of their own that only the owner can read', async () => {
    const dataDir = temporaryFolder()
    const client = await openTestBackend({ dataDir })
    await client.newUser()
    const file = join(dataDir, 'signing-keys.json')
    const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys: { privateKey: string }[] }
    expect(keys).toHaveLength(1)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const bytes = Buffer.from(keys[0]?.privateKey ?? '', 'base64')
    const copy = await client.backend.copy()
    await client.backend.close()
    for (const store of [copy, readFileSync(join(dataDir, 'backend.sqlite'))]) {
      expect(store.includes(bytes.subarray(-32))).toBe(false)
      expect(store.includes(keys[0]?.privateKey ?? '')).toBe(false)
    }
  })

  test('that an older version left in the store are removed from it', async () => {
    const dataDir = temporaryFolder()
    const path = await createOlderStore(dataDir, '0010-first')
    const signingKey = 'MC4CAQAwBQYDK2VwBCIEIOld-key-of-an-older-version'
    const old = new Database(path)
    old.prepare('insert into instance (id, domain_id, signing_key, created_at) values (1, ?, ?, 0)').run(['0'.repeat(24), signingKey])
    old.close()
    expect(readFileSync(path).includes(signingKey)).toBe(true)
    await (await openBackend({ dataDir, appId })).close()
    const now = new Database(path, { readonly: true })
    expect(now.prepare("select name from pragma_table_info('instance')").all([])).not.toContainEqual({ name: 'signing_key' })
    now.close()
    expect(readFileSync(path).includes(signingKey)).toBe(false)
  })

  test('stay in memory if requested, and sessions go on after a restart with new ones', async () => {
    const dataDir = temporaryFolder()
    const first = await openBackend({ dataDir, appId, signingKeys: 'memory' })
    const session = await new Client(first).newUser()
    await first.close()
    expect(existsSync(join(dataDir, 'signing-keys.json'))).toBe(false)
    const client = await openTestBackend({ dataDir, signingKeys: 'memory' })
    expect(await profileStatus(client, session.access_token)).toBe(401)
    const refreshed = await client.send('POST', `${clientUrl}/auth/session`, { token: session.refresh_token })
    expect(await profileStatus(client, (refreshed.body as { access_token: string }).access_token)).toBe(200)
  })

  test('are rotated after 30 days: the next one is published an hour before it signs, and the one before until its last token has expired', async () => {
    let now = Date.parse('2030-01-01T00:00:00Z')
    const client = await openTestBackend({ clock: () => new Date(now) })
    const session = await client.newUser()
    const [first] = await publicKeys(client)
    const refresh = async (): Promise<string> => {
      const answered = await client.send('POST', `${clientUrl}/auth/session`, { token: session.refresh_token })
      return (answered.body as { access_token: string }).access_token
    }
    expect(signerOf(session.access_token)).toBe(first?.kid)
    now += 30 * day
    await refresh()
    await expect.poll(() => publicKeys(client)).toHaveLength(2)
    const [second, before] = await publicKeys(client)
    expect(before).toEqual(first)
    now += 59 * minute
    const signedBefore = await refresh()
    expect(signerOf(signedBefore)).toBe(first?.kid)
    now += minute
    const signedAfter = await refresh()
    expect(signerOf(signedAfter)).toBe(second?.kid)
    expect(await publicKeys(client)).toEqual([second, first])
    now += 28 * minute
    expect([await profileStatus(client, signedBefore), await profileStatus(client, signedAfter)]).toEqual([200, 200])
    now += 61 * minute
    await refresh()
    await expect.poll(() => publicKeys(client)).toEqual([second])
  })

  test('may be cached for five minutes, and nothing else may', async () => {
    const client = await openTestBackend()
    const cacheControl = async (url: string) => (await client.send('GET', url)).headers.get('cache-control')
    expect(await cacheControl('http://backend.test/.well-known/jwks.json')).toBe('public, max-age=300')
    expect(await cacheControl(`${appUrl}/location`)).toBe('no-store')
    expect(await cacheControl('http://backend.test/.well-known/other.json')).toBe('no-store')
  })

  test.each([
    ['invalid JSON', 'x'],
    ['no keys', '{"keys":[]}'],
    ['a malformed key', `{"keys":[{"createdAt":1,"privateKey":"${'!'.repeat(64)}"}]}`],
  ])('in a file that contains %s are refused with a sentence, and the file stays', async (_, text) => {
    const dataDir = temporaryFolder()
    await (await openBackend({ dataDir, appId })).close()
    const file = join(dataDir, 'signing-keys.json')
    writeFileSync(file, text)
    await expect(openBackend({ dataDir, appId })).rejects.toMatchObject({
      code: 'signing-keys-unusable',
      message: expect.stringMatching(/move it away/),
    })
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  test('are not read through a link', async () => {
    const dataDir = temporaryFolder()
    const elsewhere = join(temporaryFolder(), 'keys.json')
    await (await openBackend({ dataDir: join(dataDir, 'one'), appId })).close()
    writeFileSync(elsewhere, readFileSync(join(dataDir, 'one', 'signing-keys.json')))
    await (await openBackend({ dataDir: join(dataDir, 'two'), appId, signingKeys: 'memory' })).close()
    symlinkSync(elsewhere, join(dataDir, 'two', 'signing-keys.json'))
    await expect(openBackend({ dataDir: join(dataDir, 'two'), appId })).rejects.toMatchObject({ code: 'signing-keys-unusable' })
  })
})

describe('a copy of the store', () => {
  // Regression: a backup on a full disk was refused as `internal`.
  test('reports a full disk, and leaves no partial copy', () => {
    const program = ['--import', 'tsx', join(import.meta.dirname, 'full-disk.ts'), temporaryFolder()]
    const said = execFileSync('unshare', ['--user', '--map-root-user', '--mount', '--', process.execPath, ...program], { encoding: 'utf8' })
    expect(said).toBe('disk-full disk-full 0\n')
  })
})
