import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { MessageBus } from '@jellybrick/dbus-next'
import type { KeychainTrouble } from '../../vault/keychain/examine-keychain.ts'
import { defaultKeyring, secretService } from '../secret-service.ts'
import { answeredError, ask, BusFailure, onSessionBus } from '../../desktop/session-bus.ts'

/** A service that is not running is started by the bus first, which takes a busy computer some seconds. */
const deadlineMs = 10_000

export interface ServiceReport {
  /** Null if the service is there and its default keyring is open. */
  readonly trouble: KeychainTrouble | null
  readonly provider: string | null
  /** The service's own name on the bus, which no later one gets again; null if nobody answers for it. */
  readonly owner: string | null
}

/** Looks at the Secret Service over D-Bus: nothing is read, nothing is changed, nobody is prompted. */
export async function checkService(): Promise<ServiceReport> {
  let report: ServiceReport = { trouble: null, provider: null, owner: null }
  try {
    return await onSessionBus(async (bus) => {
      const owner = await startedOwner(bus)
      if (owner === null) return { ...report, trouble: 'no-service' }
      report = { ...report, owner, provider: await programOf(bus, owner) }
      const keyring = await defaultKeyring(bus)
      return { ...report, trouble: keyring === 'open' ? null : keyring === 'locked' ? 'locked' : 'no-collection' }
    }, deadlineMs)
  } catch (error) {
    return { ...report, trouble: error instanceof BusFailure ? error.kind : troubleOf(answeredError(error)) }
  }
}

/** @returns who answers for the service now, without starting it; null if nobody does or the bus is gone */
export async function currentOwner(): Promise<string | null> {
  return onSessionBus((bus) => ownerOf(bus), deadlineMs).catch(() => null)
}

async function startedOwner(bus: MessageBus): Promise<string | null> {
  try {
    await askBus(bus, 'StartServiceByName', 'su', [secretService, 0])
  } catch {
    // Nobody knows how to start it, or it did not start; it may run all the same.
  }
  return ownerOf(bus)
}

async function ownerOf(bus: MessageBus): Promise<string | null> {
  try {
    const [owner] = await askBus(bus, 'GetNameOwner', 's', [secretService])
    return owner as string
  } catch {
    return null
  }
}

/** The kernel cuts a program's name at 15 characters, as `gnome-keyring-d`; its command line has the rest. */
async function programOf(bus: MessageBus, owner: string): Promise<string | null> {
  try {
    const [pid] = await askBus(bus, 'GetConnectionUnixProcessID', 's', [owner])
    const name = (await readFile(`/proc/${String(pid)}/comm`, 'utf8')).trim()
    const command = basename((await readFile(`/proc/${String(pid)}/cmdline`, 'utf8')).split('\0')[0] ?? '')
    return command.startsWith(name) ? command : name
  } catch {
    return null // in a sandbox the number is another process's, or nobody's
  }
}

/** The service was there, and answered with an error or not at all. */
function troubleOf(error: string): KeychainTrouble {
  if (/\.(NoReply|ServiceUnknown|NameHasNoOwner|Disconnected)$/.test(error)) return 'died'
  if (/\.(TimedOut|Timeout)$/.test(error)) return 'timeout'
  if (/\.AccessDenied$/.test(error)) return 'denied'
  return 'no-service' // it has the name and does not know the questions: it is not a Secret Service
}

function askBus(bus: MessageBus, member: string, signature: string, body: unknown[]): Promise<unknown[]> {
  return ask(bus, { to: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', face: 'org.freedesktop.DBus', member, signature, body })
}
