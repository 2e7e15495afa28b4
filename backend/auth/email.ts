import { Refusal } from '../refusal.ts'

/** One `@`, no spaces, no control characters, no special characters of address lists, and no longer than SMTP allows. */
const shape = /^[^\s\p{C}@<>()[\]\\,;:"]{1,64}@[^\s\p{C}@<>()[\]\\,;:"]{1,255}$/u

/**
 * Normalises an e-mail address to lower case, composed (NFC), under which its account is stored. Addresses that differ in case only are the
 * same mailbox.
 * @throws Refusal `email-invalid`
 */
export function normaliseEmail(typed: string): string {
  const email = typed.normalize('NFKC').toLowerCase().normalize('NFKC')
  if (!shape.test(email) || Buffer.byteLength(email) > 254) throw new Refusal('email-invalid')
  return email
}
