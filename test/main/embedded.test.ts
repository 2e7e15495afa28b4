import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { embeddedBackend } from '../../main/embedded.ts'

describe('the embedded backend', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'latchkey-embedded-'))))
  afterEach(() => rmSync(folder, { recursive: true }))

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

  it('closes without having been opened', async () => {
    await embeddedBackend(folder).close()
    expect(readdirSync(folder)).toEqual([])
  })
})
