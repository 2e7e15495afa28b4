/**
 * `examined-items.ts EVENT FOLDER`: stores a vault's items in a real keyring of its own, runs the event on the keyring without the vault's
 * knowledge, and prints the diagnosis as JSON. A previous process stores the items (`EVENT` is `fill`), like an app that was closed:
 * libsecret does not recover from a keyring that is restarted.
 */
import { execFileSync } from 'node:child_process'
import { examineKeychain } from '../../../../main/keychain/diagnostics/diagnose.ts'
import { OsKeychain } from '../../../../main/keychain/os-keychain.ts'
import { examine, examineItems } from '../../../../main/vault/keychain/examine-keychain.ts'
import { items } from '../../../../main/vault/keychain/items.ts'
import { RootKey } from '../../../../main/vault/session/root-key.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { startKeyring } from '../../../../scripts/session/keyring.mjs'
import { account } from '../../ports/cache-records.ts'
import { MemoryDisk } from '../../fakes/cache.ts'
import { newRecord, valueOf } from '../../vault/fixtures/examined.ts'
import { answer, endSession, moveInto, resetKeyring, startBareBus } from '../fixtures/own-session.ts'

const [event = '', folder = ''] = process.argv.slice(2)

const keychain = new OsKeychain({ profile: 'examined' })
const root = RootKey.parse(new Secret('r'.repeat(43)))
const cache = new MemoryDisk().open(root.cacheKey())
const records = ['ci', 'web'].map((name) => newRecord(name, root))

/** Another program with access to the keyring, such as `secret-tool`. */
const otherProgram = new OsKeychain({ profile: 'examined' })
const web = items.value(account.id, records[1]?.id ?? '')

const events: Record<string, () => Promise<unknown>> = {
  nothing: () => Promise.resolve(),
  'an item is removed': () => otherProgram.remove(web),
  'an item is replaced': () => otherProgram.write(web, new Secret('another value')),
  'the root key is replaced': () => otherProgram.write(items.root, RootKey.generate().toSecret()),
  'the keyring’s files are removed': resetKeyring,
}

if (event === 'fill') await fill()
else await main()

async function fill(): Promise<void> {
  await keychain.write(items.root, root.toSecret())
  await keychain.write(items.canary, new Secret(root.check()))
  for (const { id, name } of records) await keychain.write(items.value(account.id, id), valueOf(name))
}

async function main(): Promise<void> {
  moveInto(folder)
  await startBareBus(folder)
  await startKeyring(process.env)
  execFileSync(process.execPath, [...process.execArgv, process.argv[1] ?? '', 'fill', folder])
  cache.commit([{ op: 'put-account', account }, ...records.map((key) => ({ op: 'put-key' as const, key }))])
  await events[event]?.()
  const { findings, keys } = await examine(
    'os',
    () => examineKeychain({ platform: process.platform, env: {} }),
    () => examineItems({ cache, keychain, root, readOnly: null }),
  )
  await endSession()
  answer({ findings, keys })
}
