import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { socketPath } from '../../clients/shared/protocol/socket-path.ts'
import type { PairingKeys } from '../../clients/shared/secure-session/handshake.ts'
import { AppConnection, AppRefusal } from '../../clients/shared/secure-session/app-connection.ts'
import { SessionFault } from '../../clients/shared/secure-session/session-fault.ts'
import { Agent } from '../../main/agent/agent.ts'
import { ExtensionEndpoint } from '../../main/agent/browser/extension-endpoint.ts'
import { limits } from '../../main/agent/socket/limits.ts'
import { Refusal } from '../../main/vault/refusal.ts'
import { addSite } from '../../main/vault/release/sites.ts'
import { localVault, newKey } from '../main/vault/fixtures/vault.ts'
import { byHost, bySocket, Client, type Wire } from './client.ts'

export const guardedSite = 'https://console.example.com'
export const openSite = 'https://open.example.com'

/**
 * A real agent on a real socket, with a vault of fakes that has two keys: the person gives `open` to everybody who asks, and `guarded` to
 * nobody. Getting the value of `guarded` would be a hole. Getting that of `open` shows that the search works.
 */
export interface World {
  readonly connect: () => Wire
  /** In milliseconds: longer than any operation of the agent, and than it waits for the next request. */
  readonly patience: number
  /** The maximum number of messages of one session. */
  readonly longest: number
  /** The weight of each kind of conversation. */
  readonly weights: { readonly asCommand: number; readonly asBrowser: number; readonly inSession: number }
  readonly guarded: string
  readonly open: string
  /** The extension's side of a pairing. */
  readonly pairing: PairingKeys
  /** Errors that are no refusals. */
  readonly faults: unknown[]
  readonly end: () => void
}

/** @param host the program of the native messaging host, if the agent is to be reached through it */
export async function newWorld(host: string | null = null): Promise<World> {
  const { fixture, account } = await localVault()
  const [guarded, open] = [await newKey(fixture, account, 'guarded'), await newKey(fixture, account, 'open')]
  addSite(fixture.opened, account.id, guarded.key.id, guardedSite, false)
  addSite(fixture.opened, account.id, open.key.id, openSite, true)
  fixture.approver.answer = async ({ keys }) => {
    if (keys.every(({ name }) => name === 'open')) return 'once'
    throw new Refusal('approval-denied')
  }

  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  const env = { LATCHKEY_PROFILE_DIR: folder, XDG_RUNTIME_DIR: folder }
  const path = socketPath(folder, env, process.platform)
  const connect = (): Wire => (host === null ? bySocket(path) : byHost(host, env))
  const faults: unknown[] = []
  const report = (error: unknown): void => void faults.push(error)
  let isPairing = true
  const agent = new Agent({
    ...{ path, command: '/none', version: '0', vault: fixture.vault, report },
    clipboard: { copyTemporarily: () => Promise.resolve(0) },
    settled: () => Promise.resolve(),
    maxValueBytes: () => 2560,
    prompts: { choose: () => Promise.reject(new Refusal('approval-denied')) },
    showPalette: () => undefined,
    examine: () => Promise.resolve({ keychain: 'os', provider: null, desktop: 'none', findings: ['fine'], keys: [] }),
    browser: new ExtensionEndpoint({
      vault: fixture.vault,
      settled: () => Promise.resolve(),
      report,
      prompts: {
        pair: ({ shown }) => (shown(), isPairing ? Promise.resolve() : Promise.reject(new Refusal('pairing-refused'))),
        choose: () => Promise.reject(new Refusal('approval-denied')),
      },
    }),
    limits: {
      ...limits,
      connections: 256,
      arrivals: unlimited,
      messages: unlimited,
      firstMessageMs: host === null ? 200 : limits.firstMessageMs,
      idleMs: 50,
    },
  })
  await agent.listen()
  const pairing = await pair(connect)
  isPairing = false
  const end = (): void => {
    agent.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { connect, ...(host === null ? short : long), guarded: guarded.value, open: open.value, pairing, faults, end }
}

/** A session takes longer to begin than other conversations, and a host longer than any. */
const short = { patience: 500, longest: 40, weights: { asCommand: 14, asBrowser: 3, inSession: 1 } }
const long = { patience: 5_000, longest: 1_000, weights: { asCommand: 1, asBrowser: 1, inSession: 1 } }
const unlimited = { burst: 1e9, perSecond: 1e9 }

/** Repeated, because a busy computer may be slower than the agent waits. */
async function pair(connect: () => Wire): Promise<PairingKeys> {
  const { client, extension } = browserAt(connect(), () => undefined)
  try {
    const comparison = await extension.pair()
    comparison.confirm()
    return await comparison.done
  } catch (error) {
    if (!(error instanceof SessionFault || error instanceof AppRefusal)) throw error
    return await pair(connect)
  } finally {
    client.say('over')
    await client.over(1_000)
  }
}

/** The extension's end of a connection, with the extension's own code. */
export function browserAt(wire: Wire, seen: (bytes: Buffer) => void): { client: Client; extension: AppConnection } {
  const client = new Client(wire, seen)
  const extension = new AppConnection({ post: (message) => client.say(message), close: () => undefined })
  client.onMessage = (message) => void extension.hear(message)
  return { client, extension }
}
