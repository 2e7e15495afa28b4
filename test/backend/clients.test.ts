import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { run, serve } from './serving/served.ts'

async function seenBy(client: string, options: string[] = []): Promise<unknown> {
  const { url } = await serve(options)
  const folder = temporaryFolder()
  // realm asks the `electron` package whether it runs in Electron. Outside of it, that package starts to download one.
  const environment = { ELECTRON_OVERRIDE_DIST_PATH: folder }
  const { said, ended } = run(fileURLToPath(new URL(`clients/${client}.mjs`, import.meta.url)), [url], environment, folder)
  expect([await ended, said.stderr]).toEqual([0, expect.any(String)])
  return JSON.parse(said.stdout)
}

describe('third-party clients work with the backend', () => {
  test('realm 10.20.0, the native SDK', async () => {
    expect(await seenBy('realm')).toEqual({
      anonymousCreates: { code: -1, message: 'anonymous users may not manage API keys' },
      anonymousStays: true,
      registeredTwice: { code: 49, message: 'name already in use' },
      wrongPassword: { code: 50, message: 'invalid username/password' },
      linked: ['anon-user', 'local-userpass'],
      sameUser: true,
      profileEmail: 'native@example.test',
      created: { name: 'ci-deploy', disabled: false, valueLength: 64 },
      listed: [{ same: true, key: null, name: 'ci-deploy' }],
      disabled: true,
      disabledKey: { code: 47, message: 'invalid API key' },
      duplicate: { code: 40, message: 'API key with name already exists' },
      badName: { code: 6, message: 'name can only contain ASCII letters, numbers, underscores, and hyphens' },
      unknownKey: { code: 35, message: 'API key not found' },
      reset: { code: 48, message: 'this server sends no mail, so it cannot reset passwords' },
      loggedInAfterRefusals: true,
      keyUser: true,
      keySessionLists: { code: -1, message: 'a session opened with an API key may not manage API keys' },
      deletedKey: { code: 47, message: 'invalid API key' },
      deletedUser: { code: 50, message: 'invalid username/password' },
    })
  })

  test('realm-web 2.0.1', async () => {
    expect(await seenBy('realm-web')).toEqual({
      anonymousCreates: { statusCode: 403, errorCode: 'Forbidden' },
      wrongLink: { statusCode: 401, errorCode: 'InvalidPassword' },
      sameUser: true,
      identities: ['anon-user', 'local-userpass'],
      deviceId: true,
      created: { name: 'ci-deploy', disabled: false, valueLength: 64 },
      listed: [{ same: true, name: 'ci-deploy', key: null }],
      disabled: true,
      disabledKey: { statusCode: 401, errorCode: 'AuthError' },
      duplicate: { statusCode: 409, errorCode: 'APIKeyAlreadyExists' },
      profileAfterSpoiltToken: 'web@example.test',
      keyUser: true,
      keySessionLists: { statusCode: 403, errorCode: 'Forbidden' },
      deletedKey: { statusCode: 401, errorCode: 'AuthError' },
      revoked: 401,
    })
  })

  test.each(['realm', 'realm-web'])('%s, also with keys that have a prefix', async (client) => {
    expect(await seenBy(client, ['--key-prefix', 'acme_live'])).toMatchObject({
      created: { name: 'ci-deploy', valueLength: 74 },
      disabled: true,
      keyUser: true,
      deletedKey: client === 'realm' ? { code: 47 } : { statusCode: 401, errorCode: 'AuthError' },
    })
  })
})
