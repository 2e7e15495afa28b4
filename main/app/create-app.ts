import { app, net } from 'electron'
import { events } from '../../preload/contract.ts'
import { reportError } from '../error-reporter.ts'
import { onLanguageChange } from '../i18n/texts.ts'
import { type Launch, recordLaunch } from '../install/launch-record.ts'
import { appState, keyLists } from '../ipc/app-state.ts'
import type { AppServices } from '../ipc/app-services.ts'
import { announcer } from '../ipc/serve.ts'
import { Verification } from '../ipc/verification.ts'
import { isWayland } from '../outlets/typist/open-typist.ts'
import { Prompts } from '../outlets/prompts.ts'
import { cacheExists } from '../realm/cache/open-cache.ts'
import { followLanguage } from '../settings/language.ts'
import { keyViewOf } from '../settings/key-view.ts'
import { PreferencesStore } from '../settings/preferences.ts'
import type { Profile } from '../settings/profile.ts'
import { followTheme, setTheme, themeOf } from '../settings/theme.ts'
import { embeddedBackend } from '../storage/embedded-backend.ts'
import { fileDialogs } from '../windows/file-dialogs.ts'
import { ChangeQueue } from './change-queue.ts'
import { createDesktopShell } from './desktop/desktop-shell.ts'
import { createOutlets } from './create-outlets.ts'
import { createTransfer } from './create-transfer.ts'
import { createUpdates } from './create-updates.ts'
import { cacheFileOf, createVault } from './create-vault.ts'
import { CurrentWindow } from './desktop/current-window.ts'
import { FirstShown } from './desktop/first-shown.ts'
import { Heartbeat } from './heartbeat.ts'
import { KeychainManager } from './keychain/keychain-manager.ts'
import { keychainService } from './keychain/keychain-service.ts'
import { Latchkey } from './latchkey.ts'
import { LockController } from './lifecycle/lock-controller.ts'
import { saveJournal } from './save-journal.ts'
import { SyncScheduler } from './sync-scheduler.ts'
import { VaultLifecycle } from './lifecycle/vault-lifecycle.ts'

/**
 * Puts the adapters together: with the other `create-….ts` files the only place that knows them. Each part is made of
 * parts above it; what has to be told of a later part's events subscribes at the end.
 */
export function createApp(profile: Profile, launch: Launch): Latchkey {
  const report = reportError
  const preferences = new PreferencesStore(profile)
  followLanguage(preferences)
  followTheme(profile, preferences)
  const theme: AppServices['theme'] = { get: () => themeOf(profile), set: (chosen) => setTheme(profile, chosen) }
  const keyView: AppServices['keyView'] = { get: () => keyViewOf(profile), set: (chosen) => (profile.keyView = chosen) }
  const current = new CurrentWindow()
  const announce = announcer(events, () => current.window?.webContents ?? null)
  const firstShown = new FirstShown()
  const heartbeat = new Heartbeat(report)

  const changes = new ChangeQueue()
  const prompts = new Prompts(Date.now, () => preferences.get().approvalMinutes)
  const embedded = embeddedBackend(profile.path('backend'))
  const keychains = new KeychainManager(profile, () => cacheExists(cacheFileOf(profile)))
  const vault = createVault({ profile, preferences, keychains, embedded, prompts, changes })

  const locking = new LockController({
    ...{ vault, keychains, current, report },
    minutes: () => preferences.get().lockAfterMinutes,
    everyFewSeconds: (look) => heartbeat.add(look),
    wayland: process.platform === 'linux' && isWayland(process.env),
  })
  const { lock } = locking
  const lifecycle = new VaultLifecycle({ vault, keychains, lock, firstShown, report })
  const keychain = keychainService({ profile, keychains, vault, lifecycle, lock })
  const scheduler = new SyncScheduler({
    vault,
    online: () => net.isOnline(),
    elapsed: () => performance.now(),
    random: Math.random,
    report,
  })

  const outlets = createOutlets({
    ...{ profile, preferences, prompts, vault, report },
    theme: theme.get,
    settled: () => lifecycle.settled(),
    examine: keychain.examine,
    maxValueBytes: keychain.maxValueBytes,
    clipboardCleared: () => announce('clipboard.cleared', null),
  })
  const dialogs = fileDialogs(() => current.window)
  const transfer = createTransfer({
    ...{ profile, preferences, theme, keychains, embedded, dialogs },
    progress: (progress) => announce('transfer.progress', progress),
  })

  const desktopShell = createDesktopShell({
    ...{ profile, preferences, launch, vault, current, report },
    lock: () => lock.now(),
    showPalette: (askedBy) => firstShown.reached.then(() => outlets.showPalette(askedBy)).catch(report),
    shown: () => firstShown.signal(),
    focused: () => firstShown.isReached && scheduler.focused(), // the first focus is the opening, which syncs already
    linkArrived: () => announce('link.arrived', null),
  })
  const updates = createUpdates({
    preferences,
    settings: profile.path('updates.json'),
    changed: (state) => announce('updates.changed', state),
    moved(image) {
      recordLaunch(profile, { ...launch, image })
      desktopShell.setLaunch({ ...launch, image })
    },
  })

  const services: AppServices = {
    ...{ vault, theme, keyView, keychain, transfer, updates },
    ...{ version: app.getVersion(), platform: platform() },
    settled: () => lifecycle.settled(),
    open: () => lifecycle.open(),
    repair: () => lifecycle.repair(),
    lock: () => lock.now(),
    resumePendingWork: () => void lifecycle.resumePendingWork().catch(report),
    syncSoon: (accountId) => scheduler.soon(accountId),
    verification: new Verification((progress) => announce('keys.verifying', progress)),
    ...{ clipboard: outlets.clipboard, browsers: outlets.browsers, links: desktopShell.links },
    settings: { ...outlets.settings, ...desktopShell.settings },
    journal: { save: saveJournal(dialogs) },
  }

  const announceApp = (): void => announce('app.changed', appState(services))
  onLanguageChange(announceApp)
  changes.onFlush(({ accounts, keysOf }) => {
    if (vault.closed !== null) return
    if (accounts) announceApp()
    for (const list of keyLists(services, keysOf)) announce('keys.changed', list)
  })
  lifecycle.onOpeningEnded(() => {
    desktopShell.vaultChanged()
    preferences.reload() // settings that were repaired before this opening are in effect when it is answered
  })
  lifecycle.onWorkResumed(() => {
    if (keychains.leftBehind && vault.closed === null) announceApp()
  })
  locking.onLock(
    () => outlets.lock(),
    () => transfer.lock(),
    () => desktopShell.vaultChanged(),
  )
  return new Latchkey({
    ...{ profile, services, current, firstShown, heartbeat, embedded },
    ...{ locking, lifecycle, scheduler, outlets, desktopShell, updates },
  })
}

function platform(): AppServices['platform'] {
  return process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux'
}
