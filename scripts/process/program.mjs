import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The folders a program is looked for in: PATH, and beside each `bin` its `sbin`, which ordinary users lack.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string[]}
 */
export function programFolders(environment) {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const beside = folders.filter((folder) => folder.endsWith('bin')).map((folder) => folder.replace(/bin$/, 'sbin'))
  return [...new Set([...folders, ...beside])]
}

/**
 * The full path of a program, or null when this machine does not have it.
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
      // Not in this folder: the next one is asked.
    }
  }
  return null
}
