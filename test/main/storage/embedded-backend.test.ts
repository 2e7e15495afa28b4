import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { embeddedBackend } from '../../../main/storage/embedded-backend.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

describe('the embedded backend', () => {
  let folder: string
  beforeEach(() => (folder = temporaryFolder('latchkey-embedded-')))

  const location = 'http://embedded.latchkey.invalid/api/client/v2.0/app/latchkey/location'

  it('is not opened before it is asked, and answers without a port', async () => {
    const embedded = embeddedBackend(folder)
    expect(readdirSync(folder)).toEqual([])
    expect((await embedded.reach(location, { method: 'GET' })).status).toBe(200)
    await embedded.close()
  })

  it('refuses a damaged store as such and leaves it as it is', async () => {
    const first = embeddedBackend(folder)
    await first.reach(location, { method: 'GET' })
    await first.close()
    const store = readdirSync(folder).find((name) => !/-(wal|shm)$/.test(name) && name.includes('.')) ?? ''
    const whole = readFileSync(join(folder, store))
    const damaged = Buffer.alloc(whole.length, 'damaged')
    writeFileSync(join(folder, store), damaged)

    const embedded = embeddedBackend(folder)
    await expect(embedded.reach(location, { method: 'GET' })).rejects.toMatchObject({ code: 'profile-corrupt' })
    expect(readFileSync(join(folder, store)).equals(damaged)).toBe(true)
    await embedded.close()
  })

  it('says that its folder cannot be used, and opens once it can', async () => {
    writeFileSync(join(folder, 'backend'), '')
    const embedded = embeddedBackend(join(folder, 'backend'))
    await expect(embedded.reach(location, { method: 'GET' })).rejects.toMatchObject({ code: 'profile-unusable' })
    rmSync(join(folder, 'backend'))
    expect((await embedded.reach(location, { method: 'GET' })).status).toBe(200)
    await embedded.close()
  })

  it('gives its store as a copy, which another takes in place of its own and sets that aside', async () => {
    const [one, other] = [embeddedBackend(join(folder, 'one')), embeddedBackend(join(folder, 'other'))]
    expect(await one.copy()).toBeNull()
    for (const each of [one, other]) await each.reach(location, { method: 'GET' })
    const register = (embedded: typeof one, email: string) =>
      embedded.reach(`http://embedded.latchkey.invalid/api/client/v2.0/app/latchkey/auth/providers/local-userpass/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: 'correct horse' }),
      })
    expect((await register(one, 'ada@example.test')).status).toBe(201)
    const copy = await one.copy()
    expect(readdirSync(join(folder, 'one')).filter((name) => name.includes('copy'))).toEqual([])
    await other.replace(copy ?? new Uint8Array())
    expect((await register(other, 'ada@example.test')).status).toBe(409)
    expect(
      readdirSync(folder)
        .filter((name) => !name.includes('set-aside'))
        .sort(),
    ).toEqual(['one', 'other'])
    expect(readdirSync(folder).filter((name) => /^other\.set-aside-\d{8}T\d{6}$/.test(name))).toHaveLength(1)
    await Promise.all([one.close(), other.close()])
  })

  it('takes no copy that does not open, and goes on with what it has', async () => {
    const embedded = embeddedBackend(join(folder, 'one'))
    await embedded.reach(location, { method: 'GET' })
    for (const bytes of [Buffer.from('no database at all, but long enough'.repeat(200)), (await embedded.copy())?.subarray(0, 5000)]) {
      await expect(embedded.replace(bytes ?? new Uint8Array())).rejects.toMatchObject({ code: 'backup-invalid' })
    }
    expect((await embedded.reach(location, { method: 'GET' })).status).toBe(200)
    expect(readdirSync(folder)).toEqual(['one'])
    await embedded.close()
  })

  it('closes without having been opened', async () => {
    await embeddedBackend(folder).close()
    expect(readdirSync(folder)).toEqual([])
  })
})
