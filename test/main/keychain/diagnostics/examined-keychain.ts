/**
 * `examined-keychain.ts STATE FOLDER`: a separate program, because a keytar call that waits keeps its process from ending. It starts a
 * session in which the keychain is in that state, examines it, and prints the findings as JSON.
 */
import { examineKeychain, type Options } from '../../../../main/keychain/diagnostics/diagnose.ts'
import { OsKeychain } from '../../../../main/keychain/os-keychain.ts'
import type { Keychain } from '../../../../main/vault/ports/keychain.ts'
import { startBus } from '../../../../scripts/session/bus.mjs'
import { startKeyring } from '../../../../scripts/session/keyring.mjs'
import { startService } from '../../../../scripts/session/service.mjs'
import { startFakeService } from './fake-service.ts'
import {
  answer,
  end,
  endSession,
  gone,
  hasOwner,
  lockKeyring,
  moveInto,
  processOf,
  resetKeyring,
  secrets,
  startBareBus,
} from '../fixtures/own-session.ts'

const [state = '', folder = ''] = process.argv.slice(2)

async function examined(options: Partial<Options> = {}): Promise<unknown> {
  const look = await examineKeychain({ platform: process.platform, env: {}, ...options })
  const prompted = await hasOwner('org.gnome.keyring.SystemPrompter')
  return { provider: look.provider, findings: look.findings, prompted }
}

const states: Record<string, () => Promise<unknown>> = {
  'no bus': examined,
  'no service': async () => {
    await startBareBus(folder)
    return examined()
  },
  'no keyring': async () => {
    await startBareBus(folder)
    startService('gnome-keyring-daemon', ['--start', '--foreground', '--components=secrets'], { env: process.env })
    for (const deadline = Date.now() + 15_000; !(await hasOwner(secrets));) if (Date.now() > deadline) throw new Error('no keyring came')
    return examined()
  },
  open: async () => {
    await startBareBus(folder)
    await startKeyring(process.env)
    return examined()
  },
  locked: async () => {
    await startBus(process.env['XDG_RUNTIME_DIR'] ?? '', process.env)
    await startKeyring(process.env)
    await lockKeyring()
    return examined()
  },
  hanging: async () => {
    await startBareBus(folder)
    await startKeyring(process.env)
    process.kill(await processOf(secrets), 'SIGSTOP')
    return examined()
  },
  'killed midway': async () => {
    await startBareBus(folder)
    await startKeyring(process.env)
    return examined({ keychain: killing(await processOf(secrets)) })
  },
  'killed midway and started again': async () => {
    await startBus(process.env['XDG_RUNTIME_DIR'] ?? '', process.env)
    await startKeyring(process.env)
    return examined({ keychain: killing(await processOf(secrets)) })
  },
  'killed and started again, after it was used': async () => {
    await startBareBus(folder)
    await startKeyring(process.env)
    await new OsKeychain({ profile: 'used' }).read('root')
    await resetKeyring()
    return examined()
  },
}

/** Latchkey's keychain, whose daemon ends between the check of the service and the first item. */
function killing(daemon: number): Keychain {
  const keychain = new OsKeychain({ profile: 'doctor', deadline: 10_000 })
  return {
    read: (item) => keychain.read(item),
    remove: (item) => keychain.remove(item),
    async write(item, secret) {
      end(daemon)
      await gone(secrets)
      return keychain.write(item, secret)
    },
  }
}

moveInto(folder)
const known = states[state]
const found = known === undefined ? await faulty() : await known()
await endSession()
answer(found)

async function faulty(): Promise<unknown> {
  await startBareBus(folder)
  await startFakeService(state)
  return examined()
}
