import { realpathSync } from 'node:fs'
import { isAbsolute, relative, sep } from 'node:path'

/**
 * The file that a person starts, where the running program was unpacked from it for this run alone: an AppImage, or the portable program
 * of Windows, which unpacks into the temporary folder. Whoever is started by another such program, a terminal for one, has that one's
 * variables: ours is only where the program lies.
 * @param program that runs, as `process.execPath`
 * @returns null where the program itself is what a person starts
 */
export function ownAppImage(env: NodeJS.ProcessEnv, program: string): string | null {
  const { APPIMAGE: image, APPDIR: mount, PORTABLE_EXECUTABLE_FILE: portable, TEMP: temporary } = env
  if (image && mount && isWithin(mount, program)) return image
  return portable && temporary && isWithin(temporary, program) ? portable : null
}

/** Finds our own, and takes another program's out of the environment: electron-updater would delete that one and put this app in its place. */
export function claimAppImage(env: NodeJS.ProcessEnv, program: string): string | null {
  const image = ownAppImage(env, program)
  if (image === null) {
    delete env['APPIMAGE']
    delete env['APPDIR']
  }
  return image
}

/** By where the links in both lead: the system tells where a program is without them. */
function isWithin(folder: string, program: string): boolean {
  try {
    const way = relative(realpathSync.native(folder), realpathSync.native(program))
    return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
  } catch {
    return false // the mount of a program that has ended
  }
}
