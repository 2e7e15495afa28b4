import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/**
 * The process that has the profile: the app, which a lock replaces in its place, under the same number. It listens again a moment
 * later; whoever started another app in between would open what was just locked.
 * @returns its number; null if there is none that lives, or none that the lock of Chromium on the profile would tell of
 */
export function holderOf(profile: string, platform: NodeJS.Platform): number | null {
  if (platform !== 'linux') return null
  const [, host, number] = /^(.*)-(\d+)$/.exec(lockOf(profile)) ?? []
  const pid = Number(number)
  return host === hostname() && pid > 1 && lives(pid) ? pid : null
}

export function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false // it has ended, or is somebody else's
  }
}

function lockOf(profile: string): string {
  try {
    return readlinkSync(join(profile, 'SingletonLock'))
  } catch {
    return ''
  }
}
