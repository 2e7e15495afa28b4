import { lstatSync, readlinkSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { profileFolder, socketLink } from '../shared/protocol/profile-folder.ts'

/** Where the app of one profile is to be found. */
export interface AppLocation {
  /** Absolute path. */
  readonly profile: string
  /** The paths where it may listen, the most likely one first. */
  readonly sockets: () => AsyncIterable<string>
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
}

export function locateApp(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): AppLocation {
  const profile = profileFolder(env, platform)
  return { profile, sockets: () => socketsOf(profile, env, platform), env, platform }
}

async function* socketsOf(profile: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): AsyncIterable<string> {
  const linked = linkedSocket(profile, platform)
  if (linked !== null) yield linked
  const { socketPath } = await import('../shared/protocol/socket-path.ts') // needs cryptography, which takes 2 ms to load
  const expected = socketPath(profile, env, platform)
  if (expected !== linked) yield expected
}

/** The socket path that the last app of this profile recorded. The owner of its folder is still checked. */
function linkedSocket(profile: string, platform: NodeJS.Platform): string | null {
  if (platform === 'win32') return null
  try {
    const link = join(profile, socketLink)
    if (lstatSync(link).uid !== process.getuid?.()) return null
    const path = readlinkSync(link)
    return isAbsolute(path) ? path : null
  } catch {
    return null
  }
}
