import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp } from '../../../main/app/create-app.ts'
import type { Latchkey } from '../../../main/app/latchkey.ts'
import { Profile } from '../../../main/settings/profile.ts'
import { everyFailure, failures } from './failing-steps.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

/** The calls to the app's parts, in order, and the part that is to fail, with how. */
const stage = vi.hoisted(() => ({
  did: [] as string[],
  failing: { step: '', how: (): unknown => undefined },
  reported: [] as unknown[],
  begins: {} as Record<string, (step: string) => unknown>,
}))
function begin(step: string): unknown {
  stage.did.push(step)
  return stage.failing.step === step ? stage.failing.how() : Promise.resolve()
}
const part = vi.hoisted(
  () =>
    (name: string, ...members: string[]): Record<string, () => unknown> =>
      Object.fromEntries(members.map((member) => [member, () => stage.begins['begin']?.(`${name}.${member}`)])),
)
stage.begins['begin'] = begin

vi.mock('electron', () => ({ app: { getVersion: () => '0' }, net: { isOnline: () => true } }))
vi.mock('../../../main/error-reporter.ts', () => ({ reportError: (error: unknown) => stage.reported.push(error) }))
vi.mock('../../../main/settings/language.ts', () => ({ followLanguage: () => {} }))
vi.mock('../../../main/settings/theme.ts', () => ({ followTheme: () => {}, setTheme: () => {}, themeOf: () => 'system' }))
vi.mock('../../../main/i18n/texts.ts', () => ({ onLanguageChange: () => {}, texts: () => ({}), currentLanguage: () => 'en' }))
vi.mock('../../../main/app/http-client.ts', () => ({ httpClient: async () => null }))
vi.mock('../../../main/install/packaged-app.ts', () => ({ isInstallIntact: async () => true }))
vi.mock('../../../main/realm/cache/open-cache.ts', () => ({
  cacheExists: () => false,
  openCache: () => null,
  openTemporaryCache: () => null,
}))
vi.mock('../../../main/realm/server/key-servers.ts', () => ({ SdkKeyServers: function () {} }))
vi.mock('../../../main/ipc/handlers.ts', () => ({ handlers: () => ({}) }))
vi.mock('../../../main/ipc/app-state.ts', () => ({ appState: () => ({}), keyList: () => ({}) }))
vi.mock('../../../main/ipc/serve.ts', () => ({ announcer: () => () => {}, serve: () => {} }))
vi.mock('../../../main/windows/file-dialogs.ts', () => ({ fileDialogs: () => ({}) }))
vi.mock('../../../main/windows/locked-window.ts', () => ({ pageAddress: () => '' }))
vi.mock('../../../main/windows/main-window.ts', () => ({ restartPage: () => {}, viewOf: () => ({}) }))
vi.mock('../../../main/transfer/backup/backups.ts', () => ({ Backups: function () {} }))
vi.mock('../../../main/lock/triggers.ts', () => ({ Triggers: function () {} }))
vi.mock('../../../main/lock/restart.ts', () => ({ restart: async () => void stage.did.push('the process is replaced') }))
vi.mock('../../../main/storage/embedded-backend.ts', () => ({ embeddedBackend: () => part('embedded', 'close') }))
vi.mock('../../../main/app/create-updates.ts', () => ({ createUpdates: () => part('updates', 'installOnExit') }))
vi.mock('../../../main/app/create-outlets.ts', () => ({ createOutlets: () => ({ ...part('outlets', 'lock', 'close'), start: () => {} }) }))
vi.mock('../../../main/transfer/transfer.ts', () => ({
  Transfer: class {
    lock = part('transfer', 'lock')['lock']
  },
}))
vi.mock('../../../main/app/desktop/desktop-shell.ts', () => ({
  createDesktopShell: () => ({ ...part('desktop', 'vaultChanged'), start: () => {}, settings: {}, links: {} }),
}))
vi.mock('../../../main/app/keychain/keychain-manager.ts', () => ({
  KeychainManager: class {
    lock = part('keychains', 'lock')['lock']
    runOpening = (_: unknown, open: () => Promise<void>): Promise<void> => open()
    leftBehind = false
  },
}))
vi.mock('../../../main/vault/session/vault.ts', () => ({
  Vault: class {
    closed: string | null = 'locked'
    async open(): Promise<void> {
      this.closed = null
    }
    lock(): unknown {
      this.closed = 'locked'
      return stage.begins['begin']?.('vault.lock')
    }
  },
}))

let folder: string
let latchkey: Latchkey

beforeEach(async () => {
  vi.useFakeTimers()
  folder = temporaryFolder('latchkey-compose-')
  stage.failing = { step: '', how: () => undefined }
  latchkey = createApp(new Profile(folder), { packaged: false, program: '', app: '', image: null })
  latchkey.start({ hidden: false, link: null }, null)
  await vi.advanceTimersByTimeAsync(0)
  stage.did.length = stage.reported.length = 0
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a lock of the app', () => {
  const steps = ['vault.lock', 'keychains.lock', 'outlets.lock', 'transfer.lock', 'desktop.vaultChanged']
  const all = [...steps, 'the process is replaced']

  it('wipes the keys first, and replaces the process once everything is closed', async () => {
    latchkey.lock()
    expect(stage.did).toEqual(steps)
    await vi.advanceTimersByTimeAsync(1_000)
    expect([stage.did, stage.reported]).toEqual([all, []])
  })

  // One rejecting step kept every process alive, with everything in its memory.
  it.each(everyFailure(steps))('takes every step and replaces the process even if %s %s', async (step, how) => {
    stage.failing = { step, how: failures[how] }
    latchkey.lock()
    expect(stage.did).toEqual(steps)
    await vi.advanceTimersByTimeAsync(91_000)
    expect(stage.did).toEqual(all)
    expect(stage.reported).toHaveLength(1)
  })
})

describe('quitting the app', () => {
  const steps = ['vault.lock', 'keychains.lock', 'outlets.close', 'embedded.close', 'updates.installOnExit']

  it('wipes the keys first, and then closes everything', async () => {
    await latchkey.stop()
    expect([stage.did, stage.reported]).toEqual([steps, []])
  })

  it.each(everyFailure(steps))('takes every step, in less than the minute and a half that it has, even if %s %s', async (step, how) => {
    stage.failing = { step, how: failures[how] }
    let over = false
    void latchkey.stop().then(() => (over = true))
    expect(stage.did.slice(0, 3)).toEqual(steps.slice(0, 3))
    await vi.advanceTimersByTimeAsync(89_000)
    expect(stage.did).toEqual(steps)
    expect([over, stage.reported.length]).toEqual([true, 1])
  })

  it('replaces no process, also where the lock before it has not ended', async () => {
    stage.failing = { step: 'outlets.lock', how: failures['never ends'] }
    latchkey.lock()
    await latchkey.stop()
    await vi.advanceTimersByTimeAsync(100_000)
    expect(stage.did).not.toContain('the process is replaced')
  })
})
