import { launchFile, type LaunchRecord } from '../../clients/shared/protocol/launch.ts'
import { writeFileAtomic } from '../../shared/files/atomic-file.ts'
import type { Profile } from '../settings/profile.ts'

export interface Launch {
  /** Whether the program is Latchkey itself, and not an Electron that runs Latchkey's folder. */
  readonly packaged: boolean
  readonly program: string
  readonly app: string
  /** The file that the program was unpacked from, by `ownAppImage`. It is unpacked to another folder at each start. */
  readonly image: string | null
}

/** @returns the command line that starts this app again */
export function startCommand({ packaged, program, app, image }: Launch): LaunchRecord['command'] {
  return packaged ? [image ?? program] : [program, app]
}

/**
 * Records how this app is started, so that the `latchkey` command can start it. Failures are ignored here: the window reports a profile
 * that cannot be written, and the command says that it does not know how to start the app.
 */
export function recordLaunch(profile: Profile, launch: Launch): void {
  const record: LaunchRecord = { command: startCommand(launch) }
  try {
    writeFileAtomic(profile.path(launchFile), `${JSON.stringify(record)}\n`)
  } catch {
    return
  }
}
