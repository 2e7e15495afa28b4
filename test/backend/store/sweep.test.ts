import { join } from 'node:path'
import { sql } from 'kysely'
import Database from 'libsql'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openBackend } from '../../../backend/backend.ts'
import { fingerprint } from '../../../backend/identifiers.ts'
import { deleteKey, setDisabled } from '../../../backend/store/api-keys.ts'
import { openDatabase, type OpenStore } from '../../../backend/store/database.ts'
import { endSessions } from '../../../backend/store/session-groups.ts'
import { sweep } from '../../../backend/store/sweep.ts'
import { Client, clientUrl, expectRefusal, openTestBackend, type Session } from '../opened.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { createOlderStore } from './older-store.ts'

const day = 24 * 60 * 60 * 1000
const begin = new Date('2030-01-01T00:00:00Z')
const later = new Date(begin.getTime() + 61 * day)
const never = new AbortController().signal

interface Owner {
  readonly dataDir: string
  readonly session: Session
  readonly keyId: string
  readonly keySession: Session
}

/** A closed store with a user, a key, and so many copies of the session that the key opened. */
async function storeWithSessions(copies: number): Promise<Owner> {
  const dataDir = temporaryFolder()
  const backend = await openBackend({ dataDir, appId: 'app-1', clock: () => begin })
  const client = new Client(backend)
  const session = await client.newUser()
  const { _id: keyId, key } = await client.createKey(session, 'k')
  const keySession = await client.login('api-key', { key })
  await backend.close()
  const database = new Database(join(dataDir, 'backend.sqlite'))
  database.exec(`insert into sessions (id, group_id, refresh_hash, provider, identity_id, device_id, created_at, expires_at)
    with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${copies})
    select printf('%024x', n), group_id, printf('%064x', n), provider, identity_id, device_id, sessions.created_at, expires_at
    from numbers, sessions where provider = 'api-key'`)
  database.close()
  return { dataDir, session, keyId, keySession }
}

async function opened(dataDir: string): Promise<OpenStore> {
  const database = await openDatabase(dataDir)
  onTestFinished(() => database.close())
  return database
}

async function count(database: OpenStore, table: 'sessions' | 'session_groups' = 'sessions'): Promise<number> {
  const { n } = await database.store
    .selectFrom(table)
    .select(sql<number>`count(*)`.as('n'))
    .executeTakeFirstOrThrow()
  return n
}

function refresh(client: Client, session: Session): Promise<{ status: number }> {
  return client.send('POST', `${clientUrl}/auth/session`, { token: session.refresh_token })
}

describe('the sweep', () => {
  test('removes anonymous users without a session for 90 days, and nobody else', async () => {
    let now = begin.getTime()
    const dataDir = temporaryFolder()
    const client = await openTestBackend({ dataDir, clock: () => new Date(now) })
    await client.newUser()
    await client.login('anon-user', {})
    now += 91 * day
    const late = await client.login('anon-user', {})
    await client.backend.close()
    const database = await opened(dataDir)
    await sweep(database, new Date(now), never)
    const { store } = database
    expect(await store.selectFrom('identities').select('provider').orderBy('created_at').execute()).toEqual([
      { provider: 'local-userpass' },
      { provider: 'anon-user' },
    ])
    expect(await store.selectFrom('users').select('id').execute()).toHaveLength(2)
    expect(await count(database)).toBe(1)
    const groups = await store.selectFrom('session_groups').select('user_id').execute()
    expect(groups).toContainEqual({ user_id: late.user_id })
    expect(groups).toHaveLength(2)
  })

  test('runs once an hour, beside the requests', async () => {
    let now = begin.getTime()
    const { dataDir } = await storeWithSessions(3)
    const client = await openTestBackend({ dataDir, clock: () => new Date(now) })
    now = later.getTime()
    const session = await client.login('local-userpass', { username: 'ada@example.test', password: 'correct horse battery' })
    expect((await refresh(client, session)).status).toBe(201)
    await client.backend.close()
    const database = await opened(dataDir)
    await sweep(database, later, never)
    expect(await count(database)).toBe(1)
  })

  test('of many expired sessions lets others read and write after 500 rows at most', async () => {
    const { dataDir } = await storeWithSessions(5_000)
    const database = await opened(dataDir)
    const counts = [await count(database)]
    const swept = sweep(database, later, never)
    while (counts.at(-1) !== 0) {
      counts.push(await count(database))
      await database.write((write) => write.updateTable('users').set({ key_count: 1 }).execute())
      await new Promise((resolve) => setImmediate(resolve))
    }
    await swept
    const removed = counts.slice(1).map((left, index) => (counts[index] ?? 0) - left)
    expect(counts[0]).toBe(5_002)
    expect(Math.max(...removed)).toBeLessThanOrEqual(500)
  })

  test('that was interrupted is done by the next one', async () => {
    const { dataDir, keyId, session } = await storeWithSessions(2_000)
    const database = await opened(dataDir)
    await database.write((write) => setDisabled(write, session.user_id, keyId, true))
    const stop = new AbortController()
    const swept = sweep(database, begin, stop.signal)
    await expect.poll(() => count(database), { interval: 1 }).toBeLessThan(2_002)
    stop.abort()
    await swept
    const left = await count(database)
    expect(left).toBeGreaterThan(1)
    await sweep(database, begin, never)
    expect(await count(database)).toBe(1)
    expect(await count(database, 'session_groups')).toBe(1)
  })
})

