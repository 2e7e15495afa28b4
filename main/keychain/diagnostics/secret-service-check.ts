import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { MessageBus } from '@jellybrick/dbus-next'
import type { KeychainTrouble } from '../../../shared/lists/keychain.ts'
import { defaultKeyring, secretService } from '../secret-service.ts'
import { dbusErrorName, callMethod, BusFailure, onSessionBus } from '../../desktop/session-bus.ts'

/** The bus starts a service that is not running, which takes some seconds on a busy computer. */
const deadlineMs = 10_000

export interface ServiceReport {
  /** Null if the service runs and its default keyring is open. */
  readonly trouble: KeychainTrouble | null
  readonly provider: string | null
  /** The service's unique name on the bus, which is never reused; null if there is no service. */
  readonly owner: string | null
}

/** Examines the Secret Service over D-Bus without reading or changing anything, and without a prompt. */
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
    return { ...report, trouble: error instanceof BusFailure ? error.kind : troubleOf(dbusErrorName(error)) }
  }
}

/** @returns the current owner of the service's name, without starting it; null if no program owns it, or the bus is gone */
export async function currentOwner(): Promise<string | null> {
  return onSessionBus((bus) => ownerOf(bus), deadlineMs).catch(() => null)
}

async function startedOwner(bus: MessageBus): Promise<string | null> {
  try {
    await askBus(bus, 'StartServiceByName', 'su', [secretService, 0])
  } catch {
    // The bus cannot start it, but it may be running anyway.
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

/** The kernel truncates a program's name to 15 characters, such as `gnome-keyring-d`; its command line has the rest. */
async function programOf(bus: MessageBus, owner: string): Promise<string | null> {
  try {
    const [pid] = await askBus(bus, 'GetConnectionUnixProcessID', 's', [owner])
    const name = (await readFile(`/proc/${String(pid)}/comm`, 'utf8')).trim()
    const command = basename((await readFile(`/proc/${String(pid)}/cmdline`, 'utf8')).split('\0')[0] ?? '')
    return command.startsWith(name) ? command : name
  } catch {
    return null // in a sandbox the pid may be another process's, or nobody's
  }
}

/** The finding for a service that answered with an error, or not at all. */
function troubleOf(error: string): KeychainTrouble {
  if (/\.(NoReply|ServiceUnknown|NameHasNoOwner|Disconnected)$/.test(error)) return 'died'
  if (/\.(TimedOut|Timeout)$/.test(error)) return 'timeout'
  if (/\.AccessDenied$/.test(error)) return 'denied'
  return 'no-service' // the name's owner does not know the calls, so it is not a Secret Service
}

function askBus(bus: MessageBus, member: string, signature: string, body: unknown[]): Promise<unknown[]> {
  return callMethod(bus, {
    to: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interfaceName: 'org.freedesktop.DBus',
    member,
    signature,
    body,
  })
}
