import { isAbsolute, join } from 'node:path'
import type { BrowserId, BrowserKind } from '../../shared/lists/browsers.ts'

/** The user and the system that browsers are looked for on. */
export interface BrowserEnvironment {
  /** The user's folder. */
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
}

/** Where a browser keeps its data for this user. */
export interface BrowserHome {
  readonly id: BrowserId
  /** The kind of manifest that it reads. */
  readonly kind: BrowserKind
  /** Folders that it creates at its first start. If any of them exists, this user has the browser. */
  readonly traces: readonly string[]
  /** The folder in which it looks for manifests; on Windows the key of the registry, below HKEY_CURRENT_USER. */
  readonly hosts: string
  /** The folders of the same browser as a snap or flatpak, whose sandbox lets it start no host program. */
  readonly sandboxed: { readonly snap: readonly string[]; readonly flatpak: readonly string[] }
}

interface Names {
  readonly id: BrowserId
  readonly kind: BrowserKind
  readonly linux: string
  readonly mac: string
  readonly windows: string
  /** Brave and Vivaldi have no registry key of their own, and read Chrome's. */
  readonly registry: string
  readonly snap: readonly string[]
  readonly flatpak: string
}

const chromiums: readonly Names[] = [
  {
    ...{ id: 'chromium', kind: 'chromium', linux: 'chromium', mac: 'Chromium', windows: 'Chromium', registry: 'Chromium' },
    ...{ snap: ['chromium'], flatpak: 'org.chromium.Chromium' },
  },
  {
    ...{ id: 'chrome', kind: 'chromium', linux: 'google-chrome', mac: 'Google/Chrome', windows: 'Google/Chrome' },
    ...{ registry: 'Google\\Chrome', snap: [], flatpak: 'com.google.Chrome' },
  },
  {
    ...{ id: 'edge', kind: 'chromium', linux: 'microsoft-edge', mac: 'Microsoft Edge', windows: 'Microsoft/Edge' },
    ...{ registry: 'Microsoft\\Edge', snap: [], flatpak: 'com.microsoft.Edge' },
  },
  {
    ...{ id: 'brave', kind: 'chromium', linux: 'BraveSoftware/Brave-Browser', mac: 'BraveSoftware/Brave-Browser' },
    ...{ windows: 'BraveSoftware/Brave-Browser', registry: 'Google\\Chrome', snap: ['brave'], flatpak: 'com.brave.Browser' },
  },
  {
    ...{ id: 'vivaldi', kind: 'chromium', linux: 'vivaldi', mac: 'Vivaldi', windows: 'Vivaldi', registry: 'Google\\Chrome' },
    ...{ snap: ['vivaldi'], flatpak: 'com.vivaldi.Vivaldi' },
  },
]

/** In the order in which they are shown. */
export function browserHomes({ home, env, platform }: BrowserEnvironment): BrowserHome[] {
  const roaming = env['APPDATA'] ?? join(home, 'AppData', 'Roaming')
  const local = env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local')
  const support = join(home, 'Library', 'Application Support')
  const config = configFolder(home, env)
  const sandboxed = ({ snap, flatpak }: Pick<Names, 'snap' | 'flatpak'>): BrowserHome['sandboxed'] =>
    platform === 'linux'
      ? { snap: snap.map((name) => join(home, 'snap', name)), flatpak: [join(home, '.var', 'app', flatpak)] }
      : notSandboxed

  const chromium = (names: Names): BrowserHome => {
    const { id, kind } = names
    if (platform === 'win32') {
      const traces = [join(local, names.windows, 'User Data')]
      return { id, kind, traces, hosts: `Software\\${names.registry}\\NativeMessagingHosts`, sandboxed: notSandboxed }
    }
    const own = platform === 'darwin' ? join(support, names.mac) : join(config, names.linux)
    return { id, kind, traces: [own], hosts: join(own, 'NativeMessagingHosts'), sandboxed: sandboxed(names) }
  }
  const firefox = (): BrowserHome => {
    const what = { id: 'firefox', kind: 'firefox', sandboxed: sandboxed({ snap: ['firefox'], flatpak: 'org.mozilla.firefox' }) } as const
    if (platform === 'win32') {
      return { ...what, traces: [join(roaming, 'Mozilla', 'Firefox')], hosts: 'Software\\Mozilla\\NativeMessagingHosts' }
    }
    if (platform === 'darwin') {
      return { ...what, traces: [join(support, 'Firefox')], hosts: join(support, 'Mozilla', 'NativeMessagingHosts') }
    }
    // Since version 147 its profiles are in the config folder; its manifests still are in ~/.mozilla.
    const traces = [join(home, '.mozilla', 'firefox'), join(config, 'mozilla', 'firefox'), join(config, 'mozilla', 'firefox-esr')]
    return { ...what, traces, hosts: join(home, '.mozilla', 'native-messaging-hosts') }
  }
  return [...chromiums.map(chromium), firefox()]
}

const notSandboxed = { snap: [], flatpak: [] }

/** The specification says to ignore a relative path. */
function configFolder(home: string, env: BrowserEnvironment['env']): string {
  const chosen = env['XDG_CONFIG_HOME']
  return chosen !== undefined && isAbsolute(chosen) ? chosen : join(home, '.config')
}
