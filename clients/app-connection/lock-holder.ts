import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/**
 * Finds the process that owns the profile: the app. A lock replaces the app's program in the same process, which listens again a moment
 * later. Starting another app in between would open the vault that was just locked.
 * @returns its process id; null if there is no such process, or if Chromium's lock on the profile does not name one
 */
export function lockHolder(profile: string, platform: NodeJS.Platform): number | null {
  if (platform !== 'linux') return null
  const [, host, number] = /^(.*)-(\d+)$/.exec(lockOf(profile)) ?? []
  const pid = Number(number)
  return host === hostname() && pid > 1 && isAlive(pid) ? pid : null
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false // the process has ended, or belongs to another user
  }
}

function lockOf(profile: string): string {
  try {
    return readlinkSync(join(profile, 'SingletonLock'))
  } catch {
    return ''
  }
}
