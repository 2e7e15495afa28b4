import * as electron from 'electron'
import { app, globalShortcut, shell } from 'electron'
import { join } from 'node:path'
import { socketPath } from '../../clients/shared/protocol/socket-path.ts'
import { everyStep } from '../../shared/every-step.ts'
import type { Theme } from '../../shared/lists/settings.ts'
import { Agent } from '../agent/agent.ts'
import { linkSocket } from '../agent/socket/socket-link.ts'
import { ExtensionEndpoint } from '../agent/browser/extension-endpoint.ts'
import { Registrations } from '../browsers/registrations.ts'
import { assetPaths } from '../install/asset-paths.ts'
import type { AppServices } from '../ipc/app-services.ts'
import { Clipboard } from '../outlets/clipboard.ts'
import { ClipboardMarker } from '../outlets/clipboard-marker.ts'
import { Palette } from '../outlets/palette.ts'
import { PaletteUse } from '../outlets/palette-use.ts'
import type { Prompts } from '../outlets/prompts.ts'
import { Shortcut } from '../outlets/shortcut.ts'
import { systemClipboard } from '../outlets/system-clipboard.ts'
import { isWayland, openTypist } from '../outlets/typist/open-typist.ts'
import type { PreferencesStore } from '../settings/preferences.ts'
import type { Profile } from '../settings/profile.ts'
import type { Vault } from '../vault/session/vault.ts'
import type { DesktopShell } from './desktop/desktop-shell.ts'
import { SmallWindows } from '../windows/small-windows.ts'

export interface OutletParts {
  readonly profile: Profile
  readonly preferences: PreferencesStore
  readonly prompts: Prompts
  readonly vault: Vault
  readonly theme: () => Theme
  readonly settled: AppServices['settled']
  readonly examine: AppServices['keychain']['examine']
  readonly maxValueBytes: AppServices['keychain']['maxValueBytes']
  readonly clipboardCleared: () => void
  readonly report: (error: unknown) => void
}

/** The part of the outlets that windows see and may change. */
interface OutletServices extends Pick<AppServices, 'clipboard' | 'browsers'> {
  readonly settings: Omit<AppServices['settings'], keyof DesktopShell['settings']>
}

/** Everything by which a value goes to another program: the clipboard, the palette that types, the command line and the browsers. */
export interface AppOutlets extends OutletServices {
  /** Clears a value that a killed process left on the clipboard, and begins to answer other programs. */
  start(): void
  /** Preloads what the shortcut has to show at once. To be called once the window is up. */
  prepare(): void
  /** @returns when the clipboard is cleared and no key is held down any more; it never rejects */
  lock(): Promise<void>
  /** Shows the palette. */
  showPalette(askedBy: 'person' | 'program'): void
  close(): Promise<void>
}

export function createOutlets({
  profile,
  preferences,
  prompts,
  vault,
  theme,
  settled,
  examine,
  maxValueBytes,
  clipboardCleared,
  report,
}: OutletParts): AppOutlets {
  const clipboard = new Clipboard({
    system: systemClipboard(electron, process.platform),
    seconds: () => preferences.get().clipboardSeconds,
    marker: new ClipboardMarker(profile.path('clipboard.json')),
    cleared: clipboardCleared,
    report,
    clock: Date.now,
  })
  const windows = new SmallWindows({ bundle: assetPaths, prompts, theme })
  const typist = openTypist(process.platform, process.env)
  const extension = new ExtensionEndpoint({ vault, prompts, settled, report })
  const palette = new Palette({ vault, typist, clipboard, theme, settled, view: windows.palette })
  windows.palette.serve(palette)
  const paletteUse = new PaletteUse(profile.path('palette-used'))
  const showPalette = (askedBy: 'person' | 'program'): void => {
    palette
      .open(askedBy)
      .then(() => paletteUse.record())
      .catch(report)
  }
  const wayland = process.platform === 'linux' && isWayland(process.env)
  const shortcut = new Shortcut(globalShortcut, () => showPalette('person'), !wayland)
  preferences.onChange(({ quickShortcut }) => shortcut.set(quickShortcut))
  const path = socketPath(profile.folder, process.env, process.platform)
  const agent = new Agent({
    path,
    command: assetPaths.command,
    version: app.getVersion(),
    ...{ vault, clipboard, settled, prompts, examine, maxValueBytes, report },
    showPalette: () => showPalette('program'),
    browser: extension,
  })
  const registrations = new Registrations({
    ...{ home: app.getPath('home'), env: process.env, platform: process.platform },
    ...{ host: assetPaths.command, folder: profile.folder },
  })

  return {
    clipboard,
    browsers: {
      unreachable: () => agent.unreachable,
      list: () => registrations.list(),
      register: (id) => registrations.register(id),
      unregister: (id) => registrations.unregister(id),
      showExtension: (id) => {
        const folder = join(assetPaths.extension, id === 'firefox' ? 'firefox' : 'chromium')
        void shell.openPath(folder) // if no file manager opens, the window shows the path
        return folder
      },
      endSessions: (pairing) => extension.endSessions(pairing),
    },
    settings: {
      get: () => preferences.get(),
      set: (chosen) => preferences.set(chosen),
      shortcutWorks: () => shortcut.works,
      typingUnavailable: () => typist.unavailable,
    },
    start() {
      clipboard.clearLeftOver().catch(report)
      agent
        .listen()
        .then(() => linkSocket(profile.folder, path))
        .catch(report) // the app works without it
    },
    prepare() {
      if (paletteUse.isKnown) windows.palette.prepare()
      typist.target().catch(report) // after this first look `unavailable` says whether it can type at all
      registrations.refresh().catch(report)
      shortcut.set(preferences.inUse().quickShortcut)
    },
    lock: () => everyStep([() => clipboard.clear(), () => agent.dropSessions(), () => palette.lock(), () => windows.lock()], report),
    showPalette,
    close: () => everyStep([() => windows.end(), () => agent.close(), () => clipboard.clear()], report),
  }
}
