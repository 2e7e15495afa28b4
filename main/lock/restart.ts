import { readlinkSync, rmdirSync, unlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import { ownAppImage } from '../install/app-image.ts'
import { type View, wordsAgain } from './restart-args.ts'

/**
 * Ends this process and starts the app again, locked. On Linux in its own place, so that who started it does not take it for ended. An
 * AppImage is mounted for one run, and elsewhere there is no such call: there the app is started anew.
 * @throws Error if the system does not start it: then the app has to end
 */
export function restart(view: View, report: (error: unknown) => void): Promise<void> {
  const [, ...words] = wordsAgain(process.argv, view)
  return startAgain(words, report)
}

/** As `succeed`, with other words. */
export async function startAgain(words: readonly string[], report: (error: unknown) => void): Promise<void> {
  const image = ownAppImage(process.env, process.execPath)
  if (process.platform === 'linux' && image === null) {
    try {
      const { replaceImage } = await import('./exec.ts') // a foreign function call, which the start does without
      removeMeetingPlace(app.getPath('userData'))
      replaceImage(process.execPath, [process.execPath, ...words])
    } catch (error) {
      report(error) // without the library, or if the system refuses: this process ends all the same
    }
  }
  app.relaunch({ args: [...words], ...(image === null ? {} : { execPath: image }) })
  app.exit(0)
}

/**
 * Chromium keeps the socket at which a second start meets the first in a temporary folder, and removes both when it quits. Each by its
 * name: whatever the link in the profile leads to, nothing else is lost.
 */
function removeMeetingPlace(profile: string): void {
  try {
    const folder = dirname(readlinkSync(join(profile, 'SingletonSocket')))
    for (const name of ['SingletonSocket', 'SingletonCookie']) unlinkSync(join(folder, name))
    rmdirSync(folder)
  } catch {
    return // it is in nobody's way
  }
}
