import { autoUpdater, BrowserWindow } from 'electron'
import { AppImageUpdater, type AppUpdater, CancellationToken, MacUpdater, NsisUpdater } from 'electron-updater'
import { writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { systemCode } from '../../shared/system-error.ts'
import { Refusal } from '../vault/refusal.ts'
import type { Feed } from './feed.ts'
import { installOnExit } from './put-in-place.ts'
import { type SignedFeed, SignedProvider } from './signed-provider.ts'
import type { Updater } from './updates.ts'

const maxManifestBytes = 64 * 1024
const manifestTimeoutMs = 30_000
/** A download that receives nothing for this long is cancelled. */
const stallTimeoutMs = 60_000

/**
 * Opens electron-updater with the feed's restrictions: signed manifests, requests to the feed's origin only, newer versions only, and no
 * data about this computer in requests.
 * @param settings the file for electron-updater's own configuration
 * @param moved called with the path of the newer AppImage, because its name contains the version
 * @param stallMs a download that receives nothing for this long is cancelled
 */
export function openUpdater(feed: Feed, settings: string, moved: (image: string) => void, stallMs = stallTimeoutMs): Updater {
  const updater = updaterOf()
  writeFileAtomic(settings, `${JSON.stringify({ updaterCacheDirName: 'latchkey-updater' })}\n`) // electron-updater reads its configuration only from a file
  updater.updateConfigPath = settings
  const signed: SignedFeed = { provider: 'custom', updateProvider: SignedProvider, feed, fetch: (url) => fetchManifest(updater, url) }
  updater.setFeedURL(signed as unknown as Parameters<AppUpdater['setFeedURL']>[0])
  updater.logger = null // it writes addresses and paths to the console
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false // it would also install at a lock, when the app restarts under its old name, and not when this app really ends
  updater.allowPrerelease = false
  updater.allowDowngrade = false
  updater.disableDifferentialDownload = true // block maps are not signed; a whole file is verified by its hash
  updater.isUserWithinRollout = () => true
  updater.on('error', () => undefined) // the rejected promises report it
  updater.on('appimage-filename-updated', (image) => {
    process.env['APPIMAGE'] = image
    moved(image)
  })
  restrictToOrigin(feed.url.origin, updater)
  return {
    async check() {
      const found = await attempt(() => updater.checkForUpdates())
      return found?.isUpdateAvailable === true ? found.updateInfo.version : null
    },
    async download(progress) {
      const token = new CancellationToken()
      const stalled = setTimeout(() => token.cancel(), stallMs) // electron-updater's own timeout waits for a socket event that Electron's requests do not emit
      const onProgress = ({ percent }: { percent: number }): void => {
        stalled.refresh()
        progress(Math.min(100, Math.max(0, Math.floor(percent))))
      }
      updater.on('download-progress', onProgress)
      try {
        await attempt(() => updater.downloadUpdate(token))
      } catch (error) {
        throw token.cancelled ? new Refusal('update-unreachable') : error
      } finally {
        clearTimeout(stalled)
        updater.off('download-progress', onProgress)
      }
    },
    install() {
      // Squirrel waits for every window to close, but ours only hide. With NSIS and AppImages quitting destroys them.
      autoUpdater.once('before-quit-for-update', () => BrowserWindow.getAllWindows().forEach((window) => window.destroy()))
      let failed = false
      updater.once('error', () => (failed = true))
      updater.quitAndInstall(false, true)
      if (failed) throw new Refusal('update-failed')
    },
    installOnExit: () => attempt(() => installOnExit(updater)),
  }
}

/** The updater for this kind of package. `availability.ts` excludes all other kinds. */
function updaterOf(): AppUpdater {
  if (process.platform === 'win32') return new NsisUpdater()
  return process.platform === 'darwin' ? new MacUpdater() : new AppImageUpdater()
}

/** Cancels every request, also a redirected one, that does not go to the feed's origin. */
function restrictToOrigin(origin: string, updater: AppUpdater): void {
  updater.netSession.webRequest.onBeforeRequest((details, done) => done({ cancel: new URL(details.url).origin !== origin }))
}

async function fetchManifest({ netSession }: AppUpdater, url: URL): Promise<Uint8Array> {
  try {
    const answer = await netSession.fetch(url.href, {
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(manifestTimeoutMs),
    })
    if (!answer.ok || answer.body === null) throw new Refusal('update-unreachable')
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
      length += part.length
      if (length > maxManifestBytes) throw new Refusal('update-untrusted')
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
