import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromiumId, firefoxId, hostName } from '../../../clients/shared/protocol/extension-ids.ts'
import { socketPath } from '../../../clients/shared/protocol/socket-path.ts'
import { Agent } from '../../../main/agent/agent.ts'
import { ExtensionEndpoint } from '../../../main/agent/browser/extension-endpoint.ts'
import type { Clipboard } from '../../../main/outlets/clipboard.ts'
import { listPairings } from '../../../main/vault/release/pairings.ts'
import { addSite } from '../../../main/vault/release/sites.ts'
import { filesBelow } from '../../files.ts'
import { Person } from '../../main/agent/browser/browsing.ts'
import { type VaultFixture, localVault, newKey } from '../../main/vault/fixtures/vault.ts'

export const checkout = resolve(import.meta.dirname, '../../..')
const host = join(checkout, 'out', 'command', 'latchkey')

/**
 * The app's side without its windows: real agent, gate, vault and socket, with the test in the place of the user. Browsers reach it through
 * the native host that they start themselves.
 */
export interface AppSide {
  readonly fixture: VaultFixture
  readonly person: Person
  /** The environment in which browsers find it. */
  readonly env: Record<string, string>
  readonly faults: unknown[]
  /** Creates a key that may be filled in at a site, or nowhere yet. @returns its value */
  key(name: string, site: string | null): Promise<{ id: string; accountId: string; value: string }>
  pairings(): number
  lock(): Promise<void>
  stop(): void
}

export async function startAppSide(): Promise<AppSide> {
  const { fixture, account } = await localVault()
  fixture.approver.answer = 'once'
  const base = mkdtempSync(join(tmpdir(), 'app-side-'))
  chmodSync(base, 0o700)
  const env = { HOME: base, LATCHKEY_PROFILE_DIR: join(base, 'profile') }
  mkdirSync(env.LATCHKEY_PROFILE_DIR)
  const [person, faults] = [new Person(), [] as unknown[]]
  const report = (error: unknown): void => void faults.push(error)
  const agent = new Agent({
    ...{ path: socketPath(env.LATCHKEY_PROFILE_DIR, process.env, process.platform), command: host, version: '1.2.3', vault: fixture.vault },
    clipboard: { lend: () => Promise.reject(new Error('nobody copies here')) } as unknown as Clipboard,
    settled: () => Promise.resolve(),
    maxValueBytes: () => 2560,
    prompts: person,
    showPalette: () => undefined,
    examine: () => Promise.reject(new Error('nobody asks for it here')),
    browser: new ExtensionEndpoint({ vault: fixture.vault, settled: () => Promise.resolve(), prompts: person, report }),
    report,
  })
  await agent.listen()
  return {
    ...{ fixture, person, env, faults },
    async key(name, site) {
      const { key, value } = await newKey(fixture, account, name)
      if (site !== null) addSite(fixture.opened, account.id, key.id, site, false)
      return { id: key.id, accountId: account.id, value }
    },
    pairings: () => listPairings(fixture.opened).length,
    async lock() {
      agent.dropSessions()
      await fixture.vault.lock()
    },
    stop() {
      agent.close()
      rmSync(base, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

/** Registers the native host in the folder where a browser looks for those of its user. */
export function registerHost(folder: string, browser: 'chromium' | 'firefox'): void {
  const who = browser === 'chromium' ? { allowed_origins: [`chrome-extension://${chromiumId}/`] } : { allowed_extensions: [firefoxId] }
  mkdirSync(folder, { recursive: true })
  const manifest = { name: hostName, description: 'Latchkey', path: host, type: 'stdio', ...who }
  writeFileSync(join(folder, `${hostName}.json`), JSON.stringify(manifest))
}

/** Every file below a folder that contains a text, in the encodings that browsers use. */
export function filesWith(folder: string, text: string): string[] {
  const needles = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]
  return filesBelow(folder).filter((path) => needles.some((needle) => readFileSync(path).includes(needle)))
}
