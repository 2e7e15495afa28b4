import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { html, json, type Script } from '../fixtures/scripted-server.ts'
import { expectRefusal, limits, place, refusalOf, type Session, signedIn } from '../fixtures/session.ts'

const list = 'GET /auth/api_keys'
const create = 'POST /auth/api_keys'

/** Headers and the beginning of a body, and then nothing. */
const stall: Script = (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('[')

const truncate: Script = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
  response.write('[{"_id":"01234', () => response.destroy())
}

/** 50 MB, as fast as they are received. */
const flood: Script = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  pour(response, 50 * 1024 * 1024)
}
function pour(response: ServerResponse, left: number): void {
  const block = Buffer.alloc(64 * 1024, ' ')
  for (; left > 0; left -= block.length) {
    if (response.destroyed) return
    if (!response.write(block)) return void response.once('drain', () => pour(response, left - block.length))
  }
  response.end('[]')
}

/** Signed in without hurry; from then on the deadline is short. */
async function hurried(): Promise<Pick<Session, 'keys' | 'server'>> {
  const { id, server, folder, keychain } = await signedIn()
  const { servers } = place({ folder, keychain, limits: { ...limits, deadline: 300 } })
  return { server, keys: servers.of({ id, server: { url: server.url, appId: 'app-1' } }) }
}

describe('an incomplete or unwanted answer', () => {
  it('a stalled body ends at the deadline; the SDK’s own covers headers only', async () => {
    const { keys, server } = await hurried()
    server.on(list, stall)
    server.on(create, stall)
    await expectRefusal(keys.fetchAll(), 'server-timeout', true)
    await expectRefusal(keys.create('deploy'), 'server-timeout', true)
  })

  it('a server that never answers ends at the deadline, not after the SDK’s 60 seconds', async () => {
    const { keys, server } = await hurried()
    server.on(create, () => undefined)
    await expectRefusal(keys.create('deploy'), 'server-timeout', true)
  })

  it('50 MB are not read to the end', async () => {
    const { keys, server } = await signedIn()
    server.on(list, flood)
    await expectRefusal(keys.fetchAll(), 'answer-too-large', true)
  })

  it('after a truncated body the request may have been executed, and is retried only if it is idempotent', async () => {
    const { keys, server } = await signedIn()
    server.on(create, truncate)
    await expectRefusal(keys.create('deploy'), 'server-unreachable', true)
    server.on(list, truncate, json(200, []))
    expect(await keys.fetchAll()).toEqual([])
    expect(server.asked.filter((asked) => asked === create)).toHaveLength(1)
    expect(server.asked.filter((asked) => asked === list)).toHaveLength(2)
  })

  it.each([301, 302, 303, 307, 308])('a redirect with %i is not followed, so password and tokens are not sent', async (status) => {
    const { keys, server } = await signedIn()
    const redirect: Script = (received, response) => response.writeHead(status, { location: `${server.url}${received.path}` }).end()
    server.on(list, redirect)
    server.on(create, redirect)
    server.received.length = 0
    await expectRefusal(keys.fetchAll(), 'server-redirected', true)
    await expectRefusal(keys.create('deploy'), 'server-redirected', true)
    expect(server.asked).toEqual([list, create])
  })

  it.each([500, 502, 503, 504])('after a %i the request may have been executed; a list is retried, a creation is not', async (status) => {
    const { keys, server } = await signedIn()
    server.on(list, html(status), json(200, []))
    server.on(create, json(status, { error: 'API key not found', error_code: 'APIKeyNotFound' }))
    server.received.length = 0
    expect(await keys.fetchAll()).toEqual([])
    await expectRefusal(keys.create('deploy'), 'server-error', true)
    expect(server.asked).toEqual([list, list, create])
  })

  it('a 429 is `throttled`, whatever sent it', async () => {
    const { keys, server } = await signedIn()
    server.on(list, html(429))
    await expectRefusal(keys.fetchAll(), 'throttled')
    server.on(create, json(429, { error: 'too many requests', error_code: 'TooManyRequests' }))
    await expectRefusal(keys.create('deploy'), 'throttled')
  })

  it('a refusal never contains text from the server', async () => {
    const { keys, server } = await signedIn()
    server.on(create, json(418, { error: 'canary-text', error_code: 'canary-code', link: 'canary-link' }))
    const refusal = await refusalOf(keys.create('deploy'))
    expect(`${refusal.stack}${JSON.stringify(refusal)}`).not.toContain('canary')
  })
})
