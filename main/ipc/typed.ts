import { isNewPassword } from '../../shared/new-password.ts'
import { Refusal } from '../vault/refusal.ts'
import { Secret } from '../vault/secret.ts'

/** Checks only what every mail system requires; the server decides the rest. @throws Refusal `email-invalid` */
export function parseEmail(text: string): string {
  const email = text.trim()
  if (email.length > 254 || !/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(email)) throw new Refusal('email-invalid')
  return email
}

/** @throws Refusal `password-invalid` */
export function parseNewPassword(text: string): Secret {
  if (!isNewPassword(text)) throw new Refusal('password-invalid')
  return new Secret(text)
}
