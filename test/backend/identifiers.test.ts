import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashPassword, verifyPassword } from '../../backend/auth/passwords.ts'
import { normaliseEmail } from '../../backend/auth/email.ts'
import { newObjectId } from '../../backend/identifiers.ts'

describe('object ids', () => {
  test('begin with the time in seconds, are unique, and increase within a second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (seconds) => {
        const now = new Date(seconds * 1000 + 999)
        const [one, two] = [newObjectId(now), newObjectId(now)]
        expect(one).toMatch(/^[0-9a-f]{24}$/)
        expect(one).not.toBe(two)
        expect(Number.parseInt(one.slice(0, 8), 16)).toBe(seconds)
      }),
    )
  })
})

describe('password hashes', () => {
  test('are salted, name their parameters, and verify their password only', async () => {
    const [one, two] = await Promise.all([hashPassword('secret-1'), hashPassword('secret-1')])
    expect(one).toMatch(/^scrypt\$ln=15,r=8,p=3\$/)
    expect(one).not.toBe(two)
    expect(await verifyPassword('secret-1', one)).toBe(true)
    expect(await verifyPassword('secret-2', one)).toBe(false)
    expect(await verifyPassword('secret-1', null)).toBe(false)
    await expect(verifyPassword('secret-1', 'md5$x')).rejects.toThrow('unknown form')
  })
})

describe('accepted e-mail addresses', () => {
  test('are normalised, have one @, and contain nothing that has a meaning for mail programs', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.emailAddress(),
          fc.string({ unit: 'binary' }).map((text) => `a${text}@b`),
        ),
        (typed) => {
          let email
          try {
            email = normaliseEmail(typed)
          } catch (error) {
            expect(error).toMatchObject({ reason: 'email-invalid' })
            return
          }
          expect(normaliseEmail(email)).toBe(email)
          expect(email.split('@')).toHaveLength(2)
          expect(email).not.toMatch(/[\s<>,;:"()[\]\\\p{C}]/u)
        },
      ),
    )
  })
})
