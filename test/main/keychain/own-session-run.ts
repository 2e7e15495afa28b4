import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sessionEnvironment } from '../../../scripts/session/session.mjs'
import { checkout } from '../../../scripts/set-up/checkout.mjs'

/** What a program is given beside its session: a folder that is its own, and the environment to change. */
type Setting = (folder: string, env: NodeJS.ProcessEnv) => void

/**
 * Runs a program of the tests with no session but the one that it starts, and ends, in its folder, which is its last argument.
 * @returns what it printed, parsed from JSON
 */
export async function runInOwnSession(program: string, args: string[], setting: Setting = () => {}): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'own-session-'))
  // The number of the session around, if there is one: whatever is left behind ends with it.
  const env = sessionEnvironment(process.env, process.env['LATCHKEY_SESSION'] ?? randomBytes(12).toString('hex'))
  setting(folder, env)
  try {
    const command = ['--import', 'tsx', join(checkout, program), ...args, folder]
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: checkout, env, timeout: 100_000, killSignal: 'SIGKILL' })
    return JSON.parse(stdout)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The loader meets a file that is no library where libsecret should be, and gives up as it does where there is none. */
export const withoutLibsecret: Setting = (folder, env) => {
  writeFileSync(join(folder, 'libsecret-1.so.0'), '')
  env['LD_LIBRARY_PATH'] = folder
}

/** libsecret is installed while the program runs. */
export function restoreLibsecret(folder: string): void {
  rmSync(join(folder, 'libsecret-1.so.0'))
}
