import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isKeyPrefix, isKeyValue, newKeyValue } from '../../backend/key-values.ts'
import { expectRefusal, openTestBackend } from './opened.ts'
import { openServed } from './services/service.ts'

const prefixes = fc.stringMatching(/^[a-z][a-z0-9_]{0,30}[a-z0-9]$/).filter((prefix) => !/^lks(?:_|$)/.test(prefix))

describe('key values', () => {
  test('are 64 characters of base62, all equally frequent', () => {
    const counts = new Map<string, number>()
    const values = Array.from({ length: 2000 }, () => newKeyValue(null))
    for (const value of values) {
      expect(isKeyValue(value)).toBe(true)
      for (const letter of value) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    }
    expect(new Set(values).size).toBe(2000)
    expect(counts.size).toBe(62)
    // 2065 of each are expected, with a standard deviation of 45: a deviation of eight of them is beyond chance. The error that this
    // detects, taking bytes modulo 62, would make eight characters a quarter more frequent.
    for (const count of counts.values()) expect(Math.abs(count - 2065)).toBeLessThan(360)
  })

  test('are distinguished from other texts', () => {
    const letters = fc.constantFrom(...'aZ09-_ é\n')
    fc.assert(
      fc.property(fc.string({ unit: letters, minLength: 60, maxLength: 68 }), (text) => {
        expect(isKeyValue(text)).toBe(text.length === 64 && !/[^A-Za-z0-9]/.test(text))
      }),
    )
    expect(isKeyValue(`${'a'.repeat(64)}\n`)).toBe(false)
  })
})

describe('key values with a prefix', () => {
  test('are the prefix, 58 random characters and a checksum', () => {
    fc.assert(
      fc.property(prefixes, (prefix) => {
        expect(isKeyPrefix(prefix)).toBe(true)
        const value = newKeyValue(prefix)
        expect(value.slice(0, -64)).toBe(`${prefix}_`)
        expect(value.slice(-64)).toMatch(/^[A-Za-z0-9]{64}$/)
        expect(isKeyValue(value)).toBe(true)
      }),
    )
  })

  // As docs/team-server.md describes it for secret scanners.
  test('end with the CRC-32 of everything before, in base62', () => {
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    for (let round = 0; round < 200; round += 1) {
      const value = newKeyValue('acme_live')
      const number = [...value.slice(-6)].reduce((sum, digit) => sum * 62 + digits.indexOf(digit), 0)
      expect(number).toBe(crc32(value.slice(0, -6)))
    }
  })

  test('are recognised by no part of them, and not with one character changed', () => {
    fc.assert(
      fc.property(prefixes, fc.nat(), fc.constantFrom(...'aZ09_'), (prefix, place, letter) => {
        const value = newKeyValue(prefix)
        const at = place % value.length
        const changed = value.slice(0, at) + letter + value.slice(at + 1)
        fc.pre(changed !== value)
        expect(isKeyValue(changed)).toBe(false)
        expect(isKeyValue(value.slice(0, -1))).toBe(false)
        expect(isKeyValue(`${value}\n`)).toBe(false)
        expect(isKeyValue(value.toUpperCase())).toBe(false)
      }),
    )
  })

  test.each(['', 'a', 'A1', '1a', 'a-b', 'a_', '_a', 'é1', 'a b', 'a'.repeat(33), 'lks', 'lks_live'])('may not begin with %j', (prefix) => {
    expect(isKeyPrefix(prefix)).toBe(false)
  })
})

describe('a backend with a key prefix', () => {
  test('makes keys with it that log in and are verified, and takes those without it and with an earlier one', async () => {
    const first = await openServed()
    const owner = await first.client.newUser()
    const plain = await first.client.createKey(owner, 'plain')
    await first.client.backend.close()
    const keys = [plain.key]
    for (const keyPrefix of ['acme_test', 'acme_live']) {
      const client = await openTestBackend({ dataDir: first.dataDir, keyPrefix })
      const { key } = await client.createKey(owner, keyPrefix)
      expect(key).toMatch(new RegExp(`^${keyPrefix}_[A-Za-z0-9]{64}$`))
      keys.push(key)
      for (const each of keys) expect((await client.login('api-key', { key: each })).user_id).toBe(owner.user_id)
      await client.backend.close()
    }
    const last = await openTestBackend({ dataDir: first.dataDir, keyPrefix: 'acme_live' })
    for (const key of keys) {
      const url = 'http://backend.test/api/service/v1/app/app-1/api_keys/verify'
      const answered = await last.send('POST', url, { token: first.credential, body: { key } })
      expect(answered.body).toMatchObject({ valid: true, user_id: owner.user_id })
    }
  })

  test('refuses what can be no key before the store is asked', async () => {
    const { client, verify } = await openServed({ keyPrefix: 'acme' })
    const { key } = await client.createKey(await client.newUser(), 'k')
    const mistyped = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`
    await client.backend.close() // from now on, each question to the store fails
    expectRefusal(await verify({ key }), 500, 'InternalServerError')
    expectRefusal(await client.tryLogin('api-key', { key }), 500, 'InternalServerError')
    for (const garbage of [mistyped, key.slice(1), '', 'x', 'x'.repeat(65)]) {
      expect((await verify({ key: garbage })).body).toEqual({ valid: false, cache_seconds: 5 })
      expectRefusal(await client.tryLogin('api-key', { key: garbage }), 401, 'AuthError')
    }
  })
})
