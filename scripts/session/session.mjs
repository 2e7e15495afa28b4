import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { endingSignals, exitStatus, run } from '../process/child.mjs'
import { Failure } from '../process/failure.mjs'
import { checkNamespaces, namespacePrefix } from './namespace.mjs'
import { endStrays, sessionVariable } from './strays.mjs'

const supervisor = join(dirname(fileURLToPath(import.meta.url)), 'supervisor.mjs')

/** Variables that would connect a program to the user's own desktop, keyring or settings. */
const desktopVariables = [
  ...['DISPLAY', 'WAYLAND_DISPLAY', 'WAYLAND_SOCKET', 'XAUTHORITY', 'XDG_SESSION_ID', 'XDG_CURRENT_DESKTOP'],
  ...['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME', 'XDG_CONFIG_DIRS'],
  ...['DBUS_SESSION_BUS_ADDRESS', 'DBUS_STARTER_ADDRESS', 'GNOME_KEYRING_CONTROL', 'LATCHKEY_PROFILE_DIR'],
]

/**
 * Runs a command in an isolated session with its own screen, bus, unlocked keyring and home folder; as root in a user namespace, so that
 * Electron's sandbox stays on. Everything is removed afterwards. Linux only: on macOS and Windows there is one screen and one keychain per
 * user, so the command runs without a session.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, lanes?: number }} options `lanes`: how many screens, buses, keyrings and homes there
 *   are, one for each parallel process; the command itself runs in the first
 * @returns {Promise<number>} the command's exit status
 */
export async function runInSession(command, args, { cwd, env, lanes = 1 }) {
  if (process.platform !== 'linux') return run(command, args, { cwd, env })
  await checkNamespaces()
  const session = randomBytes(12).toString('hex')
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-session-'))
  const [program = '', ...before] = [...namespacePrefix(process.getuid?.()), process.execPath]
  const child = spawn(program, [...before, supervisor, folder, String(lanes), command, ...args], {
    cwd,
    env: sessionEnvironment(env, session),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // A terminal's Ctrl-C then reaches only this process, which passes it on once.
    detached: true,
  })
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => void child.kill(signal)
  for (const signal of endingSignals) process.on(signal, passOn)
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', (error) => reject(new Failure(`A session could not be started: ${error.message}`)))
      child.on('exit', (code, signal) => resolve(exitStatus(code, signal)))
    })
  } finally {
    await endStrays(session)
    rmSync(folder, { recursive: true, force: true })
    for (const signal of endingSignals) process.off(signal, passOn)
  }
}

/**
 * @param {NodeJS.ProcessEnv} outside
 * @param {string} session
 * @returns {NodeJS.ProcessEnv}
 */
export function sessionEnvironment(outside, session) {
  const env = Object.fromEntries(Object.entries(outside).filter(([name]) => !desktopVariables.includes(name)))
  // Without a desktop there is no accessibility bus: GTK would wait for it and warn.
  return { ...env, [sessionVariable]: session, NO_AT_BRIDGE: '1' }
}
