import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openBackend } from '../../../backend/backend.ts'
import { openDatabase } from '../../../backend/store/database.ts'
import { migrations } from '../../../backend/store/migrations.ts'
import { Client, email, openTestBackend, password } from '../opened.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const appId = 'app-1'

describe('the data folder', () => {
  test('is private to its owner, with every file in it, whatever the umask', async () => {
    const before = process.umask(0)
    try {
      const dataDir = join(temporaryFolder(), 'made', 'deep')
      await (await openTestBackend({ dataDir })).newUser()
      expect(statSync(dataDir).mode & 0o777).toBe(0o700)
      const files = readdirSync(dataDir)
      expect(files).toContain('backend.sqlite')
      for (const file of files) expect([file, statSync(join(dataDir, file)).mode & 0o777]).toEqual([file, 0o600])
    } finally {
      process.umask(before)
    }
  })

  test('and the log contain no password, key value or token in clear', async () => {
    const dataDir = temporaryFolder()
    const lines: string[] = []
    const backend = await openBackend({ dataDir, appId, log: (line) => lines.push(line) })
    const client = new Client(backend)
    const session = await client.newUser()
    const { key, _id } = await client.createKey(session, 'k')
    const byKey = await client.login('api-key', { key })
    await client.tryPassword(email, 'a mistyped password')
    await client.key(session, 'DELETE', `/${_id}`)
    const secrets = [password, key, session.refresh_token, session.access_token, byKey.refresh_token, 'a mistyped password']
    const look = () =>
      readdirSync(dataDir)
        .map((file) => readFileSync(join(dataDir, file), 'latin1'))
        .join('')
    const whileOpen = look()
    await backend.close()
    for (const secret of secrets) {
      expect(whileOpen.includes(secret)).toBe(false)
      expect(look().includes(secret)).toBe(false)
      expect(lines.join('\n')).not.toContain(secret)
    }
    expect(lines.join('\n')).not.toContain(email)
    expect(lines.join('\n')).not.toContain(_id)
    expect(lines).toContainEqual(expect.stringMatching(/^POST .*login 200 \d+ms$/))
  })

  test('is refused to a second process or backend, and free at once when closed', async () => {
    const dataDir = temporaryFolder()
    const first = await openBackend({ dataDir, appId })
    await expect(openBackend({ dataDir, appId })).rejects.toMatchObject({ code: 'store-in-use' })
    await first.close()
    await first.close()
    expect(readdirSync(dataDir)).toEqual(['backend.sqlite', 'signing-keys.json'])
    await (await openBackend({ dataDir, appId })).close()
  })

  test('that others can access is refused, and its mode not changed', async () => {
    const dataDir = temporaryFolder()
    chmodSync(dataDir, 0o755)
    writeFileSync(join(dataDir, 'somebody’s file'), '')
    await expect(openBackend({ dataDir, appId })).rejects.toMatchObject({ code: 'data-dir-unusable' })
    expect(statSync(dataDir).mode & 0o777).toBe(0o755)
    expect(existsSync(join(dataDir, 'backend.sqlite'))).toBe(false)
  })

  test.each(['a file in its place', 'a link in place of the store', 'a folder in place of the store'])(
    'with %s is refused',
    async (what) => {
      const folder = temporaryFolder()
      const dataDir = join(folder, 'data')
      if (what === 'a file in its place') writeFileSync(dataDir, '')
      else {
        mkdirSync(dataDir, { mode: 0o700 })
        if (what.startsWith('a link')) symlinkSync(join(folder, 'elsewhere'), join(dataDir, 'backend.sqlite'))
        else mkdirSync(join(dataDir, 'backend.sqlite'))
      }
      await expect(openBackend({ dataDir, appId })).rejects.toMatchObject({ code: 'data-dir-unusable' })
    },
  )

  test('with a damaged store is refused, and the store is left unchanged', async () => {
    const dataDir = temporaryFolder()
    const broken = 'this is not a database'.repeat(1000)
    writeFileSync(join(dataDir, 'backend.sqlite'), broken)
    await expect(openBackend({ dataDir, appId })).rejects.toMatchObject({ code: 'store-unreadable' })
    expect(readFileSync(join(dataDir, 'backend.sqlite'), 'utf8')).toBe(broken)
  })

  test('with the store of a newer version is refused, and that version can still open it', async () => {
    const dataDir = temporaryFolder()
    await (await openBackend({ dataDir, appId })).close()
    const database = new Database(join(dataDir, 'backend.sqlite'))
    database.prepare('insert into kysely_migration (name, timestamp) values (?, ?)').run(['9990-newer', '2031-01-01'])
    database.close()
    await expect(openBackend({ dataDir, appId })).rejects.toMatchObject({ code: 'store-newer' })
    const again = new Database(join(dataDir, 'backend.sqlite'))
    expect(again.prepare('select count(*) as n from kysely_migration').all([])).toEqual([{ n: Object.keys(migrations).length + 1 }])
    again.close()
  })
})

describe('a prepared read', () => {
  test('never sees what a transaction has not committed', async () => {
    const database = await openDatabase(temporaryFolder())
    onTestFinished(() => database.close())
    const find = database.prepareRead<{ id: string }>('select id from users where id = ?')
    let during: Promise<unknown> = Promise.resolve()
    const rolledBack = database.write(async (write) => {
      await write.insertInto('users').values({ id: 'u', created_at: 0, key_count: 0 }).execute()
      during = find('u')
      throw new Error('rolled back')
    })
    await expect(rolledBack).rejects.toThrow('rolled back')
    expect([await during, await find('u')]).toEqual([undefined, undefined])
  })

  test('sees each committed transaction, and none is open after it', async () => {
    const database = await openDatabase(temporaryFolder())
    onTestFinished(() => database.close())
    const find = database.prepareRead<{ id: string }>('select id from users where id = ?')
    for (let user = 0; user < 50; user += 1) {
      const id = `u${user}`
      expect(await find(id)).toBeUndefined()
      await database.write((write) => write.insertInto('users').values({ id, created_at: 0, key_count: 0 }).execute())
      expect(await find(id)).toEqual({ id })
    }
  })
})

describe("the backend's options", () => {
  test.each([
    [{ appId: '' }],
    [{ appId: '../x' }],
    [{ appId: 'x'.repeat(65) }],
    [{ keyPrefix: 'Acme' }],
    [{ keyPrefix: 'lks' }],
    [{ origin: 'keys.example.test' }],
    [{ origin: 'ftp://keys.example.test' }],
    [{ origin: 'https://user:secret@keys.example.test' }],
    [{ customToken: { secret: 'too short' } }],
    [{ customToken: { jwksUri: 'http://keys.example.test/jwks.json' } }],
    [{ mail: { send: async () => undefined } }],
  ])('refuses %j', async (wrong) => {
    await expect(openBackend({ dataDir: temporaryFolder(), appId, ...wrong })).rejects.toMatchObject({ code: 'options-invalid' })
  })
})
