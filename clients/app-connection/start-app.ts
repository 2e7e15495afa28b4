import { spawn } from 'node:child_process'
import { homedir } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { launchCommand } from './launch-record.ts'
import { AppUnreachable } from './app-unreachable.ts'
import type { AppLocation } from './app-location.ts'

/** How long to wait for the app to listen, in milliseconds. A first start may wait for the keychain. */
const startTimeoutMs = 15_000
const pollIntervalMs = 50

/** Variables that would make Electron run something else than the app. */
const foreign = ['ELECTRON_RUN_AS_NODE', 'ELECTRON_NO_ATTACH_CONSOLE', 'NODE_OPTIONS']

/** @param tryAgain resolves to null while nothing listens. @throws AppUnreachable */
export async function startApp<Socket>({ profile, env, platform }: AppLocation, tryAgain: () => Promise<Socket | null>): Promise<Socket> {
  const [program, ...args] = launchCommand(profile, env)
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) throw new AppUnreachable('no-display')
  const inherited = Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.includes(name)))
  // Detached and in another folder: the app outlives the terminal, and must not keep a file system busy that the user wants to unmount.
  const child = spawn(program, args, { cwd: homedir(), env: inherited, detached: true, stdio: 'ignore' })
  let failure: AppUnreachable | null = null
  child.once('error', () => (failure = new AppUnreachable('launch-failed')))
  // Status 0: another instance of this profile is running or starting, and took over.
  child.once('exit', (status) => status !== 0 && (failure = new AppUnreachable('app-ended')))
  child.unref()
  for (let waited = 0; waited < startTimeoutMs; waited += pollIntervalMs) {
    await wait(pollIntervalMs)
    if (failure !== null) throw failure as AppUnreachable
    const socket = await tryAgain()
    if (socket !== null) return socket
  }
  throw new AppUnreachable('app-silent')
}
