import { app, net } from 'electron'
import { withDeadline } from '../../shared/deadline.ts'
import { everyStep } from '../../shared/every-step.ts'
import { calls, events } from '../../preload/contract.ts'
import { createUpdates } from './create-updates.ts'
import { Backups } from '../transfer/backup/backups.ts'
import { embeddedBackend } from '../storage/embedded-backend.ts'
import { followLanguage } from '../settings/language.ts'
import { reportError } from '../error-reporter.ts'
import { appState, keyList } from '../ipc/app-state.ts'
import { handlers } from '../ipc/handlers.ts'
import type { AppServices } from '../ipc/app-services.ts'
import { announcer, serve } from '../ipc/serve.ts'
import { Verification } from '../ipc/verification.ts'
import { KeychainManager } from './keychain-manager.ts'
import { type Launch, recordLaunch } from '../install/launch-record.ts'
import type { View } from '../lock/restart-args.ts'
import { asksForPassphrase, LockController } from './lock-controller.ts'
import { Moving } from '../transfer/transfer.ts'
import { httpClient } from './http-client.ts'
import { Prompts } from '../outlets/prompts.ts'
import { registrableDomain } from '../outlets/public-suffixes.ts'
import { isWhole } from '../install/packaged-app.ts'
import { Chosen } from '../settings/preferences.ts'
import { movingPreferences } from '../transfer/preferences.ts'
import type { Profile } from '../settings/profile.ts'
import { cacheExists, openCache, openTemporaryCache } from '../realm/cache/open-cache.ts'
import { SdkKeyServers } from '../realm/server/key-servers.ts'
import { setCacheAside } from '../realm/cache/set-aside.ts'
import { saveJournal } from './save-journal.ts'
import type { LaunchRequest } from '../desktop/launch-request.ts'
import { SyncScheduler } from './sync-scheduler.ts'
import { createDesktopShell } from './desktop-shell.ts'
import { resumePendingWork } from './resume-pending-work.ts'
import { withAppFinding } from '../vault/keychain/examine-keychain.ts'
import { followTheme, setTheme, themeOf } from '../settings/theme.ts'
import { Vault } from '../vault/session/vault.ts'
import { onLanguage } from '../i18n/texts.ts'
import { createOutlets } from './create-outlets.ts'
import { fileDialogs } from '../windows/file-dialogs.ts'
import { pageAddress } from '../windows/locked-window.ts'

/** The app as the entry file sees it. */
export interface Latchkey {
  /**
   * Answers the window from now on, shows it, and begins to open the vault.
   * @param locked how the window was in the process before, which was locked: the vault stays closed until it is asked for. Null for a start
   */
  start(wish: LaunchRequest, locked: View | null): void
  /** What another start, or a link, wants of the app that runs. */
  take(wish: LaunchRequest): void
  /** Brings the window to the front. */
  show(): void
  lock(): void
  /** Ends what is asked, takes back what was lent and closes what was opened. */
  stop(): Promise<void>
}

