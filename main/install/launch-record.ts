import { launchFile, type LaunchRecord } from '../../clients/shared/protocol/launch.ts'
import { writeFileAtomic } from '../../shared/files/atomic-file.ts'
import type { Profile } from '../settings/profile.ts'

export interface Launch {
  /** Whether the program is Latchkey, and not an Electron that was given Latchkey's folder. */
  readonly packaged: boolean
  readonly program: string
  readonly app: string
  /** The file that the program was unpacked from, as `ownImage` tells it: to another place each time. */
  readonly image: string | null
}

/** @returns the words that start this app again */
export function startCommand({ packaged, program, app, image }: Launch): LaunchRecord['command'] {
  return packaged ? [image ?? program] : [program, app]
}

/**
 * Writes down how this app was started, for the `latchkey` command to start it by. A profile that cannot be written to is told by the
 * window; the command then says that it does not know.
 */
export function recordLaunch(profile: Profile, launch: Launch): void {
  const record: LaunchRecord = { command: startCommand(launch) }
  try {
    writeFileAtomic(profile.path(launchFile), `${JSON.stringify(record)}\n`)
  } catch {
    return
  }
}
