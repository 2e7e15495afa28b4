import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Backend } from '../../../backend/backend.ts'
import { awaited } from '../../awaited.ts'
import { clientUrl, email, expectRefusal, openTestBackend, password, appUrl } from '../opened.ts'
import { serve } from '../serving/served.ts'
import { addService, openServed, removeService, serviceUrl } from './service.ts'

const url = `${serviceUrl}/api_keys/revocations`
const idShape = /^[0-9a-f]{16}-\d+$/

interface Feed {
  readonly response: Response
  /** The next block of the stream that is not only a comment, without its empty line; null at its end. */
  readonly next: () => Promise<string | null>
  /** The next block, also if it is a comment. */
  readonly nextBlock: () => Promise<string | null>
  readonly leave: () => Promise<void>
}

/** Reads a stream of events block by block. */
function feedOf(response: Response): Feed {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  const read = async (): Promise<string | null> => {
    while (!text.includes('\n\n')) {
      const { done, value } = await reader.read()
      if (done) return null
      text += decoder.decode(value, { stream: true })
    }
    const [block = '', ...rest] = text.split('\n\n')
    text = rest.join('\n\n')
    return block
  }
  const nextBlock = () => awaited(read(), 'a block of the feed', () => text)
  const next = async (): Promise<string | null> => {
    const block = await nextBlock()
    return block === ':' ? next() : block
  }
  const leave = () => reader.cancel().catch(() => undefined)
  onTestFinished(leave)
  return { response, next, nextBlock, leave }
}

async function follow(backend: Backend, credential: string, lastEventId?: string): Promise<Feed> {
  const headers = { Authorization: `Bearer ${credential}`, ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }) }
  return feedOf(await backend.fetch(new Request(url, { headers })))
}

/** What a block says, without its id. */
function said(block: string | null): [string | undefined, unknown] {
  const [, event] = /^event: (.*)$/m.exec(block ?? '') ?? []
  const [, data] = /^data: (.*)$/m.exec(block ?? '') ?? []
  return [event, data === undefined ? undefined : JSON.parse(data)]
}

function idIn(block: string | null): string {
  return /^id: (.*)$/m.exec(block ?? '')?.[1] ?? ''
}

