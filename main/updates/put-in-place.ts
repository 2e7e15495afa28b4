import { autoUpdater } from 'electron'
import { type AppUpdater, BaseUpdater } from 'electron-updater'
import { withDeadline } from '../../shared/deadline.ts'
import { Refusal } from '../vault/refusal.ts'

/** How long Squirrel may take for a file that is on this computer already, in milliseconds. */
const patience = 60_000

/**
 * Puts what was downloaded in the place of this version, for the next start. This process has to end right after.
 * @throws Refusal `update-failed`
 */
export async function putInPlace(updater: AppUpdater): Promise<void> {
  if (!(updater instanceof BaseUpdater)) return handToSquirrel()
  if (!updater.install(true, false)) throw new Refusal('update-failed')
}

/** macOS. electron-updater offers the file to Squirrel, which takes it, and puts it in place once this process has ended. */
function handToSquirrel(): Promise<void> {
  const taken = new Promise<void>((resolve, reject) => {
    autoUpdater.once('update-downloaded', () => resolve())
    autoUpdater.once('error', () => reject(new Refusal('update-failed')))
    autoUpdater.checkForUpdates()
  })
  return withDeadline(taken, patience, () => {
    throw new Refusal('update-failed')
  })
}
