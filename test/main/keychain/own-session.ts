import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { askBus } from '../../../scripts/session/bus.mjs'
import { startKeyring } from '../../../scripts/session/keyring.mjs'
import { startService, until } from '../../../scripts/session/service.mjs'

export const secrets = 'org.freedesktop.secrets'
const path = '/org/freedesktop/secrets'

/** Gives this process a home and a runtime folder of its own: whoever it starts finds no keyring but its own. */
export function moveInto(folder: string): void {
  const runtime = join(folder, 'run')
  mkdirSync(runtime, { mode: 0o700 })
  Object.assign(process.env, { HOME: folder, XDG_RUNTIME_DIR: runtime })
}

/** A session bus that knows how to start nothing: who is not there stays away. */
export async function startBareBus(folder: string): Promise<void> {
  const address = `unix:path=${join(folder, 'run', 'bus')}`
  const settings = join(folder, 'bus.conf')
  const anybody = '<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>'
  writeFileSync(
    settings,
    `<busconfig><type>session</type><listen>${address}</listen><policy context="default">${anybody}</policy></busconfig>`,
  )
  const bus = startService('dbus-daemon', [`--config-file=${settings}`, '--nofork', '--nopidfile'], { env: process.env })
  process.env['DBUS_SESSION_BUS_ADDRESS'] = address
  await until(bus, async () => ((await hasOwner('org.freedesktop.DBus')) ? true : null))
}

export async function hasOwner(name: string): Promise<boolean> {
  const told = await askBus(process.env, 'org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', `string:${name}`)
  return told === 'boolean true'
}

export async function processOf(name: string): Promise<number> {
  const told = await askBus(process.env, 'org.freedesktop.DBus', '/', 'org.freedesktop.DBus.GetConnectionUnixProcessID', `string:${name}`)
  const pid = Number(/^uint32 (\d+)$/.exec(told ?? '')?.[1])
  if (!(pid > 1)) throw new Error(`${name} has no process`)
  return pid
}

export async function lockKeyring(): Promise<void> {
  const collection = `${path}/collection/login`
  const locked = await askBus(process.env, secrets, path, 'org.freedesktop.Secret.Service.Lock', `array:objpath:${collection}`)
  if (locked === null || !locked.includes(collection)) throw new Error('the keyring did not lock')
}

export function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Ends the keyring's daemon, whichever it is now, and the bus. */
export async function endSession(): Promise<void> {
  const names = [secrets, 'org.freedesktop.DBus']
  const pids = await Promise.all(names.map((name) => processOf(name).catch(() => null)))
  for (const pid of pids) if (pid !== null && pid !== process.pid) end(pid)
}

/** Resolves when the name has no owner any more, as the bus sees it. */
export async function gone(name: string): Promise<void> {
  for (const deadline = Date.now() + 15_000; await hasOwner(name);) if (Date.now() > deadline) throw new Error(`${name} is still there`)
}

/** The keyring's daemon ends, its files are removed, and a new one is there and open. */
export async function resetKeyring(): Promise<void> {
  end(await processOf(secrets))
  await gone(secrets)
  rmSync(join(process.env['HOME'] ?? '', '.local', 'share', 'keyrings'), { recursive: true })
  await startKeyring(process.env)
}

/** Prints the answer and ends, whatever threads still wait for a keyring. */
export function answer(told: unknown): void {
  process.stdout.write(`${JSON.stringify(told)}\n`, () => process.exit(0))
}
