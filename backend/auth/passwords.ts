import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { isNewPassword } from '../../shared/new-password.ts'
import { Refusal } from '../refusal.ts'

/** N = 2^15, r = 8, p = 3: one of the equivalent settings of OWASP's Password Storage Cheat Sheet; 32 MiB and about 0.3 s. */
const current = { logN: 15, r: 8, p: 3 } as const
const hashBytes = 32
const hashShape = /^scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/

/** @throws Refusal `password-invalid` */
export function checkNewPassword(password: string): void {
  if (!isNewPassword(password)) throw new Refusal('password-invalid')
}

/** The stored form: algorithm, parameters, salt and hash in one text, so that the parameters can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, current)
  const { logN, r, p } = current
  return `scrypt$ln=${logN},r=${r},p=${p}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

/**
 * Checks a password against its stored form.
 * @param stored null for an unknown account, which costs the same work as a known one, so that response times do not reveal which accounts
 * exist
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const parts = hashShape.exec(stored ?? '')
  if (parts === null) {
    if (stored !== null) throw new Error('a stored password hash has an unknown form')
    await derive(password, unknownSalt, current)
    return false
  }
  const [, logN, r, p, salt, hash] = parts
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) }
  const derived = await derive(password, Buffer.from(salt ?? '', 'base64url'), cost)
  return timingSafeEqual(derived, Buffer.from(hash ?? '', 'base64url'))
}

const unknownSalt = randomBytes(16)

function derive(password: string, salt: Buffer, cost: { logN: number; r: number; p: number }): Promise<Buffer> {
  const { logN, r, p } = cost
  return new Promise((resolve, reject) => {
    // The same password typed on two keyboards can differ in composed and decomposed characters. NFKC makes them equal (RFC 8265).
    const options = { N: 2 ** logN, r, p, maxmem: 256 * 2 ** logN * r }
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, hash) => {
      if (error === null) resolve(hash)
      else reject(error)
    })
  })
}
