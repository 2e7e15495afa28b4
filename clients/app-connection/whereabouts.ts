import { lstatSync, readlinkSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { profileFolder, socketLink, socketPath } from '../shared/protocol/socket-path.ts'

/** Of one profile's app. */
export interface Whereabouts {
  /** Absolute. */
  readonly profile: string
  /** Where it may listen; the likeliest place first. */
  readonly sockets: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
}

export function whereabouts(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Whereabouts {
  const profile = profileFolder(env, platform)
  const linked = linkedSocket(profile, platform)
  const expected = socketPath(profile, env, platform)
  return { profile, sockets: linked === null || linked === expected ? [expected] : [linked, expected], env, platform }
}

/** Where the app that ran last with this profile says it listens. The folder there is still looked at, whether it is ours. */
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
