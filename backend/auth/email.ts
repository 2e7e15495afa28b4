import { Refusal } from '../refusal.ts'

/** One `@`, no spaces, control characters or signs that mean something in an address list; no longer than SMTP allows. */
const shape = /^[^\s\p{C}@<>()[\]\\,;:"]{1,64}@[^\s\p{C}@<>()[\]\\,;:"]{1,255}$/u

/**
 * The one spelling of an e-mail address under which its account is kept: lower case, composed. Two accounts whose
 * addresses differ by case would be one mailbox.
 * @throws Refusal `email-invalid`
 */
export function normaliseEmail(typed: string): string {
  const email = typed.normalize('NFKC').toLowerCase().normalize('NFKC')
  if (!shape.test(email) || Buffer.byteLength(email) > 254) throw new Refusal('email-invalid')
  return email
}
