import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, type AgentParts } from '../../../main/agent/agent.ts'
import type { Session } from '../../../main/agent/door.ts'
import type { Peer } from '../../../main/agent/peer.ts'
import type { Account } from '../../../main/vault/account.ts'
import { Refusal } from '../../../main/vault/refusal.ts'
import { testClipboard } from '../twins/clipboard.ts'
import { type House, newKey, remoteHouse } from '../vault/house.ts'

/** An agent on a socket of its own, with a vault of twins behind it that has two keys. */
export interface Running {
  readonly agent: Agent
  readonly parts: AgentParts
  readonly path: string
  readonly house: House
  readonly account: Account
  /** The values of the keys `ci` and `web`. */
  readonly values: { readonly ci: string; readonly web: string }
  readonly keyIds: { readonly ci: string; readonly web: string }
  /** What the clipboard holds. */
  readonly clipboard: () => string
  readonly palettes: () => number
  /** Everybody who came as a browser, and what they said. */
  readonly browsers: { readonly peer: Peer; readonly heard: unknown[]; ended: boolean; readonly send: (message: unknown) => void }[]
  /** What went wrong that the agent could not answer. */
  readonly faults: unknown[]
  readonly stop: () => void
}

/** A browser's conversation that says everything back, once. */
function echo(browsers: Running['browsers'], peer: () => Peer, send: (message: unknown) => void): Session {
  const browser = { peer: peer(), heard: [] as unknown[], ended: false, send }
  browsers.push(browser)
  return {
    brief: false,
    hear: async (message) => {
      peer()
      if (typeof message === 'object' && message !== null && 'refuse' in message) throw new Refusal('pairing-refused')
      browser.heard.push(message)
      send({ heard: message })
    },
    end: () => (browser.ended = true),
  }
}

export async function startAgent(more: Partial<AgentParts> = {}): Promise<Running> {
  const { house, account } = await remoteHouse()
  const [ci, web] = [await newKey(house, account, 'ci'), await newKey(house, account, 'web')]
  const base = mkdtempSync(join(tmpdir(), 'agent-'))
  const path = join(base, 'latchkey', 'agent.sock')
  let held = ''
  let palettes = 0
  const browsers: Running['browsers'] = []
  const faults: unknown[] = []
  const clipboard = testClipboard({ get: () => held, set: (text) => (held = text) }, () => house.now)
  const parts: AgentParts = {
    ...{ path, command: join(base, 'no-command'), version: '1.2.3', vault: house.vault, clipboard },
    settled: () => Promise.resolve(),
    showPalette: () => (palettes += 1),
    examine: () =>
      Promise.resolve({
        keychain: 'os',
        provider: 'gnome-keyring',
        desktop: 'gnome',
        findings: ['item-missing'],
        keys: [{ name: 'ci', finding: 'item-missing' }],
      }),
    browser: { open: (peer, send) => echo(browsers, peer, send) },
    report: (error) => faults.push(error),
    ...more,
  }
  const agent = new Agent(parts)
  await agent.listen()
  return {
    ...{ agent, parts, path, house, account, browsers, faults },
    values: { ci: ci.value, web: web.value },
    keyIds: { ci: ci.key.id, web: web.key.id },
    clipboard: () => held,
    palettes: () => palettes,
    stop: () => {
      agent.close()
      rmSync(base, { recursive: true, force: true })
    },
  }
}
