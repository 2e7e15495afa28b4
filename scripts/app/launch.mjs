import { randomBytes } from 'node:crypto'
import { run } from '../process/child.mjs'
import { checkNamespaces, namespacePrefix } from '../session/namespace.mjs'
import { endStrays, sessionVariable } from '../session/strays.mjs'
import { checkout } from '../set-up/checkout.mjs'

/**
 * How the app is started on the user's own desktop. For root it is started in a user namespace, where Electron keeps its sandbox, with a
 * bus of its own, because root's bus would refuse a client with another user id. The keyring on that bus is root's own, in root's home
 * folder, and asks for its password itself.
 * @param {{ executable: string, root: boolean, args: string[] }} start
 * @returns {[string, ...string[]]}
 */
export function launchCommand({ executable, root, args }) {
  const app = [executable, checkout, ...args]
  if (!root) return /** @type {[string, ...string[]]} */ (app)
  return /** @type {[string, ...string[]]} */ ([...namespacePrefix(0), 'dbus-run-session', '--', ...app])
}

/**
 * Whether this machine can show windows.
 * @param {NodeJS.ProcessEnv} environment
 * @param {NodeJS.Platform} platform
 * @returns {boolean}
 */
export function hasDisplay(environment, platform) {
  return platform !== 'linux' || Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY'])
}

/**
 * Runs the built app until it is closed.
 * @param {string} executable Electron's
 * @param {string[]} args for the app
 * @returns {Promise<number>} its exit status
 */
export async function launch(executable, args) {
  const root = process.platform === 'linux' && process.getuid?.() === 0
  if (process.platform === 'linux') await checkNamespaces()
  const [command, ...rest] = launchCommand({ executable, root, args })
  const env = appEnvironment(process.env)
  if (!root) return run(command, rest, { cwd: checkout, env })
  // A signal ends dbus-run-session without ending its bus or the app, and the bus without ending the keyring that it started. So signals go
  // to the whole process group, and remaining processes are ended afterwards.
  const session = randomBytes(12).toString('hex')
  try {
    return await run(command, rest, { cwd: checkout, env: { ...env, [sessionVariable]: session }, group: true })
  } finally {
    await endStrays(session)
  }
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {NodeJS.ProcessEnv} without the variables that would make Electron run something else than the app
 */
export function appEnvironment(environment) {
  const foreign = ['ELECTRON_RUN_AS_NODE', 'ELECTRON_NO_ATTACH_CONSOLE', 'NODE_OPTIONS']
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !foreign.includes(name)))
}
