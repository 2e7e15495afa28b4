import { renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { socketLink } from '../../../clients/shared/protocol/profile-folder.ts'

/**
 * Writes a link to the agent's socket into the profile, so that programs without the app's environment find it, as those that cron or sudo
 * starts.
 */
export function linkSocket(profile: string, path: string): void {
  if (process.platform === 'win32') return
  const link = join(profile, socketLink)
  const draft = `${link}.${process.pid}.new`
  try {
    symlinkSync(path, draft)
    renameSync(draft, link) // atomically: a command may read the link at any time
  } finally {
    rmSync(draft, { force: true })
  }
}
