import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The folders in which programs are searched: PATH, and for each `bin` also its `sbin`, which ordinary users do not have in PATH.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string[]}
 */
export function programFolders(environment) {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const beside = folders.filter((folder) => folder.endsWith('bin')).map((folder) => folder.replace(/bin$/, 'sbin'))
  return [...new Set([...folders, ...beside])]
}

/**
 * The full path of a program, or null if this machine does not have it.
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string | null}
 */
export function findProgram(name, environment = process.env) {
  for (const folder of programFolders(environment)) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      if (statSync(path).isFile()) return path
    } catch {
      // Not in this folder: try the next one.
    }
  }
  return null
}
