/**
 * `two-keyrings.ts FOLDER`: a program of its own with its own bus and keyring, so that nobody is asked for a password. It has one item in
 * the default keyring and one in a second one, locks the second, and prints what Latchkey's keychain answers for both, as JSON.
 */
import { type MessageBus, sessionBus, Variant } from '@jellybrick/dbus-next'
import { OsKeychain } from '../../../main/keychain/os-keychain.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { startBus } from '../../../scripts/session/bus.mjs'
import { startKeyring } from '../../../scripts/session/keyring.mjs'
import { answer, endSession, moveInto, secrets } from './own-session.ts'

type Call = (...given: unknown[]) => Promise<unknown>
const root = '/org/freedesktop/secrets'

async function interfaceOf(bus: MessageBus, path: string, name: string): Promise<Record<string, Call>> {
  return (await bus.getProxyObject(secrets, path)).getInterface(name) as unknown as Record<string, Call>
}

/** As Seahorse does it. GNOME Keyring makes a keyring without a prompt only for a program that knows its own interface. */
async function lockedInSecondKeyring(account: string, value: string): Promise<void> {
  const bus = sessionBus()
  const service = await interfaceOf(bus, root, 'org.freedesktop.Secret.Service')
  const [, session] = (await service['OpenSession']?.('plain', new Variant('s', ''))) as [Variant, string]
  const secret = (text: string): unknown[] => [session, Buffer.alloc(0), Buffer.from(text), 'text/plain']
  const keyring = await interfaceOf(bus, root, 'org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface')
  const label = { 'org.freedesktop.Secret.Collection.Label': new Variant('s', 'second') }
  const second = (await keyring['CreateWithMasterPassword']?.(label, secret('another password'))) as string
  const collection = await interfaceOf(bus, second, 'org.freedesktop.Secret.Collection')
  const attributes = { service: 'Latchkey', account, 'xdg:schema': 'org.freedesktop.Secret.Generic' }
  const properties = {
    'org.freedesktop.Secret.Item.Label': new Variant('s', account),
    'org.freedesktop.Secret.Item.Attributes': new Variant('a{ss}', attributes),
  }
  await collection['CreateItem']?.(properties, secret(value), true)
  await service['Lock']?.([second])
  bus.disconnect()
}

async function run(): Promise<unknown> {
  await startBus(process.env['XDG_RUNTIME_DIR'] ?? '', process.env)
  await startKeyring(process.env)
  try {
    const keychain = new OsKeychain({ profile: 'two', deadline: 20_000 })
    await keychain.write('open', new Secret('a value'))
    await lockedInSecondKeyring('two/locked', 'another value')
    const outcome = async (item: string, prompt?: boolean): Promise<string> => (await keychain.read(item, prompt)).outcome
    return {
      asked: { open: await outcome('open'), locked: await outcome('locked'), none: await outcome('none') },
      unasked: { open: await outcome('open', false), locked: await outcome('locked', false), none: await outcome('none', false) },
    }
  } finally {
    await endSession()
  }
}

moveInto(process.argv[2] ?? '')
answer(await run())
