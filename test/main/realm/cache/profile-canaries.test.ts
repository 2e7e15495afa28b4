import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openBackend } from '../../../../backend/backend.ts'
import { filesBelow } from '../../../files.ts'
import { found } from '../fixtures/canaries.ts'
import { byEmail, newId, password, place } from '../fixtures/session.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

vi.setConfig({ testTimeout: 120_000 })

it('no file of a profile, including the backend’s, contains a usable token, a password or a key’s value', async () => {
  const profile = temporaryFolder()
  const backend = await openBackend({ dataDir: join(profile, 'backend'), appId: 'latchkey' })
  onTestFinished(() => backend.close())
  const secrets = [password.expose()]
  // Records what passes over the wire: the canaries.
  const reach = async (url: string, init: RequestInit): Promise<Response> => {
    const response = await backend.fetch(new Request(url, init))
    const body = await response.clone().text()
    for (const [, secret = ''] of body.matchAll(/"(?:access_token|refresh_token|key)":"([^"]+)"/g)) secrets.push(secret)
    return response
  }
  const { servers } = place({ folder: join(profile, 'sdk'), network: reach })
  const account = { id: newId(), server: { url: 'http://backend.test', appId: 'latchkey' } }
  const keys = servers.of(account)
  await keys.register('ada@example.test', password)
  await keys.signIn(byEmail)
  const { key, value } = await keys.create('deploy')
  await keys.disable(key.id)
  await keys.enable(key.id)

  const byKey = servers.of({ ...account, id: newId() })
  await byKey.signIn({ method: 'api-key', value })
  expect(secrets).toContain(value.expose())
  expect(secrets).toHaveLength(1 + 2 + 1 + 2)
  expect(filesBelow(profile).filter((path) => path.endsWith('.realm'))).toHaveLength(2)
  expect(found(profile, secrets)).toEqual([])

  await byKey.signOut()
  await keys.signOut()
  expect(found(profile, secrets)).toEqual([])
})
