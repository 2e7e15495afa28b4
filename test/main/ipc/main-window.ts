import { noUpdates } from '../updates/no-updates.ts'
import { handlers } from '../../../main/ipc/handlers.ts'
import type { Handlers, AppServices as Surroundings } from '../../../main/ipc/app-services.ts'
import { defaultPreferences } from '../../../main/settings/preferences.ts'
import { Verification } from '../../../main/ipc/verification.ts'
import { transferOf, ScriptedDialogs } from '../transfer/transfer-of.ts'
import { testClipboard } from '../fakes/clipboard.ts'
import type { RefusalCode } from '../../../main/vault/refusal.ts'
import type { Browsers, Settings } from '../../../preload/contract.ts'
import { defaultKeyView } from '../../../shared/lists/settings.ts'
import type { VaultFixture } from '../vault/fixtures/vault.ts'

/** What of the desktop is around the vault: settable, and it remembers what it was told. */
export class Around {
  settings: Settings = defaultPreferences
  keyView = defaultKeyView
  shortcutWorks = true
  typingUnavailable: RefusalCode | null = null
  unreachable: Browsers['unreachable'] = null
  browsers: Browsers['browsers'] = [{ id: 'chromium', installed: true, registered: false, blocked: null }]
  readonly ended: string[] = []
  readonly dialogs = new ScriptedDialogs()
}

/** The main window's handlers, with a vault of fakes. */
export function handlersOf(fixture: VaultFixture, around = new Around()): Handlers {
  const register =
    (registered: boolean) =>
    async (id: string): Promise<void> => {
      around.browsers = around.browsers.map((browser) => (browser.id === id ? { ...browser, registered } : browser))
    }
  const surroundings: Surroundings = {
    vault: fixture.vault,
    clipboard: testClipboard({ get: () => '', set: () => undefined }, () => fixture.now),
    version: '1',
    platform: 'linux',
    theme: { get: () => 'system', set: () => undefined },
    keyView: { get: () => around.keyView, set: (view) => (around.keyView = view) },
    settled: () => Promise.resolve(),
    open: () => fixture.vault.open(),
    lock: () => void fixture.vault.lock(),
    repair: () => fixture.vault.repair(),
    syncSoon: () => undefined,
    verification: new Verification(() => undefined),
    keychain: {
      kind: () => 'os',
      unlock: () => Promise.resolve(),
      usePassphrase: () => Promise.resolve(),
      addPassphrase: () => Promise.resolve(),
      changePassphrase: () => Promise.resolve(),
      useOs: () => Promise.resolve(),
      leftBehind: () => false,
      maxValueBytes: () => 2560,
      nextTryAt: () => null,
      examine: () => Promise.resolve({ keychain: 'os', provider: null, desktop: 'none', findings: ['fine'], keys: [] }),
    },
    journal: { save: () => Promise.resolve({ file: '/home/ada/journal.jsonl', lines: 1 }) },
    browsers: {
      unreachable: () => around.unreachable,
      list: () => Promise.resolve(around.browsers),
      register: register(true),
      unregister: register(false),
      showExtension: (id) => `/extension/${id}`,
      endSessions: (id) => void around.ended.push(id),
    },
    resumePendingWork: () => undefined,
    transfer: transferOf(() => fixture.now, around.dialogs),
    settings: {
      get: () => around.settings,
      set: (settings) => (around.settings = settings),
      shortcutWorks: () => around.shortcutWorks,
      hasTray: () => true,
      autostartUnavailable: () => null,
      typingUnavailable: () => around.typingUnavailable,
    },
    links: { consume: () => null },
    updates: noUpdates,
  }
  return handlers(surroundings)
}