describe('sessions that a key opened', () => {
  const ways: Record<string, (database: OpenStore, owner: Owner) => Promise<void>> = {
    'when it is disabled': (database, { session, keyId }) => database.write((write) => setDisabled(write, session.user_id, keyId, true)),
    'when it is deleted': (database, { session, keyId }) => database.write((write) => deleteKey(write, session.user_id, keyId)),
    'when its user is deleted': (database, { session }) =>
      database.write(async (write) => {
        await endSessions(write, session.user_id, 'all')
        await write.deleteFrom('users').where('id', '=', session.user_id).execute()
      }),
  }

  test.each(Object.keys(ways))('end at once, with a few rows written, however many there are: %s', async (how) => {
    const owner = await storeWithSessions(2_000)
    const database = await openDatabase(owner.dataDir)
    const changes = async (): Promise<number> =>
      (await sql<{ n: number }>`select total_changes() as n`.execute(database.store)).rows[0]?.n ?? Number.NaN
    const before = await changes()
    await ways[how]?.(database, owner)
    expect((await changes()) - before).toBeLessThan(10)
    expect(await count(database)).toBe(2_002)
    await database.close()
    const client = await openTestBackend({ dataDir: owner.dataDir, clock: () => begin })
    expectRefusal(await client.send('POST', `${clientUrl}/auth/session`, { token: owner.keySession.refresh_token }), 401, 'InvalidSession')
  })

  test('stay ended when it is enabled again, before and after the sweep', async () => {
    const { dataDir, session, keyId, keySession } = await storeWithSessions(3)
    const client = await openTestBackend({ dataDir, clock: () => begin })
    expect((await refresh(client, keySession)).status).toBe(201)
    await client.key(session, 'PUT', `/${keyId}/disable`)
    await client.key(session, 'PUT', `/${keyId}/enable`)
    expect((await refresh(client, keySession)).status).toBe(401)
    expect((await refresh(client, session)).status).toBe(201)
    await client.backend.close()
    const database = await opened(dataDir)
    await sweep(database, begin, never)
    expect(await count(database)).toBe(1)
  })
})

describe('the store of an older version', () => {
  test('keeps its sessions, which end with their key', async () => {
    const dataDir = temporaryFolder()
    const path = await createOlderStore(dataDir, '0030-enabled-keys')
    const [user, key] = ['a'.repeat(24), 'b'.repeat(24)]
    const token = (id: string) => `e30.${Buffer.from(JSON.stringify({ typ: 'refresh', id })).toString('base64url')}.${'A'.repeat(86)}`
    const old = new Database(path)
    old.exec(`insert into users values ('${user}', 0, 1);
      insert into identities values ('${'c'.repeat(24)}', '${user}', 'custom-token', 'ada', null, 1, 0);
      insert into api_keys values ('${key}', '${user}', 'k', '${'0'.repeat(64)}', 0, 0)`)
    const insert = old.prepare('insert into sessions values (?, ?, ?, ?, ?, ?, ?, 0, ?)')
    const expires = begin.getTime() + day
    insert.run(['1', user, fingerprint(token('1')), 'custom-token', 'c'.repeat(24), null, 'd'.repeat(24), expires])
    insert.run(['2', user, fingerprint(token('2')), 'api-key', key, key, 'd'.repeat(24), expires])
    old.close()
    const client = await openTestBackend({ dataDir, clock: () => begin })
    const statuses = async (): Promise<number[]> => {
      const answers = ['1', '2'].map((id) => client.send('POST', `${clientUrl}/auth/session`, { token: token(id) }))
      return (await Promise.all(answers)).map(({ status }) => status)
    }
    expect(await statuses()).toEqual([201, 201])
    expect((await client.send('PUT', `${clientUrl}/auth/api_keys/${key}/disable`, { token: token('1') })).status).toBe(204)
    expect(await statuses()).toEqual([201, 401])
  })
})
