import { createHash } from 'node:crypto'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** The profile's folder: where the app keeps everything, and by which its agent is found. Absolute. */
export function profileFolder(env: Environment, platform: NodeJS.Platform): string {
  const chosen = env['LATCHKEY_PROFILE_DIR']
  if (chosen) return resolve(chosen)
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Latchkey')
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Latchkey')
  return join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'Latchkey')
}

/**
 * Where a profile's agent listens: a folder of this user's alone, and a name short enough for a socket, which may have some hundred
 * bytes. On Windows a pipe, which is in no folder.
 */
export function socketPath(profile: string, env: Environment, platform: NodeJS.Platform): string {
  const name = createHash('sha256').update(resolve(profile)).digest('hex').slice(0, 24)
  if (platform === 'win32') return `\\\\.\\pipe\\latchkey-${name}`
  const runtime = env['XDG_RUNTIME_DIR']
  if (runtime) return join(runtime, 'latchkey', `${name}.sock`)
  return join(tmpdir(), `latchkey-${process.getuid?.() ?? 0}`, `${name}.sock`)
}