describe('the feed of revocations', () => {
  test('begins with its position, and says by a comment when a reader has heard everything', async () => {
    const { client, credential } = await openServed()
    const owner = await client.newUser()
    const { _id } = await client.createKey(owner, 'k')
    const { response, nextBlock } = await follow(client.backend, credential)
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
      200,
      'text/event-stream',
      'no-store',
    ])
    const head = await nextBlock()
    expect(head).toMatch(/^retry: 1000\nid: [0-9a-f]{16}-0$/)
    expect(await nextBlock()).toBe(':')
    await client.key(owner, 'PUT', `/${_id}/disable`)
    const late = await follow(client.backend, credential, idIn(head))
    await late.nextBlock()
    expect(said(await late.nextBlock())).toEqual(['revoked', { key_id: _id }])
    expect(await late.nextBlock()).toBe(':')
  })

  test('has every key that is disabled or deleted and every user that is deleted, numbered in their order', async () => {
    const { client, credential } = await openServed()
    const owner = await client.newUser()
    const keys = [await client.createKey(owner, 'a'), await client.createKey(owner, 'b')]
    const feed = await follow(client.backend, credential)
    const ids = [idIn(await feed.next())]
    await client.key(owner, 'PUT', `/${keys[0]?._id}/disable`)
    await client.key(owner, 'PUT', `/${keys[0]?._id}/enable`) // is no revocation
    await client.key(owner, 'DELETE', `/${keys[1]?._id}`)
    await client.send('DELETE', `${clientUrl}/auth/delete`, { token: owner.access_token })
    const blocks = [await feed.next(), await feed.next(), await feed.next()]
    expect(blocks.map(said)).toEqual([
      ['revoked', { key_id: keys[0]?._id }],
      ['revoked', { key_id: keys[1]?._id }],
      ['revoked', { user_id: owner.user_id }],
    ])
    ids.push(...blocks.map(idIn))
    for (const id of ids) expect(id).toMatch(idShape)
    expect(ids.map((id) => Number(id.split('-')[1]))).toEqual([0, 1, 2, 3])
  })

  test('has a user whose keys a new password disabled, unless the keys were kept', async () => {
    const letters: string[] = []
    const origin = 'https://keys.example.test'
    const mail = { send: async ({ text }: { text: string }) => void letters.push(text) }
    let now = Date.parse('2030-01-01T00:00:00Z')
    const { client, credential } = await openServed({ mail, origin, clock: () => new Date(now) })
    const linkIn = async (count: number) => {
      await expect.poll(() => letters.length).toBe(count)
      return Object.fromEntries(new URL(/https:\S+/.exec(letters[count - 1] ?? '')?.[0] ?? '').searchParams)
    }
    const post = (path: string, body: object) => client.send('POST', `${appUrl}/auth/providers/local-userpass/${path}`, { body })
    await client.register()
    await post('confirm', await linkIn(1))
    const owner = await client.login('local-userpass', { username: email, password })
    const { key, _id } = await client.createKey(owner, 'k')
    const feed = await follow(client.backend, credential)
    await feed.next()
    await post('reset/send', { email })
    expect((await post('reset', { ...(await linkIn(2)), password: 'another one', keepApiKeys: true })).status).toBe(204)
    now += 60 * 60 * 1000
    await post('reset/send', { email })
    expect((await post('reset', { ...(await linkIn(3)), password: 'a third one' })).status).toBe(204)
    expect(said(await feed.next())).toEqual(['revoked', { user_id: owner.user_id }])
    expectRefusal(await client.tryLogin('api-key', { key }), 401, 'AuthError')
    expect(_id).toMatch(/^[0-9a-f]{24}$/)
  })

  test('comes after the commit, so that a service which asks on an event gets the new answer', async () => {
    const { client, credential, verify } = await openServed()
    const owner = await client.newUser()
    const feed = await follow(client.backend, credential)
    await feed.next()
    for (let round = 0; round < 10; round += 1) {
      const { key, _id } = await client.createKey(owner, `k${round}`)
      const changed = client.key(owner, 'PUT', `/${_id}/disable`)
      expect(said(await feed.next())).toEqual(['revoked', { key_id: _id }])
      expect((await verify({ key })).body).toMatchObject({ valid: false })
      await changed
    }
  })

  test('goes on after the last event that a reader has seen', async () => {
    const { client, credential } = await openServed()
    const owner = await client.newUser()
    const { _id } = await client.createKey(owner, 'k')
    const first = await follow(client.backend, credential)
    const position = idIn(await first.next())
    await first.leave()
    for (const verb of ['disable', 'enable', 'disable']) await client.key(owner, 'PUT', `/${_id}/${verb}`)
    const second = await follow(client.backend, credential, position)
    expect(idIn(await second.next())).toBe(position)
    const [one, other] = [await second.next(), await second.next()]
    expect([said(one), said(other)]).toEqual([
      ['revoked', { key_id: _id }],
      ['revoked', { key_id: _id }],
    ])
    const third = await follow(client.backend, credential, idIn(one))
    expect([await third.next(), await third.next()]).toEqual([`retry: 1000\nid: ${idIn(one)}`, other])
  })

  test('tells a reader to forget everything if it does not know what that reader missed', async () => {
    const { client, credential } = await openServed()
    const owner = await client.newUser()
    const { _id } = await client.createKey(owner, 'k')
    const slow = await follow(client.backend, credential)
    const position = idIn(await slow.next())
    for (let event = 0; event < 1001; event += 1) await client.key(owner, 'PUT', `/${_id}/disable`)
    const epoch = position.split('-')[0] ?? ''
    // 1000 events are remembered: the position is one too old. So is that of the stream which nobody read meanwhile.
    const late = await follow(client.backend, credential, position)
    for (const block of [await late.next(), await slow.next()]) {
      expect(said(block)).toEqual(['reset', {}])
      expect(idIn(block)).toBe(`${epoch}-1001`)
    }
    const intime = await follow(client.backend, credential, `${epoch}-1`)
    expect(idIn(await intime.next())).toBe(`${epoch}-1`)
    for (let event = 2; event <= 1001; event += 1) expect(idIn(await intime.next())).toBe(`${epoch}-${event}`)
    // From the future, or of a server that has ended since.
    for (const unknown of [`${epoch}-1002`, `${'0'.repeat(16)}-1001`]) {
      expect(said(await (await follow(client.backend, credential, unknown)).next())).toEqual(['reset', {}])
    }
  })

  test('begins anew with each start of the server, so that readers forget what they cannot have heard', async () => {
    const { client, dataDir, credential } = await openServed()
    const position = idIn(await (await follow(client.backend, credential)).next())
    await client.backend.close()
    const again = await openTestBackend({ dataDir })
    expect(said(await (await follow(again.backend, credential, position)).next())).toEqual(['reset', {}])
  })

  test('sends a comment after ten seconds without an event', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const { client, credential } = await openServed()
    const feed = await follow(client.backend, credential)
    expect([await feed.nextBlock(), await feed.nextBlock()]).toEqual([expect.stringMatching(/^retry/), ':'])
    for (let beat = 0; beat < 3; beat += 1) {
      const block = feed.nextBlock()
      await vi.advanceTimersByTimeAsync(10_000)
      expect(await block).toBe(':')
    }
  })

  test('ends when its service is removed, before the next event', async () => {
    const { client, dataDir, credential } = await openServed()
    const other = addService(dataDir, 'worker')
    const owner = await client.newUser()
    const { _id } = await client.createKey(owner, 'k')
    const [removed, stays] = [await follow(client.backend, credential), await follow(client.backend, other)]
    await removed.next()
    await stays.next()
    removeService(dataDir)
    await client.key(owner, 'PUT', `/${_id}/disable`)
    expect(await removed.next()).toBeNull()
    expect(said(await stays.next())).toEqual(['revoked', { key_id: _id }])
  })

  test('ends when the server stops', async () => {
    const { client, credential } = await openServed()
    const feed = await follow(client.backend, credential)
    await feed.next()
    const block = feed.next()
    await client.backend.close()
    expect(await block).toBeNull()
  })

  test('is open to services only, and refuses an invalid Last-Event-ID, a HEAD request and another app', async () => {
    const { client, credential } = await openServed()
    const owner = await client.newUser()
    expectRefusal(await client.send('GET', url), 401, 'MissingAuthReq')
    expectRefusal(await client.send('GET', url, { token: owner.refresh_token }), 401, 'AuthError')
    for (const id of ['x', '0-0', '-1', `${'0'.repeat(16)}-`, `${'0'.repeat(16)}-${'9'.repeat(16)}`, `${'G'.repeat(16)}-1`]) {
      expectRefusal(await client.send('GET', url, { token: credential, headers: { 'Last-Event-ID': id } }), 400, 'InvalidParameter')
    }
    expect((await client.send('HEAD', url, { token: credential })).status).toBe(404)
    expectRefusal(await client.send('GET', url.replace('app-1', 'app-2'), { token: credential }), 404, 'AppNotFound')
  })

  test('has at most 100 streams of a service, and a stream that its client left makes room', async () => {
    const { client, dataDir, credential } = await openServed()
    const feeds: Feed[] = []
    for (let stream = 0; stream < 100; stream += 1) feeds.push(await follow(client.backend, credential))
    const refused = await client.send('GET', url, { token: credential })
    expectRefusal(refused, 429, 'TooManyRequests')
    expect(refused.headers.get('retry-after')).toBe('10')
    expect((await follow(client.backend, addService(dataDir, 'worker'))).response.status).toBe(200)
    await feeds[0]?.leave()
    expect((await follow(client.backend, credential)).response.status).toBe(200)
  })

  test('arrives over HTTP at once, and the program ends with a stream open', async () => {
    const { url: base, dataDir, child, ended, said: output } = await serve()
    const credential = addService(dataDir)
    const json = { 'Content-Type': 'application/json' }
    const post = async (path: string, body: object, headers = {}) => {
      const init = { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) }
      return (await (await fetch(`${base}/api/client/v2.0${path}`, init)).text()) || '{}'
    }
    const users = '/app/app-1/auth/providers/local-userpass'
    await post(`${users}/register`, { email, password })
    const { refresh_token: token } = JSON.parse(await post(`${users}/login`, { username: email, password })) as Record<string, string>
    const authorization = { Authorization: `Bearer ${token}` }
    const { _id, key } = JSON.parse(await post('/auth/api_keys', { name: 'k' }, authorization)) as Record<string, string>
    const feed = feedOf(
      await fetch(`${base}/api/service/v1/app/app-1/api_keys/revocations`, { headers: { Authorization: `Bearer ${credential}` } }),
    )
    expect(await feed.next()).toMatch(/^retry: 1000\nid: /)
    await fetch(`${base}/api/client/v2.0/auth/api_keys/${_id}/disable`, { method: 'PUT', headers: authorization })
    expect(said(await feed.next())).toEqual(['revoked', { key_id: _id }])
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    for (const secret of [key, _id, credential]) expect(output.stderr).not.toContain(secret)
  })
})
