import { randomBytes } from 'node:crypto'
import { askBus } from './bus.mjs'
import { startService, until } from './service.mjs'

const secrets = 'org.freedesktop.secrets'

/**
 * Starts a real Secret Service whose keyring is new, empty and open.
 * @param {NodeJS.ProcessEnv} env with the session's HOME, XDG_RUNTIME_DIR and bus
 * @param {string} [password] a random one, which is then forgotten, unless the keyring is to be opened again
 * @returns {Promise<void>} when an item can be kept in it
 */
export async function startKeyring(env, password = randomBytes(24).toString('hex')) {
  const args = ['--unlock', '--foreground', '--components=secrets']
  const daemon = startService('gnome-keyring-daemon', args, { env, input: password })
  await until(daemon, async () => {
    // Asked first: any other question would have the bus start a second, locked daemon.
    const owner = await askBus(env, 'org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', `string:${secrets}`)
    if (owner !== 'boolean true') return null
    const service = '/org/freedesktop/secrets'
    const collection = await askBus(env, secrets, service, 'org.freedesktop.Secret.Service.ReadAlias', 'string:default')
    return collection !== null && collection.startsWith(`${service}/collection/`) ? collection : null
  })
}
