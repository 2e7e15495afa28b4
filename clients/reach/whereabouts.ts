import { profileFolder, socketPath } from '../protocol/socket-path.ts'

/** Of one profile's app. */
export interface Whereabouts {
  /** Absolute. */
  readonly profile: string
  readonly socket: string
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
}

export function whereabouts(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Whereabouts {
  const profile = profileFolder(env, platform)
  return { profile, socket: socketPath(profile, env, platform), env, platform }
}
