import { describe, expect, test } from 'vitest'
import { KeyCheckUnavailable, newKeyVerifier } from '../../../backend/middleware/key-verifier.ts'
import { clientUrl } from '../opened.ts'
import { addService, removeService, serviceUrl } from '../services/service.ts'
import { serveKeys } from './served-verifier.ts'

const credential = `lks_${'A'.repeat(43)}`

/** A `fetch` whose answers to checks wait until they are released. */
function heldFetch(): { fetch: typeof fetch; arrived: () => number; release: () => void } {
  const waiting: (() => void)[] = []
  let arrived = 0
  return {
    async fetch(url, init) {
      const response = await fetch(url, init)
      if (!String(url).endsWith('/verify')) return response
      arrived += 1
      await new Promise<void>((resolve) => waiting.push(resolve))
      return response
    },
    arrived: () => arrived,
    release: () => waiting.splice(0).forEach((go) => go()),
  }
}

describe('a verifier of keys', () => {
  test('says whose a good key is, and that a disabled, a deleted and an unknown one are no good', async () => {
    const { client, newVerifier } = await serveKeys()
    const owner = await client.newUser()
    const good = await client.createKey(owner, 'ci-deploy')
    const disabled = await client.createKey(owner, 'disabled')
    await client.key(owner, 'PUT', `/${disabled._id}/disable`)
    const verifier = newVerifier()
    expect(await verifier.verify(good.key)).toEqual({
      ...{ userId: owner.user_id, keyId: good._id, name: 'ci-deploy' },
      ...{ expiresAt: null, scopes: [], metadata: {} },
    })
    expect(await verifier.verify(disabled.key)).toBeNull()
    expect(await verifier.verify('x'.repeat(64))).toBeNull()
  })

  test('asks once about a key, for many requests at a time and for 30 seconds, while it follows the feed', async () => {
    const { client, newVerifier, checks } = await serveKeys()
    const { key } = await client.createKey(await client.newUser(), 'k')
    let now = 0
    const verifier = newVerifier({ clock: () => now })
    await expect.poll(() => verifier.isFollowing).toBe(true)
    await Promise.all(Array.from({ length: 20 }, () => verifier.verify(key)))
    now = 29_999
    expect(await verifier.verify(key)).not.toBeNull()
    expect(checks()).toBe(1)
    now = 30_000
    expect(await verifier.verify(key)).not.toBeNull()
    expect(checks()).toBe(2)
  })

  test('asks again about a key after five seconds if it does not follow the feed, and about a bad one in any case', async () => {
    const { client, newVerifier, checks } = await serveKeys()
    const { key } = await client.createKey(await client.newUser(), 'k')
    let now = 0
    const clock = () => now
    const alone = newVerifier({ clock, follow: false })
    const following = newVerifier({ clock })
    await expect.poll(() => following.isFollowing).toBe(true)
    const ask = () => Promise.all([alone.verify(key), following.verify('x'.repeat(64))])
    await ask()
    now = 4_999
    await ask()
    expect(checks()).toBe(2)
    now = 5_000
    await ask()
    expect(checks()).toBe(4)
  })

  test.each(['disabled', 'deleted', 'deleted with its user'])('refuses a kept key as soon as it was %s', async (how) => {
    const { client, newVerifier } = await serveKeys()
    const owner = await client.newUser()
    const { key, _id } = await client.createKey(owner, 'k')
    const { key: other } = await client.createKey(await client.newUser('other@example.test'), 'k')
    const verifier = newVerifier({ clock: () => 0 })
    await expect.poll(() => verifier.isFollowing).toBe(true)
    expect(await verifier.verify(key)).not.toBeNull()
    expect(await verifier.verify(other)).not.toBeNull()
    if (how === 'disabled') await client.key(owner, 'PUT', `/${_id}/disable`)
    else if (how === 'deleted') await client.key(owner, 'DELETE', `/${_id}`)
    else await client.send('DELETE', `${clientUrl}/auth/delete`, { token: owner.access_token })
    await expect.poll(() => verifier.verify(key)).toBeNull()
    expect(await verifier.verify(other)).not.toBeNull()
  })

  test('does not keep an answer that the news of a revocation have overtaken, and asks again', async () => {
    const { client, newVerifier } = await serveKeys()
    const owner = await client.newUser()
    const { key, _id } = await client.createKey(owner, 'k')
    const { key: canary, _id: canaryId } = await client.createKey(owner, 'canary')
    const held = heldFetch()
    const verifier = newVerifier({ fetch: held.fetch, clock: () => 0 })
    await expect.poll(() => verifier.isFollowing).toBe(true)
    // The canary is in the cache. When it has gone, the feed has brought the events before its own, too.
    const warm = verifier.verify(canary)
    await expect.poll(held.arrived).toBe(1)
    held.release()
    expect(await warm).not.toBeNull()
    const asked = verifier.verify(key)
    await expect.poll(held.arrived).toBe(2)
    await client.key(owner, 'PUT', `/${_id}/disable`)
    await client.key(owner, 'PUT', `/${canaryId}/disable`)
    await expect
      .poll(async () => {
        void verifier.verify(canary).catch(() => undefined)
        return held.arrived()
      })
      .toBe(3)
    held.release() // the server said "valid" before the key was disabled
    await expect.poll(held.arrived).toBe(4)
    held.release()
    expect(await asked).toBeNull()
  })

  test('keeps a good key through a lost connection, and hears afterwards what was revoked meanwhile', async () => {
    const { client, newVerifier, checks } = await serveKeys()
    const owner = await client.newUser()
    const [kept, revoked] = [await client.createKey(owner, 'kept'), await client.createKey(owner, 'revoked')]
    let connections = 0
    let cut: () => void = () => undefined
    let reachable = true
    const unreliable: typeof fetch = async (url, init) => {
      if (!String(url).endsWith('/revocations')) return fetch(url, init)
      if (!reachable) throw new TypeError('unreachable')
      connections += 1
      const lost = new AbortController()
      cut = () => lost.abort()
      return fetch(url, { ...init, signal: AbortSignal.any([lost.signal, init?.signal ?? lost.signal]) })
    }
    const verifier = newVerifier({ fetch: unreliable, clock: () => 0 })
    await expect.poll(() => verifier.isFollowing).toBe(true)
    for (const { key } of [kept, revoked]) expect(await verifier.verify(key)).not.toBeNull()
    reachable = false
    cut()
    await expect.poll(() => verifier.isFollowing).toBe(false)
    await client.key(owner, 'PUT', `/${revoked._id}/disable`)
    reachable = true
    await expect.poll(() => verifier.isFollowing, { timeout: 20_000 }).toBe(true)
    expect(connections).toBe(2)
    expect(checks()).toBe(2)
    expect(await verifier.verify(kept.key)).not.toBeNull()
    expect(checks()).toBe(2)
    expect(await verifier.verify(revoked.key)).toBeNull()
    expect(checks()).toBe(3)
  })

  test('says neither yes nor no if the server cannot be asked, and logs neither key nor credential', async () => {
    const { client, newVerifier, dataDir, credential: known } = await serveKeys()
    const { key } = await client.createKey(await client.newUser(), 'k')
    const lines: string[] = []
    const log = (line: string) => lines.push(line)
    const verifier = newVerifier({ log, follow: false })
    removeService(dataDir)
    await expect(verifier.verify(key)).rejects.toThrow(new KeyCheckUnavailable('the server answered 401'))
    const nowhere = newKeyVerifier({ server: 'http://127.0.0.1:9', appId: 'app-1', credential, follow: false, log })
    await expect(nowhere.verify(key)).rejects.toThrow(KeyCheckUnavailable)
    const strange = newVerifier({ fetch: async () => Response.json({ valid: 'yes', key }), follow: false, log })
    await expect(strange.verify(key)).rejects.toThrow('answered what it should not')
    expect(lines).toHaveLength(3)
    for (const secret of [key, known, credential]) expect(lines.join('\n')).not.toContain(secret)
  })

  test('gives the expiry, scopes and metadata of a key, as they are since the last change', async () => {
    const { client, newVerifier, dataDir } = await serveKeys()
    const { key, _id } = await client.createKey(await client.newUser(), 'k')
    const token = addService(dataDir, 'console', true)
    const verifier = newVerifier({ clock: () => 0 })
    await expect.poll(() => verifier.isFollowing).toBe(true)
    expect(await verifier.verify(key)).toMatchObject({ scopes: [] })
    const body = { scopes: ['deploy'], metadata: { team: 'payments' }, expires_at: '2999-01-01T00:00:00Z' }
    expect((await client.send('PATCH', `${serviceUrl}/api_keys/${_id}`, { token, body })).status).toBe(200)
    const now = { scopes: ['deploy'], metadata: { team: 'payments' }, expiresAt: '2999-01-01T00:00:00.000Z' }
    await expect.poll(() => verifier.verify(key)).toMatchObject(now)
  })

  test('understands a server that knows no details of keys, and no answer with strange ones', async () => {
    const { newVerifier } = await serveKeys()
    const known = { valid: true, user_id: 'u', key_id: 'k', name: 'n', cache_seconds: 30 }
    const answering = (body: object) => newVerifier({ fetch: async () => Response.json(body), follow: false })
    expect(await answering(known).verify('x')).toEqual({ userId: 'u', keyId: 'k', name: 'n', expiresAt: null, scopes: [], metadata: {} })
    for (const strange of [{ scopes: 'all' }, { scopes: [1] }, { metadata: [] }, { metadata: { a: 1 } }, { expires_at: 5 }])
      await expect(answering({ ...known, ...strange }).verify('x')).rejects.toThrow('answered what it should not')
  })

  test('follows no redirect, which would take the key elsewhere', async () => {
    const { newVerifier } = await serveKeys()
    const seen: (string | undefined)[] = []
    const recording: typeof fetch = async (url, init) => {
      seen.push(init?.redirect)
      return fetch(url, init)
    }
    const verifier = newVerifier({ fetch: recording })
    await verifier.verify('x'.repeat(64))
    await expect.poll(() => verifier.isFollowing).toBe(true)
    expect(seen).toEqual(['error', 'error'])
  })

  test('keeps no more keys than it should, and guesses displace no good key', async () => {
    const { client, newVerifier, checks } = await serveKeys()
    const owner = await client.newUser()
    const keys = [await client.createKey(owner, 'a'), await client.createKey(owner, 'b'), await client.createKey(owner, 'c')]
    const verifier = newVerifier({ maxKeys: 2, follow: false, clock: () => 0 })
    for (const { key } of keys) await verifier.verify(key)
    for (let guess = 0; guess < 1_100; guess += 1) await verifier.verify(`guess${guess}`)
    expect(checks()).toBe(1_103)
    await verifier.verify(keys[2]?.key ?? '')
    await verifier.verify(keys[1]?.key ?? '')
    await verifier.verify('guess1099')
    expect(checks()).toBe(1_103)
    await verifier.verify(keys[0]?.key ?? '')
    await verifier.verify('guess0')
    expect(checks()).toBe(1_105)
  })

  test.each([
    [{ server: 'http://keys.example.test' }, 'https only'],
    [{ server: 'ftp://127.0.0.1' }, 'https only'],
    [{ server: 'keys' }, 'Invalid URL'],
    [{ appId: '../a' }, 'the app id'],
    [{ credential: 'secret' }, 'begins with lks_'],
  ])('refuses %j', (wrong, sentence) => {
    const options = { server: 'https://keys.example.test', appId: 'app-1', credential, follow: false }
    expect(() => newKeyVerifier({ ...options, ...wrong })).toThrow(sentence)
  })
})
