import { describe, expect, test } from 'vitest'
import { Throttle } from '../../../backend/auth/throttle.ts'
import { PasswordQueue } from '../../../backend/auth/password-queue.ts'
import { email, expectRefusal, openTestBackend, password } from '../opened.ts'

describe('failed logins', () => {
  test('are answered with 429 after ten for an account, while the right password is still accepted', async () => {
    const client = (await openTestBackend({ clock: () => new Date(0) })).from('192.0.2.1')
    const session = await client.newUser()
    const statuses = []
    for (let index = 0; index < 12; index += 1) statuses.push((await client.tryPassword(email, 'wrong one')).status)
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429])
    const throttled = await client.tryPassword(email, 'wrong one')
    expectRefusal(throttled, 429, 'TooManyRequests')
    expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await client.tryPassword()).status).toBe(200)
    expect((await client.from('198.51.100.7').tryPassword()).status).toBe(200)
    expect((await client.key(session, 'GET', '')).status).toBe(200)
    // Another account is not affected.
    expect((await client.tryPassword('nobody@example.test')).status).toBe(401)
  })

  // Regression: guessers with many networks had as many passwords of one account checked as the server could: five a second.
  test('for one account from many networks get three passwords checked, then one every 30 s, and do not lock out its owner', async () => {
    let now = 0
    const client = await openTestBackend({ clock: () => new Date(now) })
    const home = client.from('192.0.2.1')
    await home.newUser()
    for (let index = 0; index < 10; index += 1) await client.from(`198.51.100.${index}`).tryPassword(email, 'wrong one')
    for (let index = 10; index < 13; index += 1) await client.from(`198.51.100.${index}`).tryPassword(email, 'wrong one')
    // Not even the right password of another stranger is checked: the answer would reveal it.
    const stranger = client.from('198.51.100.99')
    const refused = await stranger.tryPassword()
    expectRefusal(refused, 429, 'TooManyRequests')
    expect(Number(refused.headers.get('retry-after'))).toBe(30)
    expect((await home.tryPassword()).status).toBe(200)
    expectRefusal(await home.tryPassword(email, 'wrong one'), 429, 'TooManyRequests')
    now += 30_000
    await home.tryPassword(email, 'wrong one') // the account's bucket is full again
    expect((await stranger.tryPassword()).status).toBe(200)
    expect((await stranger.tryPassword()).status).toBe(200)
  })

  // Regression: all of them were let in before the first had failed, and again each time that the bucket leaked.
  test('for one account from many networks concurrently are limited like sequential ones', async () => {
    let now = 0
    const client = await openTestBackend({ clock: () => new Date(now) })
    await client.from('192.0.2.1').newUser()
    const burst = async (net: number): Promise<number> => {
      const answers = Array.from({ length: 16 }, (_, index) => client.from(`198.51.${net}.${index}`).tryPassword(email, 'wrong one'))
      const refused = (await Promise.all(answers)).filter(({ status, headers }) => status === 429 && headers.get('retry-after') === '30')
      return 16 - refused.length
    }
    expect(await burst(1)).toBeLessThanOrEqual(11)
    for (let half = 2; half < 6; half += 1) {
      now += 30_000
      expect(await burst(half)).toBeLessThanOrEqual(1)
    }
  }, 60_000)

  test('by API key are counted by address, and a right key is never refused', async () => {
    const client = await openTestBackend({ clock: () => new Date(0) })
    const attacker = client.from('2001:db8::1')
    const { key } = await client.createKey(await client.newUser(), 'k')
    const wrong = []
    for (let index = 0; index < 60; index += 1) wrong.push((await attacker.tryLogin('api-key', { key: 'x'.repeat(64) })).status)
    expect(wrong).toEqual([...Array<number>(50).fill(401), ...Array<number>(10).fill(429)])
    expect((await attacker.tryLogin('api-key', { key })).status).toBe(200)
    // The neighbour in the same /64 is the same client; one in another network is not.
    expect((await client.from('2001:db8:0:0:ffff::2').tryLogin('api-key', { key: 'wrong' })).status).toBe(429)
    expect((await client.from('2001:db8:0:1::2').tryLogin('api-key', { key: 'wrong' })).status).toBe(401)
  })

  test('are not counted if they succeed', async () => {
    const client = (await openTestBackend({ clock: () => new Date(0) })).from('192.0.2.1')
    const { key } = await client.createKey(await client.newUser(), 'k')
    for (let index = 0; index < 200; index += 1) expect((await client.tryLogin('api-key', { key })).status).toBe(200)
    expect((await client.tryLogin('api-key', { key: 'wrong' })).status).toBe(401)
  })

  test('in a burst of right and wrong ones get only 200, 401 and 429, each where it belongs', async () => {
    const client = (await openTestBackend()).from('192.0.2.1')
    await client.register()
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, index) => client.tryPassword(email, index % 6 === 5 ? password : 'wrong one')),
    )
    for (const [index, { status }] of answers.entries()) {
      if (index % 6 === 5) expect(status).toBe(200)
      else expect([401, 429]).toContain(status)
    }
  })
})

