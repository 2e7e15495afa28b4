import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

export type Environment = Readonly<Record<string, string | undefined>>

/** The profile's folder, an absolute path: where the app stores everything, and from which its agent's socket is derived. */
export function profileFolder(env: Environment, platform: NodeJS.Platform): string {
  const chosen = env['LATCHKEY_PROFILE_DIR']
  if (chosen) return resolve(chosen)
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Latchkey')
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Latchkey')
  return join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'Latchkey')
}

/** In the profile: a link to the socket at which its app listens. A command that was started elsewhere may have a different environment. */
export const socketLink = 'agent.sock'
