import * as electron from 'electron'
import { app, globalShortcut, shell } from 'electron'
import { join } from 'node:path'
import { socketPath } from '../../clients/shared/protocol/socket-path.ts'
import { everyStep } from '../../shared/every-step.ts'
import type { Theme } from '../../preload/contract.ts'
import { Agent } from '../agent/agent.ts'
import { linkSocket } from '../agent/socket/socket-link.ts'
import { ExtensionEndpoint } from '../agent/browser/extension-endpoint.ts'
import { Registrations } from '../browsers/registrations.ts'
import { assetPaths } from '../install/asset-paths.ts'
import type { AppServices } from '../ipc/app-services.ts'
import { Clipboard } from '../outlets/clipboard.ts'
import { LentNote } from '../outlets/clipboard-marker.ts'
import { Palette } from '../outlets/palette.ts'
import type { Prompts } from '../outlets/prompts.ts'
import { Shortcut } from '../outlets/shortcut.ts'
import { systemClipboard } from '../outlets/system-clipboard.ts'
import { isWayland, openTypist } from '../outlets/typist/open-typist.ts'
import type { Chosen } from '../settings/preferences.ts'
import type { Profile } from '../settings/profile.ts'
import type { Vault } from '../vault/session/vault.ts'
import type { DesktopShell } from './desktop-shell.ts'
import { SmallWindows } from '../windows/small-windows.ts'

export interface OutletParts {
  readonly profile: Profile
  readonly chosen: Chosen
  readonly prompts: Prompts
  readonly vault: Vault
  readonly theme: () => Theme
  readonly settled: AppServices['settled']
  readonly examine: AppServices['keychain']['examine']
  readonly clipboardCleared: () => void
  readonly report: (error: unknown) => void
}

/** What the window is told of the ways out, and may change. */
interface Told extends Pick<AppServices, 'clipboard' | 'browsers'> {
  readonly settings: Omit<AppServices['settings'], keyof DesktopShell['settings']>
}

/** Every way on which a value goes to another program, put together: the clipboard, the palette that types, the command and the browsers. */
export interface AppOutlets extends Told {
  /** Whether the desktop keeps its programs apart, so that some of it goes by other ways. */
  readonly wayland: boolean
  /** Takes back what a killed process lent, and lets others ask. */
  open(): void
  /** The window is up: what a shortcut is to show at once is made ready. */
  prepare(): void
  /** @returns when what was lent is taken back, and no key is held down any more; it rejects never */
  lock(): Promise<void>
  /** Shows the palette. */
  quick(askedBy: 'person' | 'program'): void
  close(): Promise<void>
}

export function createOutlets({
  profile,
  chosen,
  prompts,
  vault,
  theme,
  settled,
  examine,
  clipboardCleared,
  report,
}: OutletParts): AppOutlets {
  const clipboard = new Clipboard({
    system: systemClipboard(electron, process.platform),
    seconds: () => chosen.get().clipboardSeconds,
    note: new LentNote(profile.path('clipboard.json')),
    cleared: clipboardCleared,
    report,
    clock: Date.now,
  })
  const windows = new SmallWindows({ bundle: assetPaths, prompts, theme })
  const typist = openTypist(process.platform, process.env)
  const door = new ExtensionEndpoint({ vault, prompts, settled, report })
  const palette = new Palette({ vault, typist, clipboard, theme, settled, stage: windows.palette })
  windows.palette.serve(palette)
  const quick = (askedBy: 'person' | 'program'): void => void palette.open(askedBy).catch(report)
  const wayland = process.platform === 'linux' && isWayland(process.env)
  const shortcut = new Shortcut(globalShortcut, () => quick('person'), !wayland)
  chosen.onChange(({ quickShortcut }) => shortcut.set(quickShortcut))
  const path = socketPath(profile.folder, process.env, process.platform)
  const agent = new Agent({
    path,
    command: assetPaths.command,
    version: app.getVersion(),
    ...{ vault, clipboard, settled, examine, report },
    showPalette: () => quick('program'),
    browser: door,
  })
  const registrations = new Registrations({
    ...{ home: app.getPath('home'), env: process.env, platform: process.platform },
    ...{ host: assetPaths.command, folder: profile.folder },
  })

  return {
    wayland,
    clipboard,
    browsers: {
      unreachable: () => agent.unreachable,
      list: () => registrations.list(),
      register: (id) => registrations.register(id),
      unregister: (id) => registrations.unregister(id),
      showExtension: (id) => {
        const folder = join(assetPaths.extension, id === 'firefox' ? 'firefox' : 'chromium')
        void shell.openPath(folder) // where no file manager comes up, the window has its path to read
        return folder
      },
      endSessions: (pairing) => door.endSessions(pairing),
    },
    settings: {
      get: () => chosen.get(),
      set: (preferences) => chosen.set(preferences),
      shortcutWorks: () => shortcut.works,
      typingBarred: () => typist.barred,
    },
    open() {
      clipboard.takeBackLeft().catch(report)
      agent
        .listen()
        .then(() => linkSocket(profile.folder, path))
        .catch(report) // the app is whole without
    },
    prepare() {
      windows.palette.prepare()
      typist.target().catch(report) // from this first look on it tells whether it can type at all
      registrations.renew().catch(report)
      shortcut.set(chosen.inUse().quickShortcut)
    },
    lock: () => everyStep([() => clipboard.takeBack(), () => agent.dropSessions(), () => palette.lock(), () => windows.lock()], report),
    quick,
    close: () => everyStep([() => windows.end(), () => agent.close(), () => clipboard.takeBack()], report),
  }
}