/** Puts the adapters together. The only file that knows them all. */
export function createApp(profile: Profile, launch: Launch): Latchkey {
  const chosen = new Chosen(profile)
  followLanguage(chosen)
  followTheme(profile, chosen)
  const contents = () => place.window()?.webContents ?? null
  const announce = announcer(events, contents)
  const prompts = new Prompts(Date.now, () => chosen.get().approvalMinutes)
  const embedded = embeddedBackend(profile.path('backend'))

  const cacheFile = profile.path('cache', 'cache.realm')
  const keychains = new KeychainManager(profile, () => cacheExists(cacheFile))

  const vault = new Vault(() => {
    const keychain = keychains.open()
    return {
      keychain,
      servers: new SdkKeyServers({
        folder: profile.path('sdk'),
        keychain,
        network: httpClient,
        embedded,
      }),
      approver: prompts,
      registrableDomain,
      preferences: () => chosen.get(),
      clock: Date.now,
      online: () => net.isOnline(),
      rootCheck: { get: () => profile.rootCheck, set: (check) => (profile.rootCheck = check) },
      wrongPassphrases: () => keychains.takeWrongBefore(),
      cacheExists: () => cacheExists(cacheFile),
      openCache: (key) => openCache(cacheFile, key),
      elapsed: () => performance.now(),
      setCacheAside: () => setCacheAside(cacheFile),
      openTemporaryCache,
      announce: (what) => {
        if (news.size === 0) setImmediate(tell)
        news.add(what)
      },
    }
  })

  /** What changed since the window was last told. Told once an answer, and after it: who asked knows first. */
  const news = new Set<'accounts' | 'keys'>()
  function tell(): void {
    const accounts = news.has('accounts')
    news.clear()
    if (vault.closed !== null) return
    if (accounts) announce('app.changed', appState(house))
    announce('keys.changed', keyList(house))
  }

  let opening: Promise<void> = Promise.resolve()
  /** The list comes first: what is left to do loads the SDK's app and the backend, and would hold it up. */
  let show = (): void => {}
  const shown = new Promise<void>((resolve) => (show = resolve))
  let isShown = false

  const ways = createOutlets({
    ...{ profile, chosen, prompts, vault },
    theme: () => themeOf(profile),
    settled: () => opening,
    examine: () => house.keychain.examine(),
    clipboardCleared: () => announce('clipboard.cleared', null),
    report: reportError,
  })

  const theme: AppServices['theme'] = { get: () => themeOf(profile), set: (chosen) => setTheme(profile, chosen) }
  const dialogs = fileDialogs(() => place.window())
  const moving = new Moving({
    dialogs,
    backups: new Backups({
      embedded,
      embeddedIn: embeddedBackend,
      drillFolder: profile.path('drill'),
      openTemporaryCache,
      preferences: movingPreferences(chosen, theme),
    }),
    clock: Date.now,
    hasPassphrase: () => profile.keychain !== 'os',
    longestValue: () => keychains.longestValue,
    prove: (passphrase) => keychains.prove(passphrase),
    progress: (progress) => announce('moving.progress', progress),
  })

  const place = createDesktopShell({
    ...{ profile, chosen, launch, vault },
    lock: () => house.lock(),
    quick: (askedBy) => shown.then(() => ways.quick(askedBy)).catch(reportError),
    shown: () => setTimeout(show, 500),
    focused: () => isShown && schedule.focused(), // the first focus is the opening, which syncs already
    linkArrived: () => announce('link.arrived', null),
    report: reportError,
  })

  const updates = createUpdates({
    ...{ chosen, settings: profile.path('updates.json'), changed: (state) => announce('updates.changed', state) },
    moved(image) {
      recordLaunch(profile, { ...launch, image })
      place.moved({ ...launch, image })
    },
  })

  const house: AppServices = {
    vault,
    version: app.getVersion(),
    platform: platform(),
    theme,
    settled: () => opening,
    open: () => take(() => vault.open()),
    repair: () => take(() => vault.repair()),
    syncSoon: (accountId) => schedule.soon(accountId),
    verification: new Verification((progress) => announce('keys.verifying', progress)),
    keychain: {
      kind: () => profile.keychain,
      unlock: (passphrase) => lock.opens(keychains.unlock(passphrase).then(house.open)),
      usePassphrase: (passphrase) => {
        const opened = vault.closed === null ? vault.opened : null
        return lock.opens(keychains.usePassphrase(passphrase, opened).then(() => (opened === null ? house.open() : undefined)))
      },
      guard: (passphrase) => keychains.guard(passphrase, vault.opened),
      changePassphrase: (now, next) => keychains.changePassphrase(now, next, vault.opened),
      useOs: () => keychains.useOs(vault.opened),
      leftBehind: () => keychains.leftBehind,
      nextTryAt: () => keychains.nextTryAt,
      examine: async () =>
        withAppFinding(...(await Promise.all([keychains.examine(vault.closed === null ? vault.opened : null), isWhole()]))),
    },
    takeUp: () => void takeUp().catch(reportError),
    moving,
    ...{ clipboard: ways.clipboard, browsers: ways.browsers, links: place.links, updates },
    settings: { ...ways.settings, ...place.settings },
    journal: { save: saveJournal(dialogs) },
    lock: () => lock.now(),
  }

  /** Before anything else of a lock or an end: what else fails must leave no key in memory. */
  function closeKeys(): Promise<void> {
    const close = async (): Promise<void> => vault.lock() // also while it opens: the answer to the keyring's prompt must not undo a lock
    const closed = close()
    return everyStep([() => closed, () => keychains.lock(closed)], reportError)
  }

  onLanguage(() => announce('app.changed', appState(house)))

  const locking = new LockController({
    close: () => everyStep([closeKeys, () => ways.lock(), () => moving.lock(), () => place.vaultChanged()], reportError),
    isOpen: () => vault.closed === null,
    minutes: () => chosen.get().lockAfterMinutes,
    wayland: ways.wayland,
    window: () => place.window(),
    report: reportError,
  })
  const { lock } = locking

  const schedule = new SyncScheduler({
    vault,
    online: () => net.isOnline(),
    elapsed: () => performance.now(),
    random: Math.random,
    report: reportError,
  })

  async function takeUp(): Promise<void> {
    await resumePendingWork(vault, keychains)
    if (keychains.leftBehind && vault.closed === null) announce('app.changed', appState(house))
  }

  /** Opens one way or the other, after the opening before; then takes up what was left to do. */
  function take(open: () => Promise<void>): Promise<void> {
    const by = (): Promise<void> => keychains.opens(vault, open)
    const done = lock.opens(opening.then(by, by))
    opening = done
    // Settings that were mended before it was tried again are obeyed when it is answered.
    const follow = (): void => (place.vaultChanged(), chosen.follow())
    done.then(follow, follow)
    Promise.all([done, shown]).then(takeUp).catch(reportError)
    return done
  }

  return {
    start(wish, locked) {
      // The window is told when it asks. A passphrase is asked for at once: there is nothing to decide before.
      if (locked === null) house.open().catch(reportError)
      else if (asksForPassphrase(profile)) opening = vault.open()
      serve(calls, handlers(house), () => ({ contents: contents(), page: pageAddress('index') }))
      ways.open()
      locking.watch()
      place.begin(wish, locked)
      void shown.then(() => {
        isShown = true
        ways.prepare()
        locking.prepare()
        updates.follow()
        setInterval(() => schedule.tick(), 3_000)
      })
    },
    take: (wish) => place.take(wish),
    show: () => place.show(),
    lock: house.lock,
    async stop() {
      lock.stop()
      await inTime([closeKeys, () => ways.close()], 60_000)
      await inTime([() => embedded.close()], 10_000) // a creation under way may have needed it until now
      await inTime([() => updates.leave()], 15_000)
    },
  }
}

/** What takes longer is left as it is, and told. @param longest in milliseconds; all of an end together are less than the process has */
async function inTime(steps: readonly (() => unknown)[], longest: number): Promise<void> {
  const late = (): void => reportError(new Error('what was to be closed did not come to its end'))
  await withDeadline(everyStep(steps, reportError), longest, late)
}

function platform(): AppServices['platform'] {
  return process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux'
}
