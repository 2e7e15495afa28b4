import { realpathSync } from 'node:fs'
import { isAbsolute, relative, sep } from 'node:path'

/**
 * The file that a person starts, if the running program was unpacked from it for this run: an AppImage, or the portable program on Windows,
 * which unpacks into the temporary folder. Their environment variables are inherited, for example from a terminal that is an AppImage, so
 * they count only if the running program lies in the folder that they name.
 * @param program the running one, as `process.execPath`
 * @returns null if a person starts the program itself
 */
export function ownAppImage(env: NodeJS.ProcessEnv, program: string): string | null {
  const { APPIMAGE: image, APPDIR: mount, PORTABLE_EXECUTABLE_FILE: portable, TEMP: temporary } = env
  if (image && mount && isWithin(mount, program)) return image
  return portable && temporary && isWithin(temporary, program) ? portable : null
}

/** Finds our own file, and removes another program's from the environment: electron-updater would replace that file with this app. */
export function claimAppImage(env: NodeJS.ProcessEnv, program: string): string | null {
  const image = ownAppImage(env, program)
  if (image === null) {
    delete env['APPIMAGE']
    delete env['APPDIR']
  }
  return image
}

/** Compares real paths, because `process.execPath` has no symbolic links in it. */
function isWithin(folder: string, program: string): boolean {
  try {
    const way = relative(realpathSync.native(folder), realpathSync.native(program))
    return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
  } catch {
    return false // the mount of a program that has ended
  }
}
