import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { homedir } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { launchCommand } from './launch-record.ts'
import { Unreached } from './unreached.ts'
import type { Whereabouts } from './whereabouts.ts'

/** How long the app may take to listen, in milliseconds: a first start has a keychain to ask. */
const patience = 15_000
const interval = 50

/** What would make Electron something else than the app. */
const foreign = ['ELECTRON_RUN_AS_NODE', 'ELECTRON_NO_ATTACH_CONSOLE', 'NODE_OPTIONS']

/** @param tryAgain null while nobody listens. @throws Unreached */
export async function startApp({ profile, env, platform }: Whereabouts, tryAgain: () => Promise<Socket | null>): Promise<Socket> {
  const [program, ...args] = launchCommand(profile, env)
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) throw new Unreached('no-display')
  const inherited = Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.includes(name)))
  // In no folder and session of ours: it outlives the terminal, and must not keep a disk busy that somebody wants to take out.
  const child = spawn(program, args, { cwd: homedir(), env: inherited, detached: true, stdio: 'ignore' })
  let failure: Unreached | null = null
  child.once('error', () => (failure = new Unreached('launch-failed')))
  // Status 0: another one of this profile runs already, or is just starting, and was told.
  child.once('exit', (status) => status !== 0 && (failure = new Unreached('app-ended')))
  child.unref()
  for (let waited = 0; waited < patience; waited += interval) {
    await wait(interval)
    if (failure !== null) throw failure as Unreached
    const socket = await tryAgain()
    if (socket !== null) return socket
  }
  throw new Unreached('app-silent')
}