describe('new users', () => {
  // Regression: anybody could create as many as the disk held, each kept for ninety days.
  test('are limited to thirty per address, anonymous and registered together, and then one a minute', async () => {
    let now = 0
    const client = await openTestBackend({ clock: () => new Date(now) })
    const flood = client.from('2001:db8::1')
    await client.register('known@example.test')
    expect((await flood.register()).status).toBe(201)
    for (let index = 0; index < 29; index += 1) await client.from(`2001:db8::${index}`).login('anon-user', {})
    const refused = await flood.tryLogin('anon-user', {})
    expectRefusal(refused, 429, 'TooManyRequests')
    expect(Number(refused.headers.get('retry-after'))).toBe(60)
    // Nor does the answer reveal who is registered.
    expectRefusal(await flood.register('known@example.test'), 429, 'TooManyRequests')
    await client.from('203.0.113.5').login('anon-user', {})
    expect((await flood.tryPassword()).status).toBe(200)
    now += 30_000
    expectRefusal(await flood.tryLogin('anon-user', {}), 429, 'TooManyRequests')
    now += 30_000
    await flood.login('anon-user', {})
    expectRefusal(await flood.tryLogin('anon-user', {}), 429, 'TooManyRequests')
  })

  test('are never anonymous if that is off', async () => {
    const client = await openTestBackend({ anonymous: false })
    expectRefusal(await client.tryLogin('anon-user', {}), 404, 'AuthProviderNotFound')
    expect((await client.newUser()).user_id).toMatch(/./)
  })
})

describe('the throttle', () => {
  test('leaks failures over time', () => {
    let now = 0
    const throttle = new Throttle(() => new Date(now))
    for (let index = 0; index < 100; index += 1) throttle.countFailure({ account: 'a' })
    expect(throttle.isFull({ account: 'a' })).toBe(true)
    now += 30_000
    expect(throttle.isFull({ account: 'a' })).toBe(false)
    expect(throttle.countFailure({ account: 'a' })).toBe(0)
    expect(throttle.countFailure({ account: 'a' })).toBeGreaterThan(0)
  })

  test('evicts the longest unused bucket first, and has no more than 20,000', () => {
    const throttle = new Throttle(() => new Date(0))
    for (let index = 0; index < 10; index += 1) throttle.countFailure({ account: 'kept' })
    for (let index = 0; index < 19_999; index += 1) throttle.countFailure({ account: `flood ${index}` })
    expect(throttle.isFull({ account: 'kept' })).toBe(true)
    throttle.countFailure({ account: 'one more' })
    expect(throttle.isFull({ account: 'kept' })).toBe(false)
  })
})

describe('the password queue', () => {
  test('serves networks round-robin, so that a flood delays only itself', async () => {
    const queue = new PasswordQueue()
    const order: string[] = []
    const job = (address: string) => queue.run({ address }, 'slow', async () => void order.push(address))
    await Promise.all([...Array.from({ length: 50 }, () => job('192.0.2.1')), job('198.51.100.7')])
    expect(order.indexOf('198.51.100.7')).toBeLessThan(4)
    expect(order).toHaveLength(51)
  })

  // Regression: each address was a source of its own, so a thousand of one /64 took every place, and all others were answered with `busy`.
  test('gives a whole /64 the places of one client', async () => {
    const queue = new PasswordQueue()
    let end = (): void => undefined
    const held = new Promise<void>((resolve) => (end = resolve))
    const flood = Array.from({ length: 1100 }, (_, index) => queue.run({ address: `2001:db8::${index.toString(16)}` }, 'open', () => held))
    const ends = Promise.allSettled(flood)
    const other = queue.run({ address: '203.0.113.5' }, 'open', async () => 'done')
    end()
    expect(await other).toBe('done')
    expect((await ends).filter(({ status }) => status === 'fulfilled')).toHaveLength(102)
  })

  // Regression: their jobs were done, a third of a second each, for an answer that could not be delivered.
  test('skips jobs of clients that have disconnected', async () => {
    const queue = new PasswordQueue()
    const done: string[] = []
    let left = false
    const job = (name: string, hasLeft: () => boolean) =>
      queue.run({ address: '192.0.2.1', hasLeft }, 'slow', async () => void done.push(name))
    const jobs = [job('stays', () => false), job('leaves', () => left), job('stays too', () => false)]
    left = true
    await Promise.allSettled(jobs)
    expect(done).toEqual(['stays', 'stays too'])
  })

  test('refuses what would wait too long, and goes on after a failed job', async () => {
    const queue = new PasswordQueue()
    const work = Array.from({ length: 110 }, () => queue.run({ address: undefined }, 'slow', async () => Promise.reject(new Error('work'))))
    const ends = await Promise.allSettled(work)
    const reasons = ends.map((end) => (end.status === 'rejected' ? String((end.reason as Error).message) : 'done'))
    expect(reasons.filter((reason) => reason === 'work')).toHaveLength(101)
    expect(reasons.filter((reason) => reason.startsWith('too many requests'))).toHaveLength(9)
    expect(await queue.run({ address: undefined }, 'slow', async () => 'goes on')).toBe('goes on')
  })
})
