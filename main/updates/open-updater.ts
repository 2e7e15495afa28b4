import { autoUpdater, BrowserWindow } from 'electron'
import { AppImageUpdater, type AppUpdater, CancellationToken, MacUpdater, NsisUpdater } from 'electron-updater'
import { writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { systemCode } from '../../shared/system-error.ts'
import { Refusal } from '../vault/refusal.ts'
import type { Feed } from './feed.ts'
import { putInPlace } from './put-in-place.ts'
import { type SignedFeed, SignedProvider } from './signed-provider.ts'
import type { Updater } from './updates.ts'

/** Of a manifest, in bytes: what is longer is none. */
const longest = 64 * 1024
/** For a manifest, in milliseconds. */
const deadline = 30_000
/** How long a download may bring nothing, in milliseconds. */
const patience = 60_000

/**
 * electron-updater, held to the feed: signed manifests, its origin alone, no version that is not newer, nothing told but what is asked for.
 * @param settings the file to keep its own in
 * @param moved told where the newer AppImage is, whose name has its version in it
 * @param silence after which a download is given up, in milliseconds
 */
export function openUpdater(feed: Feed, settings: string, moved: (image: string) => void, silence = patience): Updater {
  const updater = updaterOf()
  writeFileAtomic(settings, `${JSON.stringify({ updaterCacheDirName: 'latchkey-updater' })}\n`) // it reads them from a file alone
  updater.updateConfigPath = settings
  const signed: SignedFeed = { provider: 'custom', updateProvider: SignedProvider, feed, fetch: (url) => fetchWhole(updater, url) }
  updater.setFeedURL(signed as unknown as Parameters<AppUpdater['setFeedURL']>[0])
  updater.logger = null // it writes addresses and paths to the console
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false // it does so at a lock, where the app comes back by the name that is gone then, and not where this app ends
  updater.allowPrerelease = false
  updater.allowDowngrade = false
  updater.disableDifferentialDownload = true // block maps are not signed, and a whole file is checked as a whole
  updater.isUserWithinRollout = () => true
  updater.on('error', () => undefined) // told by what rejects
  updater.on('appimage-filename-updated', (image) => {
    process.env['APPIMAGE'] = image
    moved(image)
  })
  keepTo(feed.url.origin, updater)
  return {
    async check() {
      const found = await attempt(() => updater.checkForUpdates())
      return found?.isUpdateAvailable === true ? found.updateInfo.version : null
    },
    async download(progress) {
      const token = new CancellationToken()
      const stalled = setTimeout(() => token.cancel(), silence) // its own deadline waits for a socket's event, which Electron's requests have none of
      const heard = ({ percent }: { percent: number }): void => {
        stalled.refresh()
        progress(Math.min(100, Math.max(0, Math.floor(percent))))
      }
      updater.on('download-progress', heard)
      try {
        await attempt(() => updater.downloadUpdate(token))
      } catch (error) {
        throw token.cancelled ? new Refusal('update-unreachable') : error
      } finally {
        clearTimeout(stalled)
        updater.off('download-progress', heard)
      }
    },
    install() {
      // Squirrel waits for every window to close, and ours hide instead. NSIS and AppImages end by quitting, which does the same.
      autoUpdater.once('before-quit-for-update', () => BrowserWindow.getAllWindows().forEach((window) => window.destroy()))
      let failed = false
      updater.once('error', () => (failed = true))
      updater.quitAndInstall(false, true)
      if (failed) throw new Refusal('update-failed')
    },
    leave: () => attempt(() => putInPlace(updater)),
  }
}

/** Of its kinds, the one that fits this package; `barred.ts` lets no other come here. */
function updaterOf(): AppUpdater {
  if (process.platform === 'win32') return new NsisUpdater()
  return process.platform === 'darwin' ? new MacUpdater() : new AppImageUpdater()
}

/** Every request of it, redirected ones too, goes to the feed's own origin or nowhere. */
function keepTo(origin: string, updater: AppUpdater): void {
  updater.netSession.webRequest.onBeforeRequest((details, done) => done({ cancel: new URL(details.url).origin !== origin }))
}

async function fetchWhole({ netSession }: AppUpdater, url: URL): Promise<Uint8Array> {
  try {
    const answer = await netSession.fetch(url.href, { credentials: 'omit', redirect: 'error', signal: AbortSignal.timeout(deadline) })
    if (!answer.ok || answer.body === null) throw new Refusal('update-unreachable')
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
      length += part.length
      if (length > longest) throw new Refusal('update-untrusted')
      parts.push(part)
    }
    return Buffer.concat(parts)
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('update-unreachable')
  }
}

async function attempt<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (error instanceof Refusal) throw error
    const code = systemCode(error)
    throw new Refusal(code === 'ERR_CHECKSUM_MISMATCH' ? 'update-untrusted' : 'update-failed')
  }
}
