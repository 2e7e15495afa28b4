import { autoUpdater } from 'electron'
import { type AppUpdater, BaseUpdater } from 'electron-updater'
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
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Refusal('update-failed'))
    const late = setTimeout(fail, patience)
    autoUpdater.once('update-downloaded', () => (clearTimeout(late), resolve()))
    autoUpdater.once('error', () => (clearTimeout(late), fail()))
    autoUpdater.checkForUpdates()
  })
}
