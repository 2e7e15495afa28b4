import { autoUpdater } from 'electron'
import { type AppUpdater, BaseUpdater } from 'electron-updater'
import { withDeadline } from '../../shared/deadline.ts'
import { Refusal } from '../vault/refusal.ts'

const squirrelTimeoutMs = 60_000

/**
 * Installs the downloaded version for the next start. The process has to end right after.
 * @throws Refusal `update-failed`
 */
export async function installOnExit(updater: AppUpdater): Promise<void> {
  if (!(updater instanceof BaseUpdater)) return handToSquirrel()
  if (!updater.install(true, false)) throw new Refusal('update-failed')
}

/** On macOS electron-updater serves the file to Squirrel, which fetches it and installs it once this process has ended. */
function handToSquirrel(): Promise<void> {
  const taken = new Promise<void>((resolve, reject) => {
    autoUpdater.once('update-downloaded', () => resolve())
    autoUpdater.once('error', () => reject(new Refusal('update-failed')))
    autoUpdater.checkForUpdates()
  })
  return withDeadline(taken, squirrelTimeoutMs, () => {
    throw new Refusal('update-failed')
  })
}
