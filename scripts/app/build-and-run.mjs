import { runInSession } from '../session/session.mjs'
import { cacheFolder } from '../set-up/cache-folder.mjs'
import { checkout } from '../set-up/checkout.mjs'
import { setUp } from '../set-up/steps.mjs'
import { buildApp } from './build.mjs'
import { buildCommand } from './build-command.mjs'
import { buildExtension } from './build-extension.mjs'
import { appEnvironment } from './launch.mjs'

/**
 * Runs the set-up, builds the app, its command and the extension, and runs a Node program in a session of its own, where
 * ELECTRON_OVERRIDE_DIST_PATH says which Electron to use. It is chosen before the session starts, because the home folder inside is empty.
 * @param {() => string[]} program Node's arguments; called when the npm packages are installed
 * @param {number} [lanes] how many screens, buses, keyrings and homes the session has
 * @returns {Promise<number>} its exit status
 */
export async function buildAndRunInSession(program, lanes = 1) {
  const runtime = await setUp('session')
  await buildApp()
  await buildCommand()
  await buildExtension()
  const env = {
    ...appEnvironment(process.env),
    LATCHKEY_CACHE_DIR: cacheFolder(),
    ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
  }
  return runInSession(process.execPath, program(), { cwd: checkout, env, lanes })
}
