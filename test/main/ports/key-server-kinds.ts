import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { openBackend } from '../../../backend/backend.ts'
import { SdkKeyServers } from '../../../main/realm/server/key-servers.ts'
import type { KeyServer, KeyServers } from '../../../main/vault/ports/key-servers.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { MemoryKeychain } from '../fakes/keychain.ts'
import { brokenOff, MemoryKeyServers, unreachable } from '../fakes/key-servers.ts'
import type { Event } from '../fakes/service.ts'

/** How the connection to the server is broken. */
export type Breakage = 'never sent' | 'request lost' | 'answer lost'

/** One service, and the computers that reach it. */
export interface Surroundings {
  /** The key server of a new account: another computer, or another account of this one. */
  account(): KeyServer
  /** Tests a key's value in the account of this key server. */
  tryValue(by: KeyServer, value: Secret): ReturnType<KeyServers['tryValue']>
  /** A token of another issuer, for one of its users. */
  token(subject: string): Promise<Secret>
  /** Breaks the connection to the server from now on; null repairs it. */
  break(breakage: Breakage | null): void
  close(): Promise<void>
}

const appId = 'app-1'

/** The SDK with its transport, over a real backend in this process. There is one SDK for each process. */
export async function realSurroundings(): Promise<Surroundings> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-key-server-'))
  const secret = randomBytes(32).toString('hex')
  const backend = await openBackend({ dataDir: join(folder, 'backend'), appId, customToken: { secret } })
  let breakage: Breakage | null = null
  const reach = async (url: string, init: RequestInit): Promise<Response> => {
    if (breakage === 'never sent') throw cause('fetch failed', 'ECONNREFUSED')
    if (breakage === 'request lost') throw cause('fetch failed', 'ECONNRESET')
    const response = await backend.fetch(new Request(url, init))
    if (breakage === 'answer lost') throw cause('terminated', 'UND_ERR_SOCKET')
    return response
  }
  const limits = { deadline: 60_000, size: 1_048_576 }
  const servers = new SdkKeyServers({
    folder: join(folder, 'sdk'),
    keychain: new MemoryKeychain(),
    network: reach,
    embedded: { appId, reach },
    limits,
  })
  return {
    ...accountsOf(servers),
    token: async (subject) => {
      const token = new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setSubject(subject).setAudience(appId)
      return new Secret(await token.setExpirationTime('1h').sign(Buffer.from(secret)))
    },
    break: (how) => void (breakage = how),
    close: async () => {
      await backend.close()
      rmSync(folder, { recursive: true })
    },
  }
}

export async function fakeSurroundings(): Promise<Surroundings> {
  const servers = new MemoryKeyServers()
  const service = servers.service(null)
  const nothing: Event = () => undefined
  return {
    ...accountsOf(servers),
    token: async (subject) => service.issueToken(subject),
    break: (how) => {
      service.before = how === 'never sent' ? unreachable() : how === 'request lost' ? brokenOff() : nothing
      service.after = how === 'answer lost' ? brokenOff() : nothing
    },
    close: async () => undefined,
  }
}

function accountsOf(servers: KeyServers): Pick<Surroundings, 'account' | 'tryValue'> {
  const ids = new Map<KeyServer, string>()
  return {
    account: () => {
      const id = randomBytes(8).toString('hex')
      const account = servers.of({ id, server: null })
      ids.set(account, id)
      return account
    },
    tryValue: (by, value) => servers.tryValue({ id: ids.get(by) ?? '', server: null }, value),
  }
}

function cause(message: string, code: string): Error {
  return new TypeError(message, { cause: Object.assign(new Error(code), { code }) })
}

export const kinds = [
  { kind: 'the SDK on a real backend', open: realSurroundings },
  { kind: 'the in-memory fake', open: fakeSurroundings },
]
