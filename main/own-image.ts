import { realpathSync } from 'node:fs'
import { isAbsolute, relative, sep } from 'node:path'

/**
 * The AppImage that the running program was started from. Whoever is started by another program's AppImage, a terminal's for one, has
 * that one's variables: ours is only where the program lies.
 * @param program that runs, as `process.execPath`
 * @returns null where the program is no part of one
 */
export function ownImage({ APPIMAGE: image, APPDIR: mount }: NodeJS.ProcessEnv, program: string): string | null {
  return image && mount && isWithin(mount, program) ? image : null
}

/** Finds our own, and takes another program's out of the environment: electron-updater would delete that one and put this app in its place. */
export function claimImage(env: NodeJS.ProcessEnv, program: string): string | null {
  const image = ownImage(env, program)
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
