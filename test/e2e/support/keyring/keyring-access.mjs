/**
 * `keyring-access.mjs read|remove ACCOUNT...`, `keyring-access.mjs edit ACCOUNT` or `keyring-access.mjs unlock PASSWORD`: a third-party
 * program with access to the keyring. It calls the Secret Service itself, not through the app's library. Prints the values, or null for
 * absent ones, as JSON. `edit` replaces a value by its standard input.
 */
import { readFileSync } from 'node:fs'
import { sessionBus, Variant } from '@jellybrick/dbus-next'

const [act, ...rest] = process.argv.slice(2)
const secrets = 'org.freedesktop.secrets'
const bus = sessionBus()
const face = async (path, name) => (await bus.getProxyObject(secrets, path)).getInterface(`org.freedesktop.Secret.${name}`)
const service = await face('/org/freedesktop/secrets', 'Service')
const [, session] = await service.OpenSession('plain', new Variant('s', ''))

async function found(account) {
  const [[item]] = await service.SearchItems({ service: 'Latchkey', account })
  return item
}

async function read(account) {
  const item = await found(account)
  if (item === undefined) return null
  const told = await service.GetSecrets([item], session)
  return Buffer.from(told[item][2]).toString()
}

async function remove(account) {
  const item = await found(account)
  if (item === undefined) throw new Error('nothing to remove')
  await (await face(item, 'Item')).Delete()
  return null
}

async function edit(account) {
  const item = await found(account)
  if (item === undefined) throw new Error('nothing to edit')
  await (await face(item, 'Item')).SetSecret([session, Buffer.alloc(0), readFileSync(0), 'text/plain'])
  return null
}

/** What GNOME's prompt does with a typed password. */
async function unlock(password) {
  const object = await bus.getProxyObject(secrets, '/org/freedesktop/secrets')
  const keyring = object.getInterface('org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface')
  const typed = [session, Buffer.alloc(0), Buffer.from(password), 'text/plain']
  await keyring.UnlockWithMasterPassword('/org/freedesktop/secrets/collection/login', typed)
  return null
}

const acts = { read, remove, edit, unlock }
const told = []
for (const given of rest) told.push(await acts[act](given))
process.stdout.write(JSON.stringify(told), () => process.exit(0))
