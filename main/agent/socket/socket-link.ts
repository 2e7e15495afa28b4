import { renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { socketLink } from '../../../clients/shared/protocol/socket-path.ts'

/**
 * Leaves in the profile where its agent listens. Programs find it there without the app's environment, as those that cron or sudo
 * starts.
 */
export function linkSocket(profile: string, path: string): void {
  if (process.platform === 'win32') return
  const link = join(profile, socketLink)
  const draft = `${link}.${process.pid}.new`
  try {
    symlinkSync(path, draft)
    renameSync(draft, link) // at once: a command may look at any time
  } finally {
    rmSync(draft, { force: true })
  }
}
