import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Order, Outcome } from '../fixtures/run.ts'
import { json, keyValue, ScriptedServer } from '../fixtures/scripted-server.ts'
import { newId } from '../fixtures/session.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

function start(order: Order): ChildProcess {
  const child = fork(fileURLToPath(new URL('../fixtures/run.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] })
  child.send(order)
  return child
}

/** Runs the calls in a separate process: whatever the SDK knows afterwards, it has read from its files. */
async function run(order: Order): Promise<Outcome> {
  const child = start(order)
  const [outcome] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code, signal]) => Promise.reject(new Error(`the run died: ${code} ${signal}`))),
  ])) as [Outcome]
  if (child.exitCode === null) await once(child, 'exit')
  return outcome
}

async function signedInOnce(): Promise<{ server: ScriptedServer; order: Omit<Order, 'calls'> }> {
  const server = await ScriptedServer.start()
  const order = { folder: temporaryFolder(), id: newId(), url: server.url, token: null }
  const { outcomes, token } = await run({ ...order, calls: ['signIn'] })
  expect(outcomes).toEqual(['ok'])
  expect(token).toBe(server.issued[1])
  server.received.length = 0
  return { server, order: { ...order, token } }
}

describe('the next run of the process', () => {
  it('continues the session with the token in the keychain', async () => {
    const { server, order } = await signedInOnce()
    expect((await run({ ...order, calls: ['fetchAll'] })).outcomes).toEqual(['ok'])
    expect(server.received).toMatchObject([{ method: 'GET', path: '/api/client/v2.0/auth/api_keys', bearer: order.token }])
  })

  it('uses the server’s current address, not the one that the SDK saved', async () => {
    const { server, order } = await signedInOnce()
    await server.stop()
    const moved = await ScriptedServer.start()
    expect((await run({ ...order, url: moved.url, calls: ['fetchAll'] })).outcomes).toEqual(['ok'])
    expect(moved.asked).toEqual(['GET /auth/api_keys'])
  })

  // Access tokens are kept in memory only, and the SDK does not renew one for a link, so linking after a restart always failed.
  it('fetches a new access token before a call that needs one', async () => {
    const { server, order } = await signedInOnce()
    const { outcomes } = await run({ ...order, calls: ['link', 'deleteUser'] })
    expect(outcomes).toEqual(['ok', 'ok'])
    expect(server.received.every(({ bearer }) => bearer !== null && server.issued.includes(bearer))).toBe(true)
  })

  it('without a token in the keychain has an ended session, and sends nothing', async () => {
    const { server, order } = await signedInOnce()
    expect((await run({ ...order, token: null, calls: ['fetchAll'] })).outcomes).toEqual(['session-ended'])
    expect(server.received).toEqual([])
  })

  it('with a corrupt file of the SDK has an ended session, and a sign-out still reaches the server', async () => {
    const { server, order } = await signedInOnce()
    const metadata = join(order.folder, 'mongodb-realm', `latchkey-${order.id}`, 'server-utility', 'metadata')
    writeFileSync(join(metadata, 'sync_metadata.realm'), Buffer.alloc(4096, 'corrupt'))
    const { outcomes, token } = await run({ ...order, calls: ['fetchAll', 'signOut', 'signIn', 'fetchAll'] })
    expect(outcomes).toEqual(['session-ended', 'ok', 'ok', 'ok'])
    expect(server.received[0]).toMatchObject({
      method: 'DELETE',
      path: '/api/client/v2.0/auth/session',
      bearer: order.token,
    })
    expect(token).toBe(server.issued.at(-1))
  })

  it('after a sign-in whose profile was never fetched has no half of a session', async () => {
    const server = await ScriptedServer.start()
    server.on('GET /auth/profile', json(500, {}))
    const order = { folder: temporaryFolder(), id: newId(), url: server.url, token: null }
    const { outcomes, token } = await run({ ...order, calls: ['signIn'] })
    expect({ outcomes, token }).toEqual({ outcomes: ['server-error'], token: null })
    server.received.length = 0
    expect((await run({ ...order, calls: ['fetchAll'] })).outcomes).toEqual(['session-ended'])
    expect(server.received).toEqual([])
  })

  it('after a value was tested continues the account’s own session, and tests it again', async () => {
    const order = { folder: temporaryFolder(), id: newId(), url: null, token: null }
    const first = await run({ ...order, calls: ['register', 'signIn', 'create', 'tryValue', 'fetchAll'] })
    expect(first.outcomes).toEqual(Array(5).fill('ok'))
    const { value = '', id: keyId } = first.created ?? {}
    const again: Order = {
      ...order,
      token: first.token,
      value,
      calls: ['retain', 'fetchAll', 'tryValue', 'tryValue', 'fetchAll', 'signOut'],
    }
    const second = await run(again)
    expect(second.outcomes).toEqual(Array(6).fill('ok'))
    expect(first.told).toEqual([{ userId: expect.stringMatching(/./), keyId }])
    expect(second.told).toEqual([first.told[0], first.told[0]])
  })

  it('after a kill during a test of a value has the account’s session, and nothing of the other', async () => {
    const { server, order } = await signedInOnce()
    const reached = new Promise((resolve) => server.on('GET /auth/profile', resolve))
    const child = start({ ...order, value: keyValue, calls: ['tryValue'] })
    await reached
    child.kill('SIGKILL')
    await once(child, 'exit')
    const apps = join(order.folder, 'mongodb-realm')
    expect(readdirSync(apps).sort()).toEqual([`latchkey-${order.id}`, `latchkey-${order.id}-verify`])
    server.received.length = 0
    expect((await run({ ...order, calls: ['retain', 'fetchAll'] })).outcomes).toEqual(['ok', 'ok'])
    expect(readdirSync(apps)).toEqual([`latchkey-${order.id}`])
    expect(server.received).toMatchObject([{ method: 'GET', path: '/api/client/v2.0/auth/api_keys', bearer: order.token }])
  })
})
