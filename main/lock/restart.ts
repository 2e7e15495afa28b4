import { readlinkSync, rmdirSync, unlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import { ownAppImage } from '../install/app-image.ts'
import { type View, restartArguments } from './restart-args.ts'

/**
 * Ends this process and starts the app again, locked. On Linux the process is replaced, so that its parent does not see it end. An AppImage
 * cannot be replaced, because it is mounted for one run, and other systems have no such call: there a new process is started.
 * @throws Error if the system does not start it; the app then has to end
 */
export function restart(view: View, report: (error: unknown) => void): Promise<void> {
  const [, ...args] = restartArguments(process.argv, view)
  return startAgain(args, report)
}

/** As `restart`, with other arguments. */
export async function startAgain(args: readonly string[], report: (error: unknown) => void): Promise<void> {
  const image = ownAppImage(process.env, process.execPath)
  if (process.platform === 'linux' && image === null) {
    try {
      const { replaceProcess } = await import('./exec.ts') // loaded late: the native library is not needed at the start
      removeSingletonFiles(app.getPath('userData'))
      replaceProcess(process.execPath, [process.execPath, ...args])
    } catch (error) {
      report(error) // the library is missing, or the system refuses: start a new process instead
    }
  }
  app.relaunch({ args: [...args], ...(image === null ? {} : { execPath: image }) })
  app.exit(0)
}

/**
 * Removes the socket of Chromium's single-instance lock and its temporary folder, which Chromium does itself only when it quits. Each file
 * is removed by its name, so that nothing else is deleted wherever the link in the profile points.
 */
function removeSingletonFiles(profile: string): void {
  try {
    const folder = dirname(readlinkSync(join(profile, 'SingletonSocket')))
    for (const name of ['SingletonSocket', 'SingletonCookie']) unlinkSync(join(folder, name))
    rmdirSync(folder)
  } catch {
    return // left-over files do no harm
  }
}
