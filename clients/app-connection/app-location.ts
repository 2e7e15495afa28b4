import { lstatSync, readlinkSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { profileFolder, socketLink, socketPath } from '../shared/protocol/socket-path.ts'

/** Where the app of one profile is to be found. */
export interface AppLocation {
  /** Absolute path. */
  readonly profile: string
  /** The paths where it may listen, the most likely one first. */
  readonly sockets: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
}

export function locateApp(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): AppLocation {
  const profile = profileFolder(env, platform)
  const linked = linkedSocket(profile, platform)
  const expected = socketPath(profile, env, platform)
  return { profile, sockets: linked === null || linked === expected ? [expected] : [linked, expected], env, platform }
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
