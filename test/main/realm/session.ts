import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import type { Limits, Reach } from '../../../main/realm/exchange.ts'
import { SdkKeyServers } from '../../../main/realm/key-servers.ts'
import type { Credentials } from '../../../main/vault/account.ts'
import type { KeyServer } from '../../../main/vault/ports/key-servers.ts'
import { Refusal, type RefusalCode } from '../../../main/vault/refusal.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { MemoryKeychain } from '../twins/keychain.ts'
import { ScriptedServer } from './scripted-server.ts'

export const password = new Secret('correct horse battery')
export const byEmail = { method: 'email', email: 'ada@example.test', password } satisfies Credentials

/** Roomy but for the deadline, which the tests of stalled answers wait for. */
export const limits: Limits = { deadline: 10_000, size: 1_048_576 }

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-realm-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The SDK keeps apps by id for the life of the process, so that no id may come twice in one. */
export function newId(): string {
  return randomBytes(8).toString('hex')
}

export interface Placed {
  readonly folder: string
  readonly keychain: MemoryKeychain
  readonly servers: SdkKeyServers
}

export function place(
  given: { folder?: string; keychain?: MemoryKeychain; limits?: Limits; network?: Reach; embedded?: Reach } = {},
): Placed {
  const { folder = temporaryFolder(), keychain = new MemoryKeychain(), network = fetch } = given
  const embedded = { appId: 'embedded-app', reach: given.embedded ?? network }
  const servers = new SdkKeyServers({ folder, keychain, network, embedded, limits: given.limits ?? limits })
  return { folder, keychain, servers }
}

export interface Session extends Placed {
  readonly id: string
  readonly server: ScriptedServer
  readonly keys: KeyServer
}

/** An account on a scripted server, not signed in yet. */
export async function newAccount(given: Parameters<typeof place>[0] = {}): Promise<Session> {
  const server = await ScriptedServer.start()
  const placed = place(given)
  const id = newId()
  return { ...placed, id, server, keys: placed.servers.of({ id, server: { url: server.url, appId: 'app-1' } }) }
}

/** An account on a scripted server, signed in with an e-mail and password. */
export async function signedIn(given: Parameters<typeof place>[0] = {}): Promise<Session> {
  const session = await newAccount(given)
  await session.keys.signIn(byEmail)
  return session
}

/** @returns the refusal that it rejects with; anything else fails the test */
export async function refusalOf(promise: Promise<unknown>): Promise<Refusal> {
  const outcome: unknown = await promise.then(
    () => 'resolved',
    (error: unknown) => error,
  )
  expect(outcome).toBeInstanceOf(Refusal)
  return outcome as Refusal
}

export async function expectRefusal(promise: Promise<unknown>, code: RefusalCode, mayHaveHappened = false): Promise<void> {
  const refusal = await refusalOf(promise)
  expect({ code: refusal.code, mayHaveHappened: refusal.mayHaveHappened }).toEqual({ code, mayHaveHappened })
}

/** The refresh token that the keychain holds for the account; null if none. */
export function storedToken(keychain: MemoryKeychain, id: string): string | null {
  return keychain.items.get(`session/${id}`) ?? null
}
