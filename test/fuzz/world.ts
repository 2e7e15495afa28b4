import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PairingKeys } from '../../clients/session/handshake.ts'
import { AppConnection, AppRefusal } from '../../clients/session/app-connection.ts'
import { SessionFault } from '../../clients/session/session-fault.ts'
import { Agent } from '../../main/agent/agent.ts'
import { ExtensionDoor } from '../../main/agent/browser/browser-door.ts'
import { limits } from '../../main/agent/limits.ts'
import { Refusal } from '../../main/vault/refusal.ts'
import { addSite } from '../../main/vault/sites.ts'
import { localHouse, newKey } from '../main/vault/house.ts'
import { Client } from './client.ts'

export const guardedSite = 'https://console.example.com'
export const openSite = 'https://open.example.com'

/**
 * A real agent on a real socket, before a vault of twins with two keys: the person gives `open` to everybody who asks, and `guarded` to
 * nobody. Whoever gets the value of `guarded` has found a hole, and who gets that of `open` shows that it would have been seen.
 */
export interface World {
  readonly path: string
  readonly guarded: string
  readonly open: string
  /** A browser's pairing with it. */
  readonly pairing: PairingKeys
  /** What went wrong that nobody foresaw. */
  readonly faults: unknown[]
  readonly end: () => void
}

export async function newWorld(): Promise<World> {
  const { house, account } = await localHouse()
  const [guarded, open] = [await newKey(house, account, 'guarded'), await newKey(house, account, 'open')]
  addSite(house.opened, account.id, guarded.key.id, guardedSite, false)
  addSite(house.opened, account.id, open.key.id, openSite, true)
  house.approver.answer = async ({ keys }) => {
    if (keys.every(({ name }) => name === 'open')) return 'once'
    throw new Refusal('approval-denied')
  }

  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  const path = join(folder, 'latchkey', 'a.sock')
  const faults: unknown[] = []
  const report = (error: unknown): void => void faults.push(error)
  let isPairing = true
  const agent = new Agent({
    ...{ path, command: '/none', version: '0', vault: house.vault, report },
    clipboard: { lend: () => Promise.resolve(0) },
    settled: () => Promise.resolve(),
    showPalette: () => undefined,
    examine: () => Promise.resolve({ keychain: 'os', provider: null, desktop: 'none', findings: ['fine'], keys: [] }),
    browser: new ExtensionDoor({
      vault: house.vault,
      settled: () => Promise.resolve(),
      report,
      prompts: {
        pair: () => (isPairing ? Promise.resolve() : Promise.reject(new Refusal('pairing-refused'))),
        choose: () => Promise.reject(new Refusal('approval-denied')),
      },
    }),
    limits: { ...limits, connections: 256, arrivals: unlimited, messages: unlimited, idle: 50 },
  })
  await agent.listen()
  const pairing = await pair(path)
  isPairing = false
  const end = (): void => {
    agent.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { path, guarded: guarded.value, open: open.value, pairing, faults, end }
}

const unlimited = { most: 1e9, perSecond: 1e9 }

/** Tried again where a busy computer is slower than the agent waits. */
async function pair(path: string): Promise<PairingKeys> {
  const { client, extension } = browserAt(path, () => undefined)
  try {
    const comparison = await extension.pair()
    comparison.confirm()
    return await comparison.done
  } catch (error) {
    if (!(error instanceof SessionFault || error instanceof AppRefusal)) throw error
    return await pair(path)
  } finally {
    client.say('over')
    await client.over(1_000)
  }
}

/** The extension's end of a connection, as the extension has it. */
export function browserAt(path: string, seen: (bytes: Buffer) => void): { client: Client; extension: AppConnection } {
  const client = new Client(path, seen)
  const extension = new AppConnection({ post: (message) => client.say(message), close: () => undefined })
  client.onMessage = (message) => void extension.hear(message)
  return { client, extension }
}
