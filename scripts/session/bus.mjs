import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { capture } from '../process/child.mjs'
import { startService, until } from './service.mjs'

/**
 * Starts a D-Bus session bus and adds its address to the environment.
 * @param {string} folder the session's runtime folder
 * @param {NodeJS.ProcessEnv} env gains DBUS_SESSION_BUS_ADDRESS
 * @returns {Promise<void>}
 */
export async function startBus(folder, env) {
  const socket = join(folder, 'bus')
  const address = `unix:path=${socket}`
  const bus = startService('dbus-daemon', ['--session', '--nofork', '--nopidfile', `--address=${address}`], { env })
  await until(bus, () => (existsSync(socket) ? true : null))
  env['DBUS_SESSION_BUS_ADDRESS'] = address
}

/**
 * Calls a service on the session's bus.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} service
 * @param {string} path
 * @param {string} method with its interface
 * @param {...string} args in the notation of dbus-send, as `string:default`
 * @returns {Promise<string | null>} the answer, as dbus-send prints it; null on failure
 */
export async function askBus(env, service, path, method, ...args) {
  const call = ['--session', '--print-reply=literal', '--reply-timeout=5000', `--dest=${service}`, path, method, ...args]
  const { status, stdout } = await capture('dbus-send', call, { env })
  return status === 0 ? stdout.trim() : null
}
