/**
 * `keyring-outage.ts OUTAGE FOLDER`: a program of its own, without a screen. The keyring's daemon would open a window on
 * one and wait for a person, and the call that waits for it holds a thread that the process cannot end. It has its own
 * bus and keyring, brings the outage about, and prints what Latchkey's keychain answered, as JSON.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { OsKeychain } from '../../../main/keychain/os-keychain.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { askBus, startBus } from '../../../scripts/session/bus.mjs'
import { startKeyring } from '../../../scripts/session/keyring.mjs'
import { answersDuringOutage } from './outage.ts'

const secrets = 'org.freedesktop.secrets'
const [outage, folder = ''] = process.argv.slice(2)

async function processOf(name: string): Promise<number> {
  const told = await askBus(process.env, 'org.freedesktop.DBus', '/', 'org.freedesktop.DBus.GetConnectionUnixProcessID', `string:${name}`)
  const pid = Number(/^uint32 (\d+)$/.exec(told ?? '')?.[1])
  if (!(pid > 1)) throw new Error(`${name} has no process`)
  return pid
}

async function lockKeyring(): Promise<void> {
  const path = '/org/freedesktop/secrets'
  const collection = `${path}/collection/login`
  const locked = await askBus(process.env, secrets, path, 'org.freedesktop.Secret.Service.Lock', `array:objpath:${collection}`)
  if (locked === null || !locked.includes(collection)) throw new Error('the keyring did not lock')
}

async function run(keychain: OsKeychain): Promise<unknown> {
  if (outage === 'no bus') return answersDuringOutage(keychain)
  await startBus(process.env['XDG_RUNTIME_DIR'] ?? '', process.env)
  await startKeyring(process.env)
  const [bus, daemon] = [await processOf('org.freedesktop.DBus'), await processOf(secrets)]
  try {
    await keychain.write('known', new Secret('a value'))
    switch (outage) {
      case 'locked':
        await lockKeyring()
        return await answersDuringOutage(keychain)
      case 'killed':
        process.kill(daemon, 'SIGKILL')
        return { known: (await keychain.read('known')).outcome }
      case 'stopped': {
        process.kill(daemon, 'SIGSTOP')
        const during = (await keychain.read('known')).outcome
        process.kill(daemon, 'SIGCONT')
        return { known: during, afterwards: await readOnceFree(keychain) }
      }
      default:
        throw new Error('no such outage')
    }
  } finally {
    end(daemon)
    end(bus)
  }
}

/** The call that outlived its deadline must end before the next one may begin. */
async function readOnceFree(keychain: OsKeychain): Promise<string> {
  for (let left = 200; ; left -= 1) {
    const { outcome } = await keychain.read('known')
    if (outcome !== 'timeout' || left === 0) return outcome
    await wait(50)
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

const runtime = join(folder, 'run')
mkdirSync(runtime, { mode: 0o700 })
Object.assign(process.env, { HOME: folder, XDG_RUNTIME_DIR: runtime })
const answered = await run(new OsKeychain({ profile: 'outage', deadline: outage === 'stopped' ? 1_000 : 20_000 }))
process.stdout.write(`${JSON.stringify(answered)}\n`, () => process.exit(0))
