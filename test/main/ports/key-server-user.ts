import { randomBytes } from 'node:crypto'
import type { Credentials } from '../../../main/vault/model/account.ts'
import type { KeyServer } from '../../../main/vault/ports/key-servers.ts'
import { Refusal } from '../../../main/vault/refusal.ts'
import { Secret } from '../../../main/vault/secret.ts'
import type { Surroundings } from './key-server-kinds.ts'

export const password = new Secret('correct horse battery')

export function newEmail(): string {
  return `${randomBytes(6).toString('hex')}@example.test`
}

/** @returns the refusal's code, and whether the request may have been executed */
export async function refusalOf(act: Promise<unknown>): Promise<{ code: string; mayHaveHappened: boolean }> {
  const error = await act.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Refusal)) throw new Error('not refused')
  return { code: error.code, mayHaveHappened: error.mayHaveHappened }
}

/** A refusal that is certain: nothing was executed. */
export function refused(code: string): { code: string; mayHaveHappened: boolean } {
  return { code, mayHaveHappened: false }
}

/** A new user with a token, which avoids hashing a password. */
export async function signedIn(around: Surroundings): Promise<{ server: KeyServer; userId: string; credentials: Credentials }> {
  const server = around.account()
  const credentials: Credentials = { method: 'custom-token', token: await around.token(randomBytes(6).toString('hex')) }
  const { userId } = await server.signIn(credentials)
  return { server, userId, credentials }
}

/** A new user with e-mail and password. */
export async function registered(
  around: Surroundings,
): Promise<{ server: KeyServer; userId: string; credentials: Credentials; email: string }> {
  const email = newEmail()
  const server = around.account()
  await server.register(email, password)
  const credentials: Credentials = { method: 'email', email, password }
  const { userId } = await server.signIn(credentials)
  return { server, userId, credentials, email }
}
