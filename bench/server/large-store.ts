import { join } from 'node:path'
import Database from 'libsql'
import { newObjectId } from '../../backend/identifiers.ts'
import { createKey, setDisabled } from '../../backend/store/api-keys.ts'
import { openDatabase, type OpenStore } from '../../backend/store/database.ts'
import { liveGroup } from '../../backend/store/session-groups.ts'
import { sweep } from '../../backend/store/sweep.ts'

/** Milliseconds. */
export interface LargeStoreTimes {
  /** What the client waits for that disables the key. */
  readonly disable: number
  /** How long it takes until the rows are removed, while requests are answered. */
  readonly sweep: number
  /** How long the sweep kept every request waiting at most, and in all but one of a thousand of its pauses. */
  readonly longestHold: number
  readonly p999Hold: number
}

const never = new AbortController().signal
const day = 24 * 60 * 60 * 1000

/** A key with so many sessions is disabled, and its rows are removed. */
export async function endedSessions(dataDir: string, sessions: number): Promise<LargeStoreTimes> {
  const { database, userId, keyId, now } = await storeWith(dataDir, sessions)
  const start = performance.now()
  await database.write((write) => setDisabled(write, userId, keyId, true))
  const disable = performance.now() - start
  const swept = await holdsOf(() => sweep(database, now, never))
  await database.close()
  return { disable, ...swept }
}

/** So many sessions have expired. */
export async function expiredSessions(dataDir: string, sessions: number): Promise<Omit<LargeStoreTimes, 'disable'>> {
  const { database, now } = await storeWith(dataDir, sessions)
  const swept = await holdsOf(() => sweep(database, new Date(now.getTime() + 2 * day), never))
  await database.close()
  return swept
}

async function storeWith(dataDir: string, sessions: number): Promise<{ database: OpenStore; userId: string; keyId: string; now: Date }> {
  const now = new Date()
  const userId = newObjectId(now)
  const first = await openDatabase(dataDir)
  const { keyId, group } = await first.write(async (write) => {
    await write.insertInto('users').values({ id: userId, created_at: now.getTime(), key_count: 0 }).execute()
    const { _id: keyId } = await createKey(write, userId, { name: 'k', value: 'A'.repeat(64) }, now)
    return { keyId, group: await liveGroup(write, userId, keyId, now) }
  })
  await first.close()
  const file = new Database(join(dataDir, 'backend.sqlite'))
  file.exec('pragma synchronous = off')
  file.exec(`insert into sessions (id, group_id, refresh_hash, provider, identity_id, device_id, created_at, expires_at)
    with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${sessions})
    select printf('%08x', n) || lower(hex(randomblob(8))), '${group}', lower(hex(randomblob(32))), 'api-key', '${keyId}', '${keyId}', 0,
    ${now.getTime() + day} from numbers`)
  file.close()
  return { database: await openDatabase(dataDir), userId, keyId, now }
}

/** Runs work, and sees how long others have to wait for their turn meanwhile. */
async function holdsOf(work: () => Promise<void>): Promise<Omit<LargeStoreTimes, 'disable'>> {
  const holds: number[] = []
  let last = performance.now()
  let over = false
  const watch = (): void => {
    const now = performance.now()
    holds.push(now - last)
    last = now
    if (!over) setTimeout(watch, 1)
  }
  watch()
  const start = performance.now()
  await work()
  over = true
  const took = performance.now() - start
  holds.sort((a, b) => a - b)
  return { sweep: took, longestHold: holds.at(-1) ?? 0, p999Hold: holds[Math.floor(holds.length * 0.999)] ?? 0 }
}
