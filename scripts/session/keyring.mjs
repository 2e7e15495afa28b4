import { randomBytes } from 'node:crypto'
import { askBus } from './bus.mjs'
import { startService, until } from './service.mjs'

const secrets = 'org.freedesktop.secrets'

/**
 * Starts a real Secret Service with a new, empty and unlocked keyring.
 * @param {NodeJS.ProcessEnv} env with the session's HOME, XDG_RUNTIME_DIR and bus
 * @param {string} [password] needed to unlock the keyring again; by default a random one that is not kept
 * @returns {Promise<void>} when an item can be stored in it
 */
export async function startKeyring(env, password = randomBytes(24).toString('hex')) {
  const args = ['--unlock', '--foreground', '--components=secrets']
  const daemon = startService('gnome-keyring-daemon', args, { env, input: password })
  await until(daemon, async () => {
    // Asked first: any other call would make the bus start a second, locked daemon.
    const owner = await askBus(env, 'org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', `string:${secrets}`)
    if (owner !== 'boolean true') return null
    const service = '/org/freedesktop/secrets'
    const collection = await askBus(env, secrets, service, 'org.freedesktop.Secret.Service.ReadAlias', 'string:default')
    return collection !== null && collection.startsWith(`${service}/collection/`) ? collection : null
  })
}
